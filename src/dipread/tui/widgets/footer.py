"""The bottom line: the best keys of the focused pane, as many as fit, and always the way to the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.typeset.paint import Inks, line
from dipread.tui.widgets.pane import LineWidget

Key = tuple[str, str]
HELP: Key = ("?", "keys")


class Footer(LineWidget):
    """Keys by priority; a message takes their place while there is one.

    While something is typed, `?` is a letter like others and not the way to the keys.
    """

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: Key) -> None:
            super().__init__()
            self.key = key

    typing: reactive[bool] = reactive(False)
    keys: reactive[tuple[Key, ...]] = reactive(())
    message: reactive[str] = reactive("")

    def paint(self, width: int) -> Strip:
        """The message, or the keys."""
        inks = self.inks
        if self.message:
            return line([(" " + self.message, inks["error"])], width, inks["bar"])
        return line(list(_spread(self._shown(width), inks)), width, inks["bar"])

    def _shown(self, width: int) -> Sequence[Key]:
        return self.keys if self.typing else fitted(self.keys, width)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        end = 1
        for each in () if self.message or self.typing else self._shown(self.size.width):
            start, end = end, end + _cells(each)
            if start <= event.x < end:
                self.post_message(self.Pressed(each))


def fitted(keys: Iterable[Key], width: int) -> list[Key]:
    """The first keys that fit beside `? keys`, and `? keys`.

    >>> fitted([("j/k", "next"), ("Space", "read on"), ("m", "read")], 30)
    [('j/k', 'next'), ('m', 'read'), ('?', 'keys')]
    """
    room = width - _cells(HELP) - 1
    kept = []
    for each in keys:
        if _cells(each) <= room and each != HELP:
            kept.append(each)
            room -= _cells(each)
    return [*kept, HELP]


def _cells(key: Key) -> int:
    return cell_len(f"{key[0]} {key[1]}") + 2


def _spread(keys: Iterable[Key], inks: Inks) -> Iterable[tuple[str, Style]]:
    yield " ", inks["dim"]
    for name, word in keys:
        yield name, inks["key"]
        yield f" {word}  ", inks["dim"]
