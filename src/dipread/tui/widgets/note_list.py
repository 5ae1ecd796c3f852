"""The notes: when each was written, what it quotes, of which countries, and what the reader said."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from dipread.model import Noted
from dipread.tui.bind import key
from dipread.tui.rows.note_rows import NoteRows
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.typeset.page import quoted
from dipread.tui.typeset.paint import one_line
from dipread.tui.widgets.row_list import Parts, RowList

_COUNTRIES = 9
_WIDE = 140  # cells, from where the story has room beside its quote


class NoteList(RowList[Noted | None]):
    """Two lines a note: its quote, or its story where it has none, and its words."""

    TALL = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        key("e", "screen.tend('edit')", "notes.edit", "edit", "Change the note"),
        key("slash", "screen.tend('find')", "notes.find", "find", "Only notes with these words, or #tag"),
        key("t", "screen.tend('type')", "notes.type", "type", "Only notes of another type, or all"),
        key("o", "screen.tend('open')", "notes.open", "open ones", "Only what has not been seen to, or all"),
        key("x", "screen.tend('done')", "notes.done", "done", "Seen to, or not after all"),
        key("L", "screen.tend('lost')", "notes.lost", "lost places", "Only notes whose place is lost, or all"),
        key("d", "screen.tend('delete')", "notes.delete", "delete", "Delete the note; u brings it back"),
    ]  # fmt: skip

    def place_of(self, item: Noted | None) -> int | None:
        """By its uuid; the notes themselves are not read for it."""
        rows = self.items
        return rows.place_of(item.annotation.uuid) if item and isinstance(rows, NoteRows) else None

    def parts(self, item: Noted | None, line: int, here: bool, width: int) -> Parts:
        """When, quote and countries; below them the words and the tags."""
        if item is None:
            return [(" " * 9 + "this note is gone" if line == 0 else "", self.inks["dim"])]
        inks, note = self.inks, item.annotation
        if line == 0:
            sign = ("! ", inks["error"]) if item.lost else ("✎ ", inks["note"])
            words = quoted(one_line(note.quote.exact)) if note.quote else seen(item.title)
            beside = width // 2 if width >= _WIDE and note.quote else 0
            room = width - 7 - 2 - _COUNTRIES - 1 - beside
            story = f"{seen(item.title)} · {seen(item.feed)}"
            return [
                (f"{note.created.day} {note.created:%b}".rjust(6) + " ", inks["dim"]),
                sign,
                (fit(words, max(0, room)) + " ", inks["unread" if here else "ground"]),
                (fit(" ".join(item.countries[:3]), _COUNTRIES), inks["country"]),
                (fit(story, beside) if beside else "", inks["dim"]),
            ]
        kind = "" if note.type == "note" else str(note.type)
        told = [each for each in (kind, str(note.confidence)) if each]
        told += [f"due {note.due.day} {note.due:%b}"] if note.due and not note.done else []
        told += ["done"] if note.done else []
        labels = " ".join((*told, *(f"#{each}" for each in note.labels)))
        room = max(0, width - 9 - len(labels) - 2)
        said = one_line(note.note) or "(no words)"
        return [
            (" " * 9, inks["dim"]),
            (fit("lost place: " + said if item.lost else said, room) + " ", inks["dim"]),
            (labels, inks["note"]),
        ]
