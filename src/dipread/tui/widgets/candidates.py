"""What may follow in the query line: a short list under it, over the panes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from dipread.query import Candidate
from dipread.tui.colours.inks import Inked
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.typeset.paint import BAR, line, thousands

MOST = 8
_WIDEST = 64
_LEAST_LABEL = 12
_GAP = 2


class CandidateList(Inked):
    """Text, what it is, and how many stories it gives. Nobody types here: the query line moves it.

    `chosen` is the candidate the reader went to, -1 before that.
    """

    ALLOW_SELECT = False

    chosen: reactive[int] = reactive(-1)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.candidates: tuple[Candidate, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything is offered."""
        return bool(self.candidates)

    @property
    def best(self) -> Candidate:
        """The one chosen, else the first."""
        return self.candidates[max(0, self.chosen)]

    def offer(self, candidates: Sequence[Candidate], column: int) -> None:
        """Show these below the word that begins at a column of the screen; nothing when there are none."""
        shown = tuple(candidates[:MOST])
        if shown == self.candidates:
            return
        self.candidates, self.chosen = shown, -1
        if shown:
            width = min(_WIDEST, self.screen.size.width)
            self.styles.width, self.styles.height = width, len(shown)
            self.styles.offset = (max(0, min(column - 1, self.screen.size.width - width)), 2)
        self.display = bool(shown)
        self.refresh()

    def choose(self, step: int) -> None:
        """Go down or up the list, and off its end."""
        places = len(self.candidates) + 1
        self.chosen = (self.chosen + 1 + step) % places - 1

    def render_line(self, y: int) -> Strip:
        """One candidate."""
        width, inks = self.size.width, self.inks
        if y >= len(self.candidates):
            return Strip.blank(width, inks["bar"])
        here = y == self.chosen
        text, label, count = self._columns(width)[y]
        shown: list[tuple[str, Style]] = [
            (BAR if here else " ", inks["here"]),
            (text, inks["strong"]),
            (label, inks["dim"]),
            (count, inks["dim"]),
        ]
        return line(shown, width, inks["row" if here else "bar"])

    def _columns(self, width: int) -> list[tuple[str, str, str]]:
        counts = ["" if c.stories is None else thousands(c.stories) for c in self.candidates]
        room = max(map(len, counts)) + _GAP
        most = width - 1 - room - _LEAST_LABEL
        texts = min(most, max(cell_len(seen(each.text)) for each in self.candidates) + _GAP)
        labels = width - 1 - texts - room
        return [
            (fit(seen(each.text), texts), fit(_said(each), labels), f"{count} ".rjust(room))
            for each, count in zip(self.candidates, counts, strict=True)
        ]


def _said(candidate: Candidate) -> str:
    """What it is, unless that is what it says already."""
    written = candidate.text.rpartition(":")[2].strip('"')
    return "" if candidate.label == written else seen(candidate.label)
