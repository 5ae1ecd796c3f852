"""A leaf of lines to read, longer and wider than its place: the keys, a table, what was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Offset
from textual.strip import Strip

from dipread.tui.typeset.paint import line
from dipread.tui.widgets.pane import Pane

Stretches = Sequence[tuple[str, str]]
"""Stretches of a line, each with the name of its ink."""


class Leaf(Pane):
    """Asks for its lines by the width there is for them."""

    def __init__(self, lines: Callable[[int], Sequence[Stretches]], *, id: str) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self._asks = lines
        self._lines: Sequence[Stretches] = ()
        self._left = 0

    def show(self) -> None:
        """Ask for the lines anew."""
        self._lines = self._asks(self.width)
        self.set_length(len(self._lines))
        self.repaint()

    def resized(self) -> None:
        """Other lines fit another width."""
        self.show()

    def paint(self, index: int, width: int) -> Strip:
        """A line, from where it has been scrolled to."""
        inks, stretches = self.inks, self._lines[index] if index < len(self._lines) else ()
        whole = line(
            [(text, inks[ink]) for text, ink in stretches], self._left + width, inks["bar"]
        )
        return whole.crop(self._left, self._left + width)

    def cursor_cell(self) -> Offset:
        """Where reading begins."""
        return Offset(0, self.scroll_offset.y)

    def scroll(self, columns: int, lines: int) -> None:
        """So many columns to the right, so many lines down."""
        if columns:
            widest = max((sum(len(text) for text, _ in each) for each in self._lines), default=0)
            self._left = max(0, min(self._left + columns, widest - self.width))
            self.repaint()
        self.jump(self.scroll_offset.y + lines)
