"""The note dialog: what is quoted, and what the reader has to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from dipread.tui.bind import key
from dipread.tui.lines import seen
from dipread.tui.paint import one_line
from dipread.tui.screens.dialog import Dialog

_QUOTE_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and whether it is to be saved or kept as a draft."""

    note: str
    save: bool


class NoteArea(TextArea):
    """Enter saves; a new line is ctrl+j, which every terminal can send."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "save", "note.save", "save", "Save the note", first=True),
        key("ctrl+j", "new_line", "note.new-line", "new line", "Begin a new line"),
        key("escape", "keep", "note.keep", "close", "Close, and keep the draft"),
    ]

    class Done(Message):
        """The writing has ended."""

        def __init__(self, save: bool) -> None:
            super().__init__()
            self.save = save

    def action_save(self) -> None:
        """End by saving."""
        self.post_message(self.Done(save=True))

    def action_keep(self) -> None:
        """End by keeping a draft."""
        self.post_message(self.Done(save=False))

    def action_new_line(self) -> None:
        """Begin a new line at the cursor."""
        self.insert("\n")


class AnnotateDialog(Dialog[Written]):
    """Writes or changes one note."""

    def __init__(self, about: str, quote: str, note: str, heading: str) -> None:
        super().__init__(heading, "Enter save · ctrl+j new line · Esc close, draft kept")
        self._about = about
        self._quote = quote
        self._area = NoteArea(note, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self._area.cursor_blink = False

    def fields(self) -> list[Widget]:
        """What it is about, the quote, and the note."""
        quote = one_line(self._quote)
        if len(quote) > _QUOTE_SHOWN:
            quote = quote[:_QUOTE_SHOWN] + "…"
        about = Static(Content(seen(self._about)), id="about", markup=False)
        return [
            about,
            *([Static(Content(f"“{quote}”"), id="quote", markup=False)] if quote else []),
            self._area,
        ]

    def on_mount(self) -> None:
        """Write at the end of what there is."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)

    @on(NoteArea.Done)
    def _done(self, event: NoteArea.Done) -> None:
        self.dismiss(Written(self._area.text.strip(), event.save and bool(self._area.text.strip())))
