"""The number of a link, typed while the links show their numbers in the text."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from dipread.tui.screens.dialog import Dialog
from dipread.tui.widgets.words import Words


class HintsDialog(Dialog[int], can_focus=True):
    """Answers as soon as no longer number can be meant; Enter says that none is."""

    LOW = True

    def __init__(self, links: int) -> None:
        super().__init__("", "")
        self._links = links
        self._typed = ""
        self._said = Words(id="hints")

    def fields(self) -> list[Widget]:
        """One line at the bottom: the text stays in sight."""
        return [self._said]

    def on_mount(self) -> None:
        """Say what to do."""
        self._say()

    def _say(self) -> None:
        which = "1" if self._links == 1 else f"1–{self._links}"
        self._said.say(f" Number of the link ({which}): {self._typed}▏  Esc leaves")

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
