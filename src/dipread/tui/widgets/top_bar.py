"""The top line: the name, the screens there are, and how the news stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.cells import cell_len
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.paint import line, plain, plural
from dipread.tui.widgets.pane import LineWidget


class TopBar(LineWidget):
    """`progress` is how a refresh goes, or how it went; without one, when the last one was."""

    progress: reactive[str] = reactive("")
    refreshed: reactive[datetime | None] = reactive(None)
    failing: reactive[int] = reactive(0)
    offline: reactive[bool] = reactive(False)

    def __init__(self, now: Callable[[], datetime], *, id: str) -> None:
        super().__init__(id=id)
        self._now = now

    def paint(self, width: int) -> Strip:
        """Name and screens at the left, the state of the news at the right."""
        inks = self.inks
        left: list[tuple[str, Style]] = [
            (" dipread", inks["strong"]),
            ("   1", inks["key"]),
            (" Stories", inks["dim"]),
        ]
        right: list[tuple[str, Style]] = [(self._state() + " ", inks["dim"])]
        if self.failing:
            right.insert(0, (f"! {plural(self.failing, 'feed')} failing", inks["error"]))
            right.insert(1, (" · ", inks["dim"]))
        gap = width - cell_len(plain(left)) - cell_len(plain(right))
        if gap < 1:
            return line(left, width, inks["bar"])
        return line([*left, (" " * gap, inks["dim"]), *right], width, inks["bar"])

    def _state(self) -> str:
        if self.progress:
            return self.progress
        last = "not refreshed yet"
        if self.refreshed is not None:
            today = self.refreshed.date() == self._now().date()
            day = "" if today else f"{self.refreshed.day} {self.refreshed:%b} "
            last = f"refreshed {day}{self.refreshed:%H:%M} UTC"
        return f"offline, showing saved stories · {last}" if self.offline else last
