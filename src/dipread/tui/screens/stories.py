"""The stories screen: what a reader does with a story once it is found."""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType

from dipread.export import write_story
from dipread.library import Library
from dipread.model import And, Annotation, Has, Query, Quote, StoryDetail, StoryId
from dipread.store import Store
from dipread.tui.bind import key
from dipread.tui.browser import browser_command, start
from dipread.tui.desk import Desk
from dipread.tui.marking import Marking
from dipread.tui.messages import RefreshAsked
from dipread.tui.noting import Noting, quoted
from dipread.tui.page import page_of
from dipread.tui.paint import plural
from dipread.tui.screens.asking import AskingScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.story_list import StoryList
from dipread.tui.widgets.story_view import NO_PAGE, StoryView
from dipread.tui.widgets.why_strip import WhyStrip

REST = 0.08  # the reading pane waits for the cursor to rest; the cursor waits for nothing
DWELL = 1.5
NEAR = 256  # how many lines to look through for an unread story before asking the database


class StoriesScreen(AskingScreen):
    """Reads, marks, annotates and exports the story under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "space",
            "read_on",
            "any.read-on",
            "read on",
            "Read on; at the end, go to the next story",
        ),
        key("m", "toggle_read", "any.read", "read", "Mark read or unread"),
        key("s", "star", "any.star", "star", "Give or take a star"),
        key(
            "a",
            "annotate",
            "any.note",
            "note",
            "Write a note on the story, or on the selected words",
        ),
        key("w", "why", "any.why", "why", "Why these tags: the words that earned them"),
        key("n", "unread(1)", "any.next-unread", "unread", "Go to the next unread story"),
        key("o", "browse", "any.browse", "browser", "Open the story in the browser"),
        key("E", "export", "any.export", "export", "Export to Markdown"),
        key(
            "b",
            "read_back",
            "any.read-back",
            "back",
            "Read back; at the top, go to the story before",
            show=False,
        ),
        key(
            "p,N",
            "unread(-1)",
            "any.previous-unread",
            "unread",
            "Go to the unread story before",
            show=False,
        ),
        key(
            "A",
            "read_all",
            "any.read-all",
            "all read",
            "Mark all stories in view as read",
            show=False,
        ),
        key(
            "r",
            "refresh_feed",
            "any.refresh-feed",
            "refresh",
            "Refresh the feed of this story",
            show=False,
        ),
        key("R", "refresh_all", "any.refresh-all", "refresh all", "Refresh all feeds", show=False),
        key(
            "u",
            "undo",
            "any.undo",
            "undo",
            "Undo: filter, read, star, note changed or deleted",
            show=False,
        ),
        key("U", "redo", "any.redo", "redo", "Do again what was undone", show=False),
        key("1", "stories", "any.stories", "stories", "Go to the list of stories", show=False),
        key(
            "escape",
            "step_back",
            "any.step-back",
            "back",
            "One step back: selection, strip, zoom",
            show=False,
        ),
        key("q", "leave", "any.leave", "back, quit", "One step back; at the top, quit", show=False),
    ]

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], query: Query
    ) -> None:
        super().__init__(library, desk, now, query)
        self._marking = Marking(self.stories, self.history, self._write)
        self._noting = Noting(self.app.push_screen_wait, self._write_note, self.history, now)
        self._detail: StoryDetail | None = None
        self._moved_through: StoryId | None = None

    # -------------------------------------------------------------------------------- which is shown

    @on(StoryList.Moved)
    def _list_moved(self) -> None:
        self.after("rest", REST, self._open_story)

    def _open_story(self) -> None:
        self._load_story(self.stories.story)

    @work(exclusive=True, group="story")
    async def _load_story(self, story: StoryId | None) -> None:
        """Show a story in the reading pane, from its top if it is another one."""
        with telling(self.app):
            detail = None
            if story is not None:
                detail = await self.desk.reader.ask(lambda store: store.stories.detail(story))
            self._show_detail(detail)

    def _show_detail(self, detail: StoryDetail | None) -> None:
        before, self._detail = self._detail, detail
        same = before is not None and detail is not None and before.id == detail.id
        if not same:
            self._moved_through = None
            self._close_why()
        page = NO_PAGE if detail is None else page_of(detail, self.library.vocabulary)
        self.view.show(page, keep_place=same)
        self.rules["story"].right = _summary(detail)
        self.show_place()

    # --------------------------------------------------------------------------------------- reading

    @on(StoryView.Scrolled)
    def _read_through(self) -> None:
        """A story is read when the reader has moved through it and stayed with it for a while."""
        story = self.stories.story
        if story is not None and self._moved_through != story:
            self._moved_through = story
            self.after("dwell", DWELL, lambda: self._dwelt(story))

    def _dwelt(self, story: StoryId) -> None:
        if self.stories.story == story:
            self._marking.read([story], True)

    @on(StoryList.Opened)
    def _story_opened(self) -> None:
        self._mark_here()
        self._open_story()
        self.go_to("story")
        self.zoomed = True

    def action_read_on(self) -> None:
        """A screenful on; at the end of the text, the next story."""
        self._mark_here()
        if self._detail is None or self._detail.id != self.stories.story:
            self._open_story()
        elif self.view.at_end:
            self.stories.action_move(1)
        else:
            self.view.action_screenful(1)

    def action_read_back(self) -> None:
        """A screenful back; at the top, the story before."""
        if self.view.scroll_offset.y == 0:
            self.stories.action_move(-1)
        else:
            self.view.action_screenful(-1)

    def action_unread(self, step: int) -> None:
        """The next (1) or previous (-1) unread story."""
        line = self.stories.next_unread(step, NEAR)
        if line is not None:
            self.stories.cursor = line
        else:
            self._find_unread(step, self.asked)

    @work(exclusive=True, group="unread")
    async def _find_unread(self, step: int, asked: Query) -> None:
        """Look for an unread story farther than the rows at hand."""
        ids, cursor = self.stories.ids, self.stories.cursor
        with telling(self.app):
            line = await self.desk.finder.ask(
                lambda store: unread_line(store, asked, ids, cursor, step)
            )
            if line is None:
                self.notify(f"Nothing unread {'below' if step > 0 else 'above'}", markup=False)
            elif ids is self.stories.ids:
                self.stories.cursor = line

    def action_browse(self) -> None:
        """Open the story's page."""
        with telling(self.app):
            link = self._detail.story.link if self._detail else ""
            start(browser_command(link, os.environ, shutil.which))
            self.notify("Opened in the browser", markup=False)

    # --------------------------------------------------------------------------------------- marking

    def _mark_here(self) -> None:
        if self.stories.story is not None:
            self._marking.read([self.stories.story], True)

    def action_toggle_read(self) -> None:
        """Read becomes unread, unread read."""
        if self.stories.story is not None:
            self._marking.toggle_read(self.stories.story)

    def action_read_all(self) -> None:
        """All stories on the screen are read."""
        marked = self._marking.read(self.stories.in_sight, True)
        words = f"{plural(marked, 'story', 'stories')} marked read: u takes it back"
        self.notify(words if marked else "All stories in view are read", markup=False)

    def action_star(self) -> None:
        """Give or take a star."""
        if self.stories.story is not None:
            self._marking.toggle_star(self.stories.story)

    @work(group="write")
    async def _write(self, change: Callable[[Store], None]) -> None:
        """Have a change written; if it can't be, show the rows as they are."""
        with telling(self.app):
            await self.desk.writer.ask(change)
            return
        self.stories.forget_rows()

    def action_undo(self) -> None:
        """Take back the last step."""
        what = self.history.undo()
        self.notify(f"Undone: {what}" if what else "Nothing to undo", markup=False)

    def action_redo(self) -> None:
        """Do the last undone step again."""
        what = self.history.redo()
        self.notify(f"Done again: {what}" if what else "Nothing to redo", markup=False)

    # ----------------------------------------------------------------------------------------- notes

    def action_annotate(self) -> None:
        """A note on the selection, else on the story."""
        selected = self.view.selected
        if selected is not None:
            self._annotate(*selected)
        elif self._detail is not None:
            self._add_note(self._detail, None)

    @on(StoryView.NoteAsked)
    def _note_asked(self, event: StoryView.NoteAsked) -> None:
        self._annotate(event.start, event.end)

    def _annotate(self, start: int, end: int) -> None:
        if self._detail is None:
            return
        quote = quoted(self._detail, self.view.page, start, end)
        if quote is None:
            self.notify("Select words of the headline or the text", markup=False)
        else:
            self._add_note(self._detail, quote)

    @work(exclusive=True, group="note")
    async def _add_note(self, detail: StoryDetail, quote: Quote | None) -> None:
        await self._noting.add(detail, quote)

    @on(StoryView.EditAsked)
    def _edit_asked(self, event: StoryView.EditAsked) -> None:
        if (annotation := self._annotation(event.note)) is not None:
            self._edit_note(annotation)

    @work(exclusive=True, group="note")
    async def _edit_note(self, annotation: Annotation) -> None:
        await self._noting.edit(annotation)

    @on(StoryView.DeleteAsked)
    def _delete_asked(self, event: StoryView.DeleteAsked) -> None:
        if (annotation := self._annotation(event.note)) is not None:
            self._noting.delete(annotation)
            self.notify("Note deleted: u brings it back", markup=False)

    def _annotation(self, uuid: str) -> Annotation | None:
        notes = self._detail.annotations if self._detail else ()
        return next((each for each in notes if each.uuid == uuid), None)

    @work(group="write")
    async def _write_note(self, story: StoryId, change: Callable[[Store], object]) -> None:
        """Have a note written, then show the story and its row with it."""
        with telling(self.app):
            await self.desk.writer.ask(change)
            detail = await self.desk.reader.ask(lambda store: store.stories.detail(story))
            if detail is not None:
                self.stories.amend(frozenset((story,)), notes=len(detail.annotations))
                if self.stories.story == story:
                    self._show_detail(detail)

    # -------------------------------------------------------------------------------------- why a tag

    def action_why(self) -> None:
        """Explain the tag of the focused mark, or the first one."""
        if self._detail is None or not self._detail.tags:
            self.notify("This story has no tags", markup=False)
            return
        mark = self.view.mark
        tag, evidence = (mark.tag, mark.evidence) if mark and mark.tag >= 0 else (0, 0)
        self._explain(self._detail, tag, evidence)

    @on(StoryView.WhyAsked)
    def _why_asked(self) -> None:
        self.action_why()

    def _explain(self, detail: StoryDetail, tag: int, evidence: int) -> None:
        self.why.add_class("-open")
        self.why.show(detail, tag, evidence)
        self.why.focus()

    @on(WhyStrip.Pointed)
    def _evidence_pointed_at(self, event: WhyStrip.Pointed) -> None:
        at = (event.tag, event.evidence)
        marks = self.view.page.marks
        self.view.focus_mark(next((m for m in marks if (m.tag, m.evidence) == at), None))

    @on(WhyStrip.Closed)
    def _why_closed(self) -> None:
        self._close_why()
        self.go_to(self.pane)

    def _close_why(self) -> None:
        self.why.remove_class("-open")

    # ----------------------------------------------------------------------------------- in and out

    def action_refresh_feed(self) -> None:
        """Fetch the feed of this story."""
        if self._detail is not None:
            self.post_message(RefreshAsked(tuple(feed.url for feed in self._detail.feeds)))

    def action_refresh_all(self) -> None:
        """Fetch every feed."""
        self.post_message(RefreshAsked(()))

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask what to export and where to, and have it written."""
        # Few sessions export, so the dialog and its room are read from disk when one does.
        from dipread.tui.screens.export import ExportDialog

        folder, asked, detail = self.library.config.export_folder, self.asked, self._detail
        found = len(self.stories.ids)
        wanted = await self.app.push_screen_wait(
            ExportDialog(folder, found, detail, self.library.vocabulary)
        )
        if wanted is None:
            return
        if wanted.what == "noted":
            asked = And((asked, Has("is", ("annotated",))))
        one = detail if wanted.what == "story" else None
        with telling(self.app):
            written = await self.desk.exporter.ask(
                lambda store: self._export(store, asked, one, wanted.folder)
            )
            words = f"{plural(written, 'story', 'stories')} written to {wanted.folder}"
            self.notify(words if written else "No story to export", markup=False)

    def _export(self, store: Store, asked: Query, one: StoryDetail | None, folder: Path) -> int:
        """Write in the exporter's thread; how many files."""
        if one is not None:
            write_story(one, folder, self.library.vocabulary, self.now())
            return 1
        written = 0
        for _ in self.library.export(asked, folder, store, self.now()):
            written += 1
            if self.desk.closing:
                break
        return written

    def action_stories(self) -> None:
        """All panes, and the focus in the list."""
        self.zoomed = False
        self.go_to("list")

    def action_step_back(self) -> None:
        """Drop the selection, leave the strip, leave the filters, leave the zoom: one of them."""
        self._stepped_back()

    def _stepped_back(self) -> bool:
        if self.selections:
            self.clear_selection()
        elif self.why.has_class("-open"):
            self._close_why()
        elif self.zoomed:
            self.zoomed = False
            self.go_to("list")
        elif self.pane != "list":
            self.go_to("list")
        else:
            return False
        return True

    def action_leave(self) -> None:
        """One step back; at the top, quit."""
        if not self._stepped_back():
            self.app.exit()


def unread_line(store: Store, asked: Query, ids: array[int], cursor: int, step: int) -> int | None:
    """The line of the nearest unread story beyond the cursor, asking the database."""
    unread = set(store.stories.ids(And((asked, Has("is", ("unread",))))))
    lines = range(cursor + 1, len(ids)) if step > 0 else range(cursor - 1, -1, -1)
    return next((each for each in lines if ids[each] in unread), None)


def _summary(detail: StoryDetail | None) -> str:
    if detail is None:
        return ""
    tags = plural(len(detail.tags), "tag") if detail.tags else "no tags"
    notes = f" · {plural(len(detail.annotations), 'note')}" if detail.annotations else ""
    return tags + notes
