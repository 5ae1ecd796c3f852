"""How a screen with something laid over it is composed: what is covered is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual._compositor import Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Composition(Compositor):
    """Textual's, around the `top`.

    Textual cuts each line wherever a widget begins or ends, be it covered or not, and a wide
    character of the upper one that stands on such a cut is lost.
    """

    _top: Widget | None = None

    @property
    def top(self) -> Widget | None:
        """What lies over all."""
        return self._top

    @top.setter
    def top(self, widget: Widget | None) -> None:
        self._top = widget
        self._cuts = None

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out everything, whereupon the map is whole.

        Textual goes on taking it for outdated, draws another when it is next looked at, and so
        would miss in the next layout what went away in between: a toast would stay for good.
        """
        result = super().reflow(parent, size)
        self._full_map_invalidated = False
        return result

    def update_widgets(self, widgets: set[Widget]) -> None:
        """Paint these anew; those out of sight are no reason to take the map for outdated either."""
        super().update_widgets(widgets & self.visible_widgets.keys())

    def _pieces(self) -> Iterator[tuple[Widget, Region, Region]]:
        """Front to back each widget, its region, and a piece of it that the top does not cover."""
        hole = Region()
        for widget, (region, clip) in self.visible_widgets.items():
            for piece in around(region.intersection(clip), hole):
                yield widget, region, piece
            if widget is self._top:
                hole = region.intersection(clip)

    @property
    def cuts(self) -> list[list[int]]:
        """Where the pieces begin and end, line by line."""
        if self._top not in self.visible_widgets:
            return super().cuts
        if self._cuts is None:
            width, height = self.size
            cuts = [{0, width} for _ in range(height)]
            for _, _, piece in self._pieces():
                for line in cuts[piece.y : piece.bottom]:
                    line |= {piece.x, piece.right}
            self._cuts = [sorted(line) for line in cuts]
        return self._cuts

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """The lines of each piece."""
        if self._top not in self.visible_widgets:
            yield from super()._get_renders(crop)
            return
        for widget, region, piece in self._pieces():
            if crop is None or crop.overlaps(piece):
                yield region, piece, widget.render_lines(piece.translate(-region.offset))


def around(whole: Region, hole: Region) -> Iterator[Region]:
    """What is left of a region: above the hole, below it, and beside it.

    >>> list(around(Region(0, 0, 9, 3), Region(2, 1, 4, 9)))
    [Region(x=0, y=0, width=9, height=1), Region(x=0, y=1, width=2, height=2), Region(x=6, y=1, width=3, height=2)]
    """
    hole = whole.intersection(hole)
    if not hole:
        pieces = [whole]
    else:
        pieces = [
            Region.from_corners(whole.x, whole.y, whole.right, hole.y),
            Region.from_corners(whole.x, hole.bottom, whole.right, whole.bottom),
            Region.from_corners(whole.x, hole.y, hole.x, hole.bottom),
            Region.from_corners(hole.right, hole.y, whole.right, hole.bottom),
        ]
    yield from (each for each in pieces if each)
