"""A list of lines under headings, with a cursor that only rests on what can be acted on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Offset
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.bind import key
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.typeset.paint import BAR, line
from dipread.tui.widgets.pane import Pane


class Entry(NamedTuple):
    """A line: stretches of text with the name of their ink, and what it stands for (None for a heading)."""

    parts: Sequence[tuple[str, str]]
    item: object = None


class Ledger(Pane):
    """Any number of entries, of which those in sight are painted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("j,down", "move(1)", "ledger.next", "next", "Go to the next line", as_="j/k"),
        key("k,up", "move(-1)", "ledger.previous", "up", "Go to the line before", show=False),
        key("pagedown,ctrl+d", "page(1)", "ledger.page-down", "page", "A page down", show=False),
        key("pageup,ctrl+u", "page(-1)", "ledger.page-up", "page up", "A page up", show=False),
        key("g,home", "ends(0)", "ledger.top", "top", "Go to the first line", show=False),
        key("G,end", "ends(-1)", "ledger.bottom", "bottom", "Go to the last line", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()

    @property
    def item(self) -> object:
        """What the cursor rests on; None when there is nothing."""
        return self._entries[self.cursor].item if self._entries else None

    def show(self, entries: Sequence[Entry], item: object = None) -> None:
        """Show these entries, with the cursor on an item, else about where it was."""
        self._entries = entries
        self.set_length(len(entries))
        found = next(
            (n for n, e in enumerate(entries) if item is not None and e.item == item), None
        )
        wanted = min(self.cursor, max(0, len(entries) - 1)) if found is None else found
        self.set_reactive(Ledger.cursor, self._rest(wanted, 1))
        self.repaint()
        self.bring(self.cursor)
        self.place_cursor()

    def _rest(self, index: int, step: int) -> int:
        """The nearest entry that can be acted on, looking one way and then the other."""
        for way in (step, -step):
            at = index
            while 0 <= at < len(self._entries):
                if self._entries[at].item is not None:
                    return at
                at += way
        return max(0, min(index, len(self._entries) - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Paint the line that was left and the one come to."""
        self.repaint(before, after)
        self.bring(0 if after <= 1 else after)
        self.place_cursor()

    def cursor_cell(self) -> Offset:
        """The beginning of the line."""
        return Offset(0, self.cursor)

    def paint(self, index: int, width: int) -> Strip:
        """An entry, or nothing below the last."""
        inks = self.inks
        if index >= len(self._entries):
            return line([], width, inks["bar"])
        entry = self._entries[index]
        here = index == self.cursor and entry.item is not None
        shown: list[tuple[str, Style]] = [(BAR if here and self.has_focus else " ", inks["here"])]
        shown += [(seen(text), inks[ink]) for text, ink in entry.parts]
        room = width - sum(cell_len(text) for text, _ in shown[:-1])
        if cell_len(shown[-1][0]) > room:
            shown[-1] = (fit(shown[-1][0], room), shown[-1][1])
        return line(shown, width, inks["row"] if here else inks["bar"])

    def action_move(self, step: int) -> None:
        """The next line that can be acted on, or the one before."""
        at = self.cursor + step
        while 0 <= at < len(self._entries):
            if self._entries[at].item is not None:
                self.cursor = at
                return
            at += step

    def action_page(self, step: int) -> None:
        """A page on."""
        target = self.cursor + step * max(1, self.size.height - 1)
        self.cursor = self._rest(max(0, min(target, len(self._entries) - 1)), step)

    def action_ends(self, end: int) -> None:
        """The first or the last."""
        self.cursor = self._rest(0, 1) if end == 0 else self._rest(len(self._entries) - 1, -1)
