"""The keys, all of them, from the bindings themselves; type to search."""

from __future__ import annotations

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from dipread.tui.keys import Section
from dipread.tui.screens.dialog import Dialog


class HelpDialog(Dialog[None]):
    """Lists the keys of every place, the focused one first."""

    def __init__(self, sections: list[Section]) -> None:
        super().__init__("Keys", "type to search · Esc")
        self._sections = sections
        self._wanted = Input(placeholder="type to search", compact=True, id="wanted")
        self._wanted.cursor_blink = False
        self._list = Static(id="keys", markup=False)

    def fields(self) -> list[Widget]:
        """The search and the list."""
        return [self._wanted, VerticalScroll(self._list, id="scroll", can_focus=False)]

    def on_mount(self) -> None:
        """All keys, and type at once."""
        self._show("")
        self._wanted.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, wanted: str) -> None:
        self._list.update(listing(self._sections, wanted))


def listing(sections: list[Section], wanted: str) -> Content:
    """The keys whose line holds the words searched for."""
    words = wanted.casefold().split()
    lines: list[Content] = []
    for section in sections:
        kept = [
            each
            for each in section.keys
            if all(word in f"{each.keys} {each.sentence}".casefold() for word in words)
        ]
        if not kept:
            continue
        lines += [Content(""), Content.styled(section.title, "bold $primary")]
        lines += [
            Content.assemble((f"{each.keys:<20}", "$ink"), (each.sentence, "$dim")) for each in kept
        ]
    return Content("\n").join(lines[1:]) if lines else Content("No key does that.")
