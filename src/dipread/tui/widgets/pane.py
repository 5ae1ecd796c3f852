"""What every painted widget of ours shares: lines painted once, in inks of the style sheet."""

from __future__ import annotations

from collections import OrderedDict

from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from dipread.tui.colours.inks import Inked
from dipread.tui.widgets.settled import Settled


class LineWidget(Inked, Settled):
    """One painted line."""

    ALLOW_SELECT = False

    def render_line(self, y: int) -> Strip:
        """The only line there is."""
        return self.paint(self.size.width)

    def paint(self, width: int) -> Strip:
        """The line, exactly `width` cells wide."""
        raise NotImplementedError


class PaneBar(Settled, ScrollBar):
    """The scrollbar of a pane: when it has its place, nothing else has to look for one."""


class Pane(ScrollView, Inked, can_focus=True, inherit_bindings=False):
    """A pane of many lines that paints only those in sight, and each of them once.

    Focus changes the line of the cursor and nothing else, so it repaints that line alone.
    """

    ALLOW_SELECT = False
    KEPT = 512

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._strips: OrderedDict[int, Strip] = OrderedDict()
        self._sizes: tuple[Size, ...] = ()

    # ------------------------------------------------------------------------- what a pane must say

    @property
    def foremost(self) -> tuple[str, ...]:
        """Ids of keys of this pane that the footer has first."""
        return ()

    @property
    def also(self) -> tuple[str, ...]:
        """The ids of the screen's keys worth a place in the footer, best first."""
        return ()

    def paint(self, index: int, width: int) -> Strip:
        """Paint one line, counted from the top of the whole content."""
        raise NotImplementedError

    def cursor_cell(self) -> Offset:
        """The column and line (of the whole content) that a screen reader should look at."""
        raise NotImplementedError

    def refresh_bindings(self) -> None:
        """Tell the screen that other keys act now; what comes in while the app closes has none to tell."""
        if self.is_attached:
            super().refresh_bindings()

    # ------------------------------------------------------------------------------------- painting

    @property
    def width(self) -> int:
        """The cells a line may take, the scrollbar's not among them."""
        return self.scrollable_content_region.width

    def render_line(self, y: int) -> Strip:
        """The line at a row of the pane, painted now or before."""
        index = y + self.scroll_offset.y
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self.paint(index, self.width)
            if len(self._strips) > self.KEPT:
                self._strips.popitem(last=False)
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region. A pane has no border or padding, so styles need not be applied."""
        ground = self.inks["ground"]
        strips = [self.render_line(y) for y in crop.line_range]
        if crop.column_span != (0, self.width):
            strips = [strip.crop_extend(*crop.column_span, ground) for strip in strips]
        for line_filter in self.get_line_filters():
            if line_filter.enabled:
                under = self.background_colors[1]
                strips = [strip.apply_filter(line_filter, under) for strip in strips]
        return strips

    def repaint(self, *indexes: int) -> None:
        """Paint these lines anew; all of them when none is named."""
        if not indexes:
            self._strips.clear()
            self.refresh()
            return
        for index in indexes:
            self._strips.pop(index, None)
            self.refresh_line(index)

    def inks_changed(self) -> None:
        """Forget every painted line."""
        self.repaint()

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Called at every layout of the screen, and mostly nothing has changed: the scrollbar may stay."""
        sizes = (size, self.virtual_size, container_size)
        if sizes == self._sizes:
            return False
        self._sizes = sizes
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._strips.clear()
            self.resized()
        return changed

    def resized(self) -> None:
        """Called before the pane is painted in another size, so that it is painted once."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is first needed."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = PaneBar(name="vertical", thickness=1)
            bar.display = True  # before it is there: afterwards it would cost a layout
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    # ------------------------------------------------------------------------------ place and focus

    def set_length(self, lines: int) -> None:
        """Say how many lines there are in all."""
        length = Size(self.width, lines)
        if length != self.virtual_size:
            # Textual would lay out the whole screen, which has the same places for all its panes.
            self.set_reactive(Pane.virtual_size, length)
            self._scroll_update(length)

    def jump(self, top: int) -> None:
        """Put a line at the top, at once."""
        self.scroll_to(y=max(0, top), animate=False, immediate=True)

    def bring(self, index: int) -> None:
        """Scroll no further than needed for a line to be in sight; a pane that is not shown stays."""
        top, height = self.scroll_offset.y, self.size.height or self.virtual_size.height
        if index < top:
            self.jump(index)
        elif index >= top + height:
            self.jump(index - height + 1)

    def place_cursor(self) -> None:
        """Put the terminal's own cursor where the reader is, for screen readers and Braille."""
        if self.has_focus and self.is_attached:
            cell = self.cursor_cell() - Offset(0, self.scroll_offset.y)
            self.app.cursor_position = self.content_region.offset + cell

    def focus_changed(self) -> None:
        """Repaint what looks different with and without focus."""
        self.repaint(self.cursor_cell().y)

    def _on_focus(self, event: events.Focus) -> None:
        event.prevent_default()  # the default repaints the whole pane
        self.has_focus = True
        self._focus_settled(events.DescendantFocus(self))

    def _on_blur(self, event: events.Blur) -> None:
        event.prevent_default()
        self.has_focus = False
        self._focus_settled(events.DescendantBlur(self))

    def _focus_settled(self, news: events.Event) -> None:
        self.focus_changed()
        self.place_cursor()
        if self.parent is not None:
            self.parent.post_message(news)
