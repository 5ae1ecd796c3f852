"""The number of a link, typed while the links show their numbers in the text."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from dipread.tui.screens.dialog import Dialog


class HintsDialog(Dialog[int]):
    """Answers as soon as no longer number can be meant; Enter says that none is."""

    def __init__(self, links: int) -> None:
        super().__init__("", "")
        self._links = links
        self._typed = ""
        self._said = Static(id="hints", markup=False)

    def compose(self) -> ComposeResult:
        """One line at the bottom: the text stays in sight."""
        yield self._said

    def on_mount(self) -> None:
        """Say what to do."""
        self._say()

    def _say(self) -> None:
        which = "1" if self._links == 1 else f"1–{self._links}"
        self._said.update(Content(f" Number of the link ({which}): {self._typed}▏  Esc leaves"))

    def on_key(self, event: events.Key) -> None:
        """A digit, Enter, or Backspace."""
        if event.character and event.character in "0123456789":
            event.stop()
            number = int(self._typed + event.character)
            if not 1 <= number <= self._links:
                return
            self._typed = str(number)
            self._say()
            if number * 10 > self._links:
                self.dismiss(number)
        elif event.key == "enter" and self._typed:
            self.dismiss(int(self._typed))
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._say()
