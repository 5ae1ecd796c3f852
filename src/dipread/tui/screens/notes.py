"""Notes: everything the reader wrote, found by words, tag or type; from each the way to its passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import get_args

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult

from dipread.library import Library
from dipread.model import AnnotationType, Noted, NoteFilter, StoryId, Tally
from dipread.store import Store
from dipread.text.plural import plural
from dipread.tui.behind.desk import Desk
from dipread.tui.doing.drafts import Drafts
from dipread.tui.doing.history import History
from dipread.tui.doing.noting import Noting
from dipread.tui.messages import NoteOpened
from dipread.tui.rows.note_rows import NoteRows
from dipread.tui.screens.room import SideRoom
from dipread.tui.telling import telling
from dipread.tui.typeset.page import moment
from dipread.tui.widgets.note_list import NoteList
from dipread.tui.widgets.row_list import RowList
from dipread.tui.widgets.said_line import SaidLine
from dipread.tui.widgets.title_rule import TitleRule

_TAGS_SHOWN = 3
_TYPES: tuple[AnnotationType | None, ...] = (None, *get_args(AnnotationType))


class NotesScreen(SideRoom):
    """One list, newest first; what is said of the note under the cursor stands below it."""

    AUTO_FOCUS = "#notes"

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], history: History
    ) -> None:
        super().__init__("notes", now)
        self._library = library
        self._desk = desk
        self._now = now
        self._history = history
        self._filter = NoteFilter()
        self._tags: tuple[str, ...] = ()
        self.list = NoteList(id="notes")
        self.rules = {"notes": TitleRule("NOTES", id="notes-rule")}
        self.about = SaidLine(id="about-note")
        self.source = SaidLine(id="source")
        self._noting = Noting(
            self.open_dialog,
            self._write_note,
            history,
            now,
            lambda: self._tags,
            Drafts(library.config.paths.state, library.config.database),
        )

    def compose(self) -> ComposeResult:
        """The list and what is said of one note."""
        yield self.top_bar
        yield self.rules["notes"]
        yield self.list
        yield self.about
        yield self.source
        yield self.footer
        yield self.over

    def on_screen_resume(self) -> None:
        """Read them anew."""
        self.look()

    def marks_changed(self) -> None:
        """A note may be back, or gone."""
        self.look()

    @work(exclusive=True, group="notes")
    async def look(self) -> None:
        """Have the notes found and shown; what they come to is counted after."""
        asked = self._filter

        def find(store: Store) -> tuple[Sequence[str], tuple[str, ...]]:
            return store.notes.find(asked), tuple(store.states.tags())

        with telling(self.app):
            found, self._tags = await self._desk.counter.ask(find)
            self.list.show(NoteRows(found, self._desk.store.notes.rows), self._notice())
            self._title(await self._desk.counter.ask(lambda store: store.notes.tally(found)))

    def _notice(self) -> Sequence[str]:
        if self._filter == NoteFilter():
            return "No notes yet.", "In a story: v selects words, a writes a note on them."
        return "No note is so.", "Esc shows all of them"

    def _title(self, tally: Tally) -> None:
        said = [self._filter.type or "", "not seen to" if self._filter.open else ""]
        said += ["lost places" if self._filter.orphan else ""]
        said += [f"#{self._filter.tag}" if self._filter.tag else "", self._filter.words]
        told = " · ".join(each for each in said if each)
        self.rules["notes"].detail = f"· {told}" if told else "· newest"
        tags = list(tally.tags.items())[:_TAGS_SHOWN]
        most = " ".join(f"#{tag} {many}" for tag, many in tags)
        parts = [plural(tally.notes, "note"), f"! {tally.lost} lost" if tally.lost else "", most]
        self.rules["notes"].right = " · ".join(each for each in parts if each)

    @on(RowList.Moved)
    def _moved(self) -> None:
        each = self.list.item
        if each is None:
            self.about.say()
            self.source.say()
            return
        note = each.annotation
        when = f"written {moment(note.created)}"
        changed = f", changed {moment(note.edited)}" if note.edited != note.created else ""
        self.about.say((f"{note.type} · {when}{changed}", "dim"))
        where = "its place is lost, Enter shows where it may be · " if each.lost else ""
        self.source.say((where, "error"), (each.title, "ground"), (f" · {each.feed}", "dim"))

    # ---------------------------------------------------------------------------------- the actions

    @on(RowList.Opened)
    def _opened(self) -> None:
        each = self.list.item
        if each is not None and each.lost:
            self._find_place(each)
        elif each is not None:
            self.app.post_message(NoteOpened(each.annotation.story, each.annotation.uuid))

    def action_tend(self, wish: str) -> None:
        """Do what the keys of the list ask."""
        each = self.list.item
        match wish:
            case "find":
                self._ask_words()
            case "type":
                place = _TYPES.index(self._filter.type)
                self._narrow(type=_TYPES[(place + 1) % len(_TYPES)])
            case "open":
                self._narrow(open=not self._filter.open)
            case "lost":
                self._narrow(orphan=not self._filter.orphan)
            case _ if each is None:
                self.notify("No note is under the cursor", markup=False)
            case "edit":
                self._edit(each)
            case "done":
                note, now = each.annotation, self._now()
                self._write_note(
                    note.story,
                    lambda store: store.annotations.finish(note.uuid, now, not note.done),
                )
                self._history.wrote()
            case "delete":
                self._noting.delete(each.annotation)
                self.notify("Note deleted: u brings it back", markup=False)

    def _narrow(self, **fields: object) -> None:
        self._filter = replace(self._filter, **fields)
        self.look()

    @work(exclusive=True, group="find-words")
    async def _ask_words(self) -> None:
        """Ask for words of the notes wanted."""
        from dipread.tui.screens.line import LineDialog

        before = f"#{self._filter.tag}" if self._filter.tag else self._filter.words
        words = await self.open_dialog(LineDialog("Find notes", "words, or #follow-up", "", before))
        if words is not None:
            tag = words.removeprefix("#") if words.startswith("#") else ""
            self._narrow(tag=tag, words="" if tag else words)

    @work(exclusive=True, group="note")
    async def _edit(self, each: Noted) -> None:
        await self._noting.edit(each.annotation)

    @work(exclusive=True, group="note")
    async def _find_place(self, each: Noted) -> None:
        """Show where a lost quote may stand now; the one that is confirmed is its place."""
        from dipread.tui.screens.places import PlacesDialog

        uuid, now = each.annotation.uuid, self._now()
        with telling(self.app):
            found = await self._desk.reader.ask(lambda store: store.annotations.candidates(uuid))
            quote = await self.open_dialog(PlacesDialog(each, found))
            if quote is not None:
                await self._desk.writer.ask(
                    lambda store: store.annotations.anchor(uuid, quote, now)
                )
                self._history.wrote()
                self.notify("The note has its place again: u takes that back", markup=False)
                self.look()

    @work(group="write")
    async def _write_note(self, story: StoryId, change: Callable[[Store], object]) -> None:
        """Have a note written, then show the list with it."""
        with telling(self.app):
            await self._desk.writer.ask(change)
        self.look()

    def stepped_back(self) -> bool:
        """All notes again."""
        if self._filter == NoteFilter():
            return False
        self._filter = NoteFilter()
        self.look()
        return True
