"""The last door before the terminal: no line leaves with a character in it that a terminal obeys.

Panes make texts harmless when they paint them. This is for the one that forgot.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from dipread.tui.typeset.lines import seen


class LastDoor(LineFilter):
    """Shows signs in place of control and bidi-override characters; colours stay as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, or their likes with signs in them."""
        return [
            each
            if each.control or each.text.isprintable()
            else Segment(seen(each.text), each.style)
            for each in segments
        ]
