"""What publishers changed: a story's texts against each other, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from dipread.model import Revision
from dipread.text.changes import Piece, word_changes
from dipread.tui.bind import key
from dipread.tui.screens.dialog import Dialog
from dipread.tui.typeset.lines import seen
from dipread.tui.typeset.page import moment
from dipread.tui.widgets.words import Words

_SAME_SHOWN = 160


class DiffDialog(Dialog[None]):
    """Shows what an edit took away and what it brought; other edits with h and l."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("l,right", "edit(1)", "diff.next", "later", "The next edit", as_="h/l"),
        key("h,left", "edit(-1)", "diff.previous", "earlier", "The edit before", show=False),
        key("j,down", "scroll_by(1)", "diff.down", "scroll", "Scroll down", as_="j/k"),
        key("k,up", "scroll_by(-1)", "diff.up", "up", "Scroll up", show=False),
        key("pagedown,ctrl+d,space", "scroll_by(10)", "diff.page-down", "page", "A page down"),
        key("pageup,ctrl+u", "scroll_by(-10)", "diff.page-up", "page", "A page up", show=False),
    ]

    def __init__(self, revisions: Sequence[Revision]) -> None:
        super().__init__("What was changed", "h/l other edit · j/k scroll · Esc")
        self._revisions = revisions
        self._at = len(revisions) - 1
        self._when = Words(id="about")
        self._changes = Words(id="changes")
        self._scroll = VerticalScroll(self._changes, id="scroll", can_focus=True)

    def fields(self) -> list[Widget]:
        """When, and what."""
        return [self._when, self._scroll]

    def on_mount(self) -> None:
        """Show the last edit."""
        self.begin(self._scroll)
        self._show()

    def _show(self) -> None:
        before, after = self._revisions[self._at - 1], self._revisions[self._at]
        number = f"edit {self._at} of {len(self._revisions) - 1}"
        times = f"fetched {moment(before.fetched)} → {moment(after.fetched)}"
        self._when.say(f"{number} · {seen(after.feed)} · {times}")
        title = painted(word_changes(before.title, after.title), whole=True)
        text = painted(word_changes(before.text, after.text), whole=False)
        self._changes.say(Content("\n\n").join([title.stylize("bold"), text]))
        self._scroll.scroll_home(animate=False)

    def action_edit(self, step: int) -> None:
        """Another edit."""
        self._at = max(1, min(self._at + step, len(self._revisions) - 1))
        self._show()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll the words."""
        self._scroll.scroll_relative(y=lines, animate=False)


def painted(pieces: Sequence[Piece], *, whole: bool) -> Content:
    """The words of both texts: what went struck through, what came underlined; of long stretches that
    stayed the ends, unless the `whole` is wanted.
    """
    parts = []
    for number, piece in enumerate(pieces):
        words = seen(piece.text)
        if piece.how == "removed":
            parts.append(Content.styled(words, "strike $error"))
        elif piece.how == "added":
            parts.append(Content.styled(words, "underline $note"))
        else:
            last = number == len(pieces) - 1
            parts.append(Content(words if whole else _ends(words, bool(number), not last)))
    return Content("").join(parts)


def _ends(words: str, before: bool, after: bool) -> str:
    """A stretch, cut in its middle where it is long: what is next to a change is what is looked for."""
    if len(words) <= 2 * _SAME_SHOWN:
        return words
    first = words[:_SAME_SHOWN].rsplit(" ", 1)[0] if before else ""
    last = words[-_SAME_SHOWN:].split(" ", 1)[-1] if after else ""
    return f"{first} … {last}" if first or last else words[:_SAME_SHOWN] + " …"
