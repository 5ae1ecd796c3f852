"""One of a few, side by side, in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.style import Style
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.bind import key
from dipread.tui.paint import line
from dipread.tui.widgets.pane import LineWidget

What = TypeVar("What")


class Choice(LineWidget, Generic[What], can_focus=True):
    """What there is to choose from, each in its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space,right,l", "turn(1)", "dialog.next-choice", "other", "The next choice"),
        key(
            "left,h", "turn(-1)", "dialog.previous-choice", "other", "The choice before", show=False
        ),
    ]

    chosen: reactive[int] = reactive(0)

    class Turned(Message):
        """Another one is chosen."""

    def __init__(self, choices: Sequence[tuple[What, str]], *, id: str, chosen: int = 0) -> None:
        super().__init__(id=id)
        self._choices = choices
        self.set_reactive(Choice.chosen, chosen)

    @property
    def what(self) -> What:
        """The one chosen."""
        return self._choices[self.chosen][0]

    def paint(self, width: int) -> Strip:
        """All of them, the chosen one marked."""
        inks = self.inks
        shown: list[tuple[str, Style]] = []
        for number, (_, words) in enumerate(self._choices):
            here = number == self.chosen
            shown.append(("(•) " if here else "( ) ", inks["key" if here else "dim"]))
            shown.append((words + "  ", inks["strong" if here and self.has_focus else "dim"]))
        return line(shown, width, inks["bar"])

    def action_turn(self, step: int) -> None:
        """Another one."""
        self.chosen = (self.chosen + step) % len(self._choices)
        self.post_message(self.Turned())
