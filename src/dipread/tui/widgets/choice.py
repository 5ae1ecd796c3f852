"""One of a few, side by side, in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.style import Style
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.bind import key
from dipread.tui.typeset.paint import line
from dipread.tui.widgets.pane import LineWidget

What = TypeVar("What")
_APART = 2
_AROUND = len("(•) ") + _APART


class Choice(LineWidget, Generic[What], can_focus=True):
    """What there is to choose from, each in its words.

    A dialog watches `chosen`, and has done what follows from it before the next key acts.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space,right,l", "turn(1)", "dialog.next-choice", "other", "The next choice"),
        key(
            "left,h", "turn(-1)", "dialog.previous-choice", "other", "The choice before", show=False
        ),
    ]

    chosen: reactive[int] = reactive(0)

    def __init__(self, choices: Sequence[tuple[What, str]], *, id: str, chosen: int = 0) -> None:
        super().__init__(id=id)
        self._choices = choices
        self.set_reactive(Choice.chosen, chosen)

    @property
    def what(self) -> What:
        """The one chosen."""
        return self._choices[self.chosen][0]

    def paint(self, width: int) -> Strip:
        """The choices, the chosen one marked; where they have no room, from the first that lets it be seen."""
        inks = self.inks
        shown: list[tuple[str, Style]] = []
        for number, (_, words) in list(enumerate(self._choices))[self._first(width) :]:
            here = number == self.chosen
            shown.append(("(•) " if here else "( ) ", inks["key" if here else "dim"]))
            shown.append((words + "  ", inks["strong" if here and self.has_focus else "dim"]))
        return line(shown, width, inks["bar"])

    def _first(self, width: int) -> int:
        cells = [len(words) + _AROUND for _, words in self._choices]
        if sum(cells) <= width + _APART:
            return 0
        first = 0
        while first < self.chosen and sum(cells[first : self.chosen + 2]) > width + _APART:
            first += 1
        return first

    def action_turn(self, step: int) -> None:
        """Another one."""
        self.chosen = (self.chosen + step) % len(self._choices)
