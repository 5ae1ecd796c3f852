"""The line over the filters that finds one by its name, in any script."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from dipread.tui.bind import key
from dipread.tui.widgets.one_line import OneLine


class FilterFind(OneLine):
    """Shown while it is typed in or holds a word; says when the typing is over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,down,tab", "done(True)", "find.keep", "to these", "Go to the filters found"),
        key("escape", "done(False)", "find.leave", "all filters", "Show all filters again"),
    ]

    class Done(Message):
        """The typing is over; the word stays (`kept`) or goes."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self, *, id: str) -> None:
        super().__init__(placeholder="a name in any language", id=id)

    def action_done(self, kept: bool) -> None:
        """Say so."""
        self.post_message(self.Done(kept))
