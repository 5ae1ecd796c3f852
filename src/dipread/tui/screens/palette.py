"""The palette: everything that can be done now, found by a few letters of what it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from dipread.tui.bind import key
from dipread.tui.commands import Command, matching
from dipread.tui.picking import places
from dipread.tui.screens.dialog import Form
from dipread.tui.typeset.lines import fit
from dipread.tui.widgets.row_list import Parts, RowList

_KEYS_CELLS = 14


class CommandList(RowList[Command]):
    """A command a line: what it does, with the letters that were typed, and its keys."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self.wanted = ""

    def parts(self, item: Command, line: int, here: bool, width: int) -> Parts:
        """One command."""
        inks, cells = self.inks, max(0, width - _KEYS_CELLS - 1)
        marked = set(places(item.name, self.wanted))
        ink = inks["strong" if here else "ground"]
        return [
            *(
                (letter, ink + (inks["key"] if place in marked else Style.null()))
                for place, letter in enumerate(fit(item.name, cells))
            ),
            (" " + fit(item.help, _KEYS_CELLS), inks["dim"]),
        ]


class PaletteDialog(Form[Command]):
    """Enter does what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "move(1)", "palette.down", "down", "Go down", show=False),
        key("up", "move(-1)", "palette.up", "up", "Go up", show=False),
        key("pagedown", "move(12)", "palette.page-down", "page", "A page down", show=False),
        key("pageup", "move(-12)", "palette.page-up", "page up", "A page up", show=False),
    ]

    def __init__(self, offered: Sequence[Command]) -> None:
        super().__init__("Commands", "type what to do · ↓ ↑ · Enter do it · Esc")
        self._offered = offered
        self._wanted = Input(placeholder="type what to do", compact=True, id="wanted")
        self._wanted.cursor_blink = False
        self._list = CommandList(id="commands")

    def fields(self) -> list[Widget]:
        """A line to type in, and what is found."""
        return [self._wanted, self._list]

    def on_mount(self) -> None:
        """Type at once."""
        self.begin(self._wanted)
        self._list.has_focus = True  # it looks so: its cursor is moved from the line above
        self._find()

    @on(Input.Changed)
    def _find(self) -> None:
        self._list.wanted = self._wanted.value
        self._list.set_reactive(RowList.cursor, 0)
        self._list.items = ()
        found = matching(self._offered, self._wanted.value)
        self._list.show(found, ("", "Nothing here does that."))

    def action_move(self, step: int) -> None:
        """Down or up."""
        self._list.cursor += step

    @on(RowList.Opened)
    def action_answer(self) -> None:
        """Answer with the command under the cursor."""
        if self._list.wanted != self._wanted.value:  # typed faster than it was looked for
            self._find()
        if self._list.item is not None:
            self.dismiss(self._list.item)
