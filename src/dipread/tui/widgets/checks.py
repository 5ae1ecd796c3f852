"""A few things side by side in a dialog, each of them on or off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.style import Style
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.bind import key
from dipread.tui.typeset.paint import line
from dipread.tui.widgets.pane import LineWidget

What = TypeVar("What")


class Checks(LineWidget, Generic[What], can_focus=True):
    """What there is to switch, each in its words; Space switches the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "switch", "dialog.switch", "on, off", "Switch the choice on or off"),
        key("right,l", "go(1)", "dialog.next-check", "next", "The next switch", show=False),
        key("left,h", "go(-1)", "dialog.previous-check", "before", "The switch before", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    class Switched(Message):
        """One is on that was off, or off that was on."""

    def __init__(
        self, choices: Sequence[tuple[What, str]], on: Collection[What], *, id: str
    ) -> None:
        super().__init__(id=id)
        self._choices = choices
        self._on = set(on)

    @property
    def on(self) -> frozenset[What]:
        """Those that are on."""
        return frozenset(self._on)

    def paint(self, width: int) -> Strip:
        """All of them, with what is on marked."""
        inks = self.inks
        shown: list[tuple[str, Style]] = []
        for number, (what, words) in enumerate(self._choices):
            here = number == self.cursor and self.has_focus
            shown.append(
                ("✓ " if what in self._on else "✕ ", inks["key" if what in self._on else "dim"])
            )
            shown.append((words, inks["strong" if here else "dim"]))
            shown.append(("  ", inks["dim"]))
        return line(shown, width, inks["bar"])

    def action_switch(self) -> None:
        """On becomes off, off on."""
        self._on ^= {self._choices[self.cursor][0]}
        self.refresh()
        self.post_message(self.Switched())

    def action_go(self, step: int) -> None:
        """To another one."""
        self.cursor = (self.cursor + step) % len(self._choices)
