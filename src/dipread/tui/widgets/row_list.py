"""A list of things with a cursor: feeds, notes, what a picker found. Each may take more than one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.bind import key
from dipread.tui.typeset.paint import BAR, line
from dipread.tui.widgets.pane import Pane

Item = TypeVar("Item")
Parts = Sequence[tuple[str, Style]]


class RowList(Pane, Generic[Item]):
    """`TALL` lines an item. Showing other items keeps the cursor on the one with the same name."""

    TALL = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        key("j,down", "move(1)", "rows.next", "next", "Go down", as_="j/k"),
        key("k,up", "move(-1)", "rows.previous", "up", "Go up", show=False),
        key("pagedown,ctrl+d", "move(10)", "rows.page-down", "page", "Ten down", show=False),
        key("pageup,ctrl+u", "move(-10)", "rows.page-up", "page up", "Ten up", show=False),
        key("g,home", "move(-1000000)", "rows.top", "top", "Go to the first", show=False),
        key("G,end", "move(1000000)", "rows.bottom", "end", "Go to the last", show=False),
        key("enter", "open", "rows.open", "open", "Open it"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    @dataclass(eq=False, repr=False)
    class Moved(Message):
        """The cursor is on another item."""

        rows: RowList[object]

    @dataclass(eq=False, repr=False)
    class Opened(Message):
        """Enter, or a double click, on an item."""

        rows: RowList[object]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.items: Sequence[Item] = ()
        self.notice: Sequence[str] = ()

    # ------------------------------------------------------------------------- what a list must say

    def name_of(self, item: Item) -> object:
        """What tells an item from others when the list is shown anew."""
        return item

    def place_of(self, item: Item) -> int | None:
        """Where the item of the same name stands, if it is shown."""
        names = [self.name_of(each) for each in self.items]
        name = self.name_of(item)
        return names.index(name) if name in names else None

    def parts(self, item: Item, line: int, here: bool, width: int) -> Parts:
        """One line of an item, without the bar at its left."""
        raise NotImplementedError

    # ------------------------------------------------------------------------------------ the items

    @property
    def item(self) -> Item | None:
        """The one under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def show(self, items: Sequence[Item], notice: Sequence[str] = ()) -> None:
        """Show these; `notice` is what to say when there are none."""
        before = self.item
        self.items, self.notice = items, notice
        self.set_length(max(len(items) * self.TALL, len(notice) + 1))
        place = self.place_of(before) if before is not None else None
        cursor = self.cursor if place is None else place
        self.set_reactive(RowList.cursor, self.validate_cursor(cursor))
        self.bring_cursor()
        self.repaint()
        self.place_cursor()
        self.post_message(self.Moved(self))  # type: ignore[arg-type]

    def paint(self, index: int, width: int) -> Strip:
        """A line of an item, of the notice, or nothing."""
        inks = self.inks
        number, part = divmod(index, self.TALL)
        if not self.items and 1 <= index <= len(self.notice):
            ink = inks["strong" if index == 1 else "dim"]
            return line([("   " + self.notice[index - 1], ink)], width, inks["ground"])
        if number >= len(self.items):
            return Strip.blank(width, inks["ground"])
        here = number == self.cursor
        ground = inks["row" if self.has_focus else "row-away"] if here else inks["ground"]
        bar = (BAR if here and self.has_focus and part == 0 else " ", inks["here"])
        return line([bar, *self.parts(self.items[number], part, here, width - 1)], width, ground)

    def cursor_cell(self) -> Offset:
        """The first line of the cursor's item."""
        return Offset(0, self.cursor * self.TALL)

    def focus_changed(self) -> None:
        """Every line of the item under the cursor."""
        self._repaint_item(self.cursor)

    def _repaint_item(self, number: int) -> None:
        self.repaint(*range(number * self.TALL, (number + 1) * self.TALL))

    def bring_cursor(self) -> None:
        """Scroll so far that the whole item is in sight."""
        self.bring((self.cursor + 1) * self.TALL - 1)
        self.bring(self.cursor * self.TALL)

    # ----------------------------------------------------------------------------------- the cursor

    def validate_cursor(self, cursor: int) -> int:
        """Within the list."""
        return max(0, min(len(self.items) - 1, cursor))

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint two items, scroll if need be, and say so."""
        self._repaint_item(before)
        self._repaint_item(after)
        self.bring_cursor()
        self.place_cursor()
        self.post_message(self.Moved(self))  # type: ignore[arg-type]

    def resized(self) -> None:
        """Keep the cursor in sight."""
        self.set_length(max(len(self.items) * self.TALL, len(self.notice) + 1))
        self.bring_cursor()

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked item; open it on the second click."""
        number = (event.y + self.scroll_offset.y) // self.TALL
        if number < len(self.items):
            self.cursor = number
            if event.chain == 2:
                self.action_open()

    def action_move(self, step: int) -> None:
        """Down or up."""
        self.cursor += step

    def action_open(self) -> None:
        """Ask for the item to be opened."""
        if self.items:
            self.post_message(self.Opened(self))  # type: ignore[arg-type]
