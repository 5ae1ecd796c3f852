"""The note dialog: what is quoted, and what the reader has to say about it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, get_args

from msgspec import Struct
from msgspec.structs import replace
from textual.app import SuspendNotSupported
from textual.binding import BindingType
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, TextArea

from dipread.editor import written_in_editor
from dipread.errors import UsageError
from dipread.model import Annotation, AnnotationType, Confidence
from dipread.text.days import read_day
from dipread.tui.bind import key
from dipread.tui.doing.own_tags import print_tags, read_tags
from dipread.tui.screens.dialog import Dialog
from dipread.tui.telling import telling
from dipread.tui.typeset.paint import one_line
from dipread.tui.widgets.choice import Choice
from dipread.tui.widgets.words import Words

_QUOTE_SHOWN = 300
_TYPES: tuple[AnnotationType, ...] = get_args(AnnotationType)
_SURE: tuple[tuple[Confidence, str], ...] = (
    ("", "not said"),
    ("likely", "likely"),
    ("confirmed", "confirmed"),
    ("doubtful", "doubtful"),
)


class Written(Struct, frozen=True):
    """What was written, and whether it is to be saved or kept as a draft. `due` is as it was typed."""

    note: str = ""
    type: AnnotationType = "note"
    confidence: Confidence = ""
    tags: str = ""
    due: str = ""
    day: date | None = None
    save: bool = False

    @classmethod
    def of(cls, annotation: Annotation) -> Written:
        """What a note says."""
        return cls(
            *(annotation.note, annotation.type, annotation.confidence),
            tags=print_tags(annotation.tags),
            due=annotation.due.isoformat() if annotation.due else "",
            day=annotation.due,
        )


class NoteArea(TextArea):
    """Enter is the dialog's; a new line is ctrl+j, which every terminal can send."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+j", "new_line", "note.new-line", "new line", "Begin a new line"),
    ]

    def action_new_line(self) -> None:
        """Begin a new line at the cursor."""
        self.insert("\n")


class AnnotateDialog(Dialog[Written]):
    """Writes or changes one note; `written` is what it says at first, `tags` those to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "save", "note.save", "save", "Save the note", first=True),
        key("escape", "keep", "note.keep", "close", "Close, and keep the draft", first=True),
        key("ctrl+e", "editor", "note.editor", "editor", "Go on in $EDITOR", first=True),
    ]

    def __init__(
        self,
        about: str,
        quote: str,
        written: Written,
        heading: str,
        today: date,
        tags: Sequence[str] = (),
    ) -> None:
        super().__init__(
            heading, "Enter save · ^J new line · ^E editor · Tab field · Esc, draft kept"
        )
        self._about = about
        self._quote = quote
        self._today = today
        self._area = NoteArea(
            written.note, soft_wrap=True, show_line_numbers=False, tab_behavior="focus"
        )
        self._type = Choice(
            [(each, each) for each in _TYPES], id="type", chosen=_TYPES.index(written.type)
        )
        sure = [each for each, _ in _SURE]
        self._sure = Choice(_SURE, id="sure", chosen=sure.index(written.confidence))
        self._tags = Input(
            written.tags,
            placeholder="tags, as #follow-up",
            suggester=SuggestFromList([f"#{each}" for each in tags], case_sensitive=False),
            compact=True,
            id="tags",
        )
        self._due = Input(
            written.due, placeholder="due: 2026-12-01, today, 7d", compact=True, id="due"
        )
        for each in (self._area, self._tags, self._due):
            each.cursor_blink = False
        self._fault = Words(id="fault")

    def fields(self) -> list[Widget]:
        """What it is about, the quote, the note, and what kind of note it is."""
        quote = one_line(self._quote)
        if len(quote) > _QUOTE_SHOWN:
            quote = quote[:_QUOTE_SHOWN] + "…"
        about = Words(self._about, id="about")
        return [
            about,
            *([Words(f"“{quote}”", id="quote")] if quote else []),
            self._area,
            *(self._type, self._sure, self._tags, self._due, self._fault),
        ]

    def on_mount(self) -> None:
        """Write at the end of what there is."""
        self.watch(self._type, "chosen", self._show_sure)
        self.begin(self._area)
        self._area.move_cursor(self._area.document.end)

    def _show_sure(self) -> None:
        self._sure.display = self._type.what == "assessment"

    @property
    def _written(self) -> Written:
        sure = self._sure.what if self._type.what == "assessment" else ""
        note = self._area.text.strip()
        return Written(note, self._type.what, sure, self._tags.value, self._due.value)

    def action_save(self) -> None:
        """End by saving, or say what is wrong."""
        written = self._written
        if read_tags(written.tags) is None:
            self._tell("A tag is a word without commas, quotes or brackets.", self._tags)
            return
        try:
            day = read_day(written.due, self._today)
        except UsageError as fault:
            self._tell(f"{fault.message}. {fault.hint}", self._due)
            return
        if written.note or self._quote:
            self.dismiss(replace(written, day=day, save=True))
        else:
            self._tell("Write something, or Esc.", self._area)

    def _tell(self, words: str, where: Widget) -> None:
        self._fault.say(words)
        self.begin(where)

    def action_keep(self) -> None:
        """End by keeping a draft."""
        self.dismiss(self._written)

    def action_editor(self) -> None:
        """Go on in the reader's editor, with the screen out of the way."""
        with telling(self.app):
            try:
                with self.app.suspend():
                    self._area.text = written_in_editor(self._area.text, os.environ).rstrip("\n")
            except SuspendNotSupported:
                self._tell("This terminal can't give way to an editor.", self._area)
        self.begin(self._area)
