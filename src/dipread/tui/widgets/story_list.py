"""The list of stories: any number of ids, and only the rows in sight."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from pyroaring import BitMap
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.model import EVERYTHING, StoryId, StoryRow
from dipread.store import NONE_FOUND, Found, Sought
from dipread.tui.bind import key
from dipread.tui.rows.story_pages import PAGE, Rows, StoryPages
from dipread.tui.typeset.paint import RowPlace, gone_line, line, story_line
from dipread.tui.widgets.pane import Pane

STORY_KEYS = (
    *("any.read-on", "any.filter", "any.query", "any.why", "any.note", "any.star", "any.read"),
    *("any.next-unread", "any.browse", "any.export"),
)


class StoryList(Pane):
    """One story a line, newest first. Rows are asked for page by page; the cursor is a line.

    Swapping in another list of ids keeps the same story on the same line of the screen. The words
    `sought` are marked in the titles of what is shown next.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("j,down", "move(1)", "list.next", "next", "Go to the next story", as_="j/k"),
        key("k,up", "move(-1)", "list.previous", "up", "Go to the story before", show=False),
        key("pagedown,ctrl+d", "page(1)", "list.page-down", "page", "A page down", show=False),
        key("pageup,ctrl+u", "page(-1)", "list.page-up", "page up", "A page up", show=False),
        key(
            "g,home",
            "ends(0)",
            "list.top",
            "newest",
            "Go to the newest story; once more, show the new ones",
            show=False,
        ),
        key("G,end", "ends(-1)", "list.bottom", "oldest", "Go to the oldest story", show=False),
        key(
            "x",
            "mark",
            "list.mark",
            "mark",
            "Mark the story: & then acts on what is marked",
            show=False,
        ),
        key("enter", "open", "list.open", "open", "Give the story the whole window", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another story, or on none."""

        def __init__(self, stories: StoryList, story: StoryId | None) -> None:
            super().__init__()
            self.stories = stories
            self.story = story

        @property
        def control(self) -> StoryList:
            """The list it happened in."""
            return self.stories

        def can_replace(self, message: Message) -> bool:
            """Only the last place matters to whoever shows the story."""
            return isinstance(message, StoryList.Moved)

    class Opened(Message):
        """Enter, or a double click, on a story."""

        def __init__(self, stories: StoryList) -> None:
            super().__init__()
            self.stories = stories

        @property
        def control(self) -> StoryList:
            """The list it happened in."""
            return self.stories

    @dataclass(eq=False, repr=False)
    class Marked(Message):
        """Other stories are marked now."""

        before: BitMap
        after: BitMap

    class TopAgain(Message):
        """The first story is wanted, and the cursor is on it already."""

    def __init__(
        self,
        rows: Rows,
        sector: Callable[[StoryRow], str],
        now: Callable[[], datetime],
        *,
        id: str,
    ) -> None:
        super().__init__(id=id)
        self._pages = StoryPages(rows)
        self._sector = sector
        self._now = now
        self._notice: tuple[str, ...] = ()
        self.ids = NONE_FOUND
        self.sought = Sought(EVERYTHING)
        self.marked = BitMap()
        self.reorders = True
        self.awaited: StoryId | None = None
        """The story to begin with, once it is among those shown."""

    @property
    def also(self) -> tuple[str, ...]:
        """What to do with a story."""
        return STORY_KEYS

    # ----------------------------------------------------------------------------------- the stories

    @property
    def story(self) -> StoryId | None:
        """The story under the cursor."""
        return StoryId(self.ids[self.cursor]) if self.cursor < len(self.ids) else None

    @property
    def in_sight(self) -> list[StoryId]:
        """The stories on the screen now."""
        top = self.scroll_offset.y
        return [StoryId(each) for each in self.ids[top : top + self.size.height]]

    def show(self, ids: Found, notice: Sequence[str] = ()) -> None:
        """Show these stories; the one under the cursor stays where it is if it is among them.

        `notice` is what to say when there are none.
        """
        before, line_on_screen = self.story, self.cursor - self.scroll_offset.y
        self.ids, self._notice = ids, tuple(notice)
        self._pages.clear()
        self._strips.clear()
        self.set_length(len(ids))
        wanted = before
        if self.awaited is not None and self.awaited in ids:
            wanted, self.awaited = self.awaited, None
            line_on_screen = self.size.height // 3
        cursor = ids.index(wanted) if wanted is not None and wanted in ids else 0
        self.set_reactive(StoryList.cursor, cursor)
        self.jump(cursor - line_on_screen if cursor else 0)
        self.repaint()
        self.place_cursor()
        if self.story != before or not ids:
            self.post_message(self.Moved(self, self.story))

    def go_to(self, story: StoryId) -> None:
        """Put the cursor on a story of the list."""
        self.cursor = self.ids.index(story)

    def row(self, index: int) -> StoryRow | None:
        """The row of a line; None when its story is gone."""
        return self._pages.row(self.ids, index)

    def loaded(self, story: StoryId) -> StoryRow | None:
        """The row of a story, if it has been asked for."""
        return self._pages.loaded(story)

    def amend(self, stories: Collection[StoryId], **changes: Any) -> None:
        """Show rows with some of their fields changed, before the database says so."""
        for index in self._pages.amend(stories, changes):
            self.repaint(index)

    def forget_rows(self) -> None:
        """Ask for every row anew."""
        self._pages.clear()
        self.repaint()

    def next_unread(self, step: int, within: int) -> int | None:
        """The nearest line below (1) or above (-1) with an unread story, looking `within` lines."""
        lines: Iterable[int] = range(self.cursor + 1, min(len(self.ids), self.cursor + 1 + within))
        if step < 0:
            lines = range(self.cursor - 1, max(-1, self.cursor - 1 - within), -1)
        return next((each for each in lines if (row := self.row(each)) and not row.read), None)

    # -------------------------------------------------------------------------------------- painting

    def paint(self, index: int, width: int) -> Strip:
        """A story, a line of the notice, or nothing."""
        if index >= len(self.ids):
            return self._paint_notice(index, width)
        here = index == self.cursor
        row = self.row(index)
        if row is None:
            return gone_line(RowPlace(here, self.has_focus, False), width, self.inks)
        above = self.row(index - 1) if index else None
        new_day = above is None or above.when.date() != row.when.date()
        place = RowPlace(here, self.has_focus, new_day, self.ids[index] in self.marked)
        found = self.sought.places("title", row.title)
        return story_line(
            row, self._sector(row), place, width, self.inks, self._now().year, found, self.reorders
        )

    def _paint_notice(self, index: int, width: int) -> Strip:
        ground = self.inks["ground"]
        if self.ids or not 1 <= index <= len(self._notice):
            return Strip.blank(width, ground)
        ink = self.inks["strong" if index == 1 else "dim"]
        return line([("   " + self._notice[index - 1], ink)], width, ground)

    def cursor_cell(self) -> Offset:
        """The first column of the cursor's line."""
        return Offset(0, self.cursor)

    # -------------------------------------------------------------------------------------- the cursor

    def validate_cursor(self, cursor: int) -> int:
        """Within the list."""
        return max(0, min(len(self.ids) - 1, cursor))

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint two lines, scroll if need be, and say so."""
        self.repaint(before, after)
        self.bring(after)
        self.place_cursor()
        self.post_message(self.Moved(self, self.story))
        self.call_after_refresh(self._ask_ahead, 1 if after > before else -1)

    def _ask_ahead(self, step: int) -> None:
        """Have the next page in hand after the paint, so that no scroll waits for it."""
        edge = self.scroll_offset.y + (self.size.height if step > 0 else 0)
        ahead = edge + step * PAGE
        if 0 <= ahead < len(self.ids) and not self._pages.holds(ahead):
            self.row(ahead)

    def resized(self) -> None:
        """Keep the cursor in sight."""
        self.set_length(len(self.ids))
        if self.ids:
            self.bring(self.cursor)
        self.place_cursor()

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked story; open it on the second click."""
        index = event.y + self.scroll_offset.y
        if index < len(self.ids):
            self.cursor = index
            if event.chain == 2:
                self.action_open()

    def action_move(self, step: int) -> None:
        """Down or up by stories."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Down or up by what fits the screen, less one line."""
        by = step * max(1, self.size.height - 1)
        self.jump(min(self.scroll_offset.y + by, max(0, len(self.ids) - self.size.height)))
        self.cursor += by

    def action_ends(self, end: int) -> None:
        """The first story (0) or the last (-1)."""
        if end == 0 and self.cursor == 0:
            self.post_message(self.TopAgain())
        self.cursor = 0 if end == 0 else len(self.ids) - 1

    def action_mark(self) -> None:
        """Mark the story, or take the mark off, and go on to the next."""
        if self.story is not None:
            before = self.marked
            self.set_marked(before ^ BitMap((self.story,)))
            self.post_message(self.Marked(before, self.marked))
            self.cursor += 1

    def set_marked(self, stories: BitMap) -> None:
        """Mark these stories and no others."""
        changed, self.marked = self.marked ^ stories, stories
        self.repaint(
            *(i for i, each in enumerate(self.in_sight, self.scroll_offset.y) if each in changed)
        )

    def action_open(self) -> None:
        """Ask for the story under the cursor to be opened."""
        if self.ids:
            self.post_message(self.Opened(self))
