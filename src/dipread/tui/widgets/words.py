"""Words in a dialog."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from dipread.tui.typeset.lines import seen
from dipread.tui.widgets.settled import Settled


class Words(Static, Settled):
    """What is written here is never markup, whoever wrote it."""

    def __init__(self, words: str | Content = "", *, id: str | None = None) -> None:
        super().__init__(content(words), id=id, markup=False)

    def say(self, words: str | Content) -> None:
        """Other words in their place."""
        self.update(content(words))


class FieldName(Words):
    """What the field below is called."""


def content(words: str | Content) -> Content:
    """Words as they may be seen: no control character is let through."""
    return words if isinstance(words, Content) else Content(seen(words))
