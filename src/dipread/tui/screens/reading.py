"""Reading: which story is shown, how far it has been read, and how it is marked."""

from __future__ import annotations

import os
import shutil
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType

from dipread.library import Library
from dipread.model import Has, Query, StoryDetail, StoryId
from dipread.store import Found, Store
from dipread.text.plural import plural
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.doing.marking import Marking
from dipread.tui.screens.picking import PickingScreen
from dipread.tui.telling import telling
from dipread.tui.terminal.browser import browser_command, start
from dipread.tui.typeset.page import page_of
from dipread.tui.widgets.page_view import NO_PAGE
from dipread.tui.widgets.story_list import StoryList
from dipread.tui.widgets.story_view import StoryView

REST = 0.08  # the reading pane waits for the cursor to rest; the cursor waits for nothing
DWELL = 1.5
NEAR = 256  # how many lines to look through for an unread story before asking the database


class ReadingScreen(PickingScreen):
    """Shows the story under the cursor, and marks what has been read; `detail` is what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "space",
            "read_on",
            "any.read-on",
            "read on",
            "Read on; at the end, go to the next story",
        ),
        key("m,N", "toggle_read", "any.read", "read", "Mark read or unread"),
        key("s", "star", "any.star", "star", "Give or take a star"),
        key("n", "unread(1)", "any.next-unread", "unread", "Go to the next unread story"),
        key("o", "browse", "any.browse", "browser", "Open the story in the browser"),
        key(
            "comma",
            "read_back",
            "any.read-back",
            "back",
            "Read back; at the top, go to the story before",
            show=False,
        ),
        key(
            "p",
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
    ]

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], query: Query
    ) -> None:
        super().__init__(library, desk, now, query)
        self.detail: StoryDetail | None = None
        self._marking = Marking(self.stories, self.history, self._write)
        self._moved_through: StoryId | None = None

    # -------------------------------------------------------------------------------- which is shown

    @on(StoryList.Moved)
    def _list_moved(self) -> None:
        if self.detail is None:
            self.once_seen(self._open_story)
        else:
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
            self.show_detail(detail)

    def show_detail(self, detail: StoryDetail | None) -> None:
        """Show a story, or the same one anew."""
        before, self.detail = self.detail, detail
        same = before is not None and detail is not None and before.id == detail.id
        if not same:
            self._moved_through = None
            self.close_why()
        page = (
            NO_PAGE
            if detail is None
            else page_of(detail, self.library.vocabulary, self.view.measure)
        )
        self.view.show(page, keep_place=same)
        self.rules["story"].right = _summary(detail)
        self.show_place()

    def close_why(self) -> None:
        """Take the strip under the text away."""
        if self.why.has_class("-open"):
            self.why.remove_class("-open")
            self.why.refresh(layout=True)  # the text takes its lines again at once

    # --------------------------------------------------------------------------------------- reading

    @on(StoryView.Scrolled)
    def _read_through(self) -> None:
        """A story is read when the reader has moved through it and stayed with it for a while."""
        story = self.stories.story
        if story is not None and self._moved_through != story:
            self._moved_through = story
            self.after("dwell", DWELL, lambda: self._dwelt(story))

    def _dwelt(self, story: StoryId) -> None:
        if self.stories.story == story and self.library.config.mark_read == "dwell":
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
        if self.detail is None or self.detail.id != self.stories.story:
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
            self._find_unread(step)

    @work(exclusive=True, group="unread")
    async def _find_unread(self, step: int) -> None:
        """Look for an unread story farther than the rows at hand."""
        ids, cursor = self.stories.ids, self.stories.cursor
        with telling(self.app):
            line = await self.desk.finder.ask(lambda store: unread_line(store, ids, cursor, step))
            if line is None:
                self.notify(f"Nothing unread {'below' if step > 0 else 'above'}", markup=False)
            elif ids is self.stories.ids:
                self.stories.cursor = line

    def action_browse(self) -> None:
        """Open the story's page."""
        with telling(self.app):
            link = self.detail.story.link if self.detail else ""
            start(browser_command(link, os.environ, shutil.which))
            self.notify("Opened in the browser", markup=False)

    # --------------------------------------------------------------------------------------- marking

    def _mark_here(self) -> None:
        if self.stories.story is not None and self.library.config.mark_read != "never":
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
            self.look_at_views_soon()
            return
        self.stories.forget_rows()


def unread_line(store: Store, ids: Found, cursor: int, step: int) -> int | None:
    """The line of the nearest unread story beyond the cursor, asking the database."""
    unread = ids.only(store.stories.find(Has("is", ("unread",))).stories)
    place = (
        bisect_right(unread, cursor, key=ids.index)
        if step > 0
        else (bisect_left(unread, cursor, key=ids.index) - 1)
    )
    return ids.index(unread[place]) if 0 <= place < len(unread) else None


def _summary(detail: StoryDetail | None) -> str:
    if detail is None:
        return ""
    tags = plural(len(detail.tags), "tag") if detail.tags else "no tags"
    notes = f" · {plural(len(detail.annotations), 'note')}" if detail.annotations else ""
    return tags + notes + (" · in the brief" if detail.in_brief else "")
