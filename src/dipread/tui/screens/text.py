"""A text to read in a dialog: a table, messages, what a command answered."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from dipread.tui.bind import key
from dipread.tui.screens.dialog import Dialog
from dipread.tui.typeset.lines import seen
from dipread.tui.widgets.leaf import Leaf

_MOST_LINES = 30


class TextDialog(Dialog[None], can_focus=True):
    """Scrolls both ways; nothing in the text is ever obeyed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("j,down", "scroll_by(0, 1)", "text.down", "scroll", "Scroll down"),
        key("k,up", "scroll_by(0, -1)", "text.up", "up", "Scroll up", show=False),
        key("l,right", "scroll_by(8, 0)", "text.right", "right", "Scroll to the right", show=False),
        key("h,left", "scroll_by(-8, 0)", "text.left", "left", "Scroll to the left", show=False),
        key("pagedown,ctrl+d,space", "scroll_by(0, 12)", "text.page-down", "page", "A page down", show=False),
        key("pageup,ctrl+u,b", "scroll_by(0, -12)", "text.page-up", "page up", "A page up", show=False),
        key("q,enter", "leave", "text.close", "close", "Close it", show=False),
    ]  # fmt: skip

    def __init__(self, heading: str, text: str) -> None:
        super().__init__(heading, "j k scroll · h l sideways · Esc")
        lines = [[(each, "bar")] for each in seen(text).split("\n")]
        self._leaf = Leaf(lambda width: lines, id="leaf")
        self._leaf.styles.height = min(_MOST_LINES, len(lines))

    def fields(self) -> list[Widget]:
        """The text."""
        return [self._leaf]

    def action_scroll_by(self, columns: int, lines: int) -> None:
        """Scroll."""
        self._leaf.scroll(columns, lines)
