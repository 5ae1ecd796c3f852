"""One line that says something: parts in their inks, set by the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from dipread.tui.typeset.lines import seen
from dipread.tui.typeset.paint import cut, line
from dipread.tui.widgets.pane import LineWidget

Said = Sequence[tuple[str, str]]


class SaidLine(LineWidget):
    """Words with the names of their inks; what does not fit is cut."""

    def __init__(self, *, id: str, ground: str = "ground") -> None:
        super().__init__(id=id)
        self._ground = ground
        self._said: Said = ()

    @property
    def said(self) -> str:
        """The words alone."""
        return "".join(words for words, _ in self._said)

    def say(self, *said: tuple[str, str]) -> None:
        """Say something else."""
        self._said = said
        self.refresh()

    def paint(self, width: int) -> Strip:
        """A blank and the words."""
        parts = [(seen(words).replace("\n", " "), self.inks[ink]) for words, ink in self._said]
        shown = cut([(" ", self.inks["dim"]), *parts], width)
        return line(shown, width, self.inks[self._ground])
