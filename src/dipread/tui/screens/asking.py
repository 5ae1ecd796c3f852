"""One query and its views: typed in words, chosen in the filters, seen in the list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.binding import BindingType
from textual.widgets import Input

from dipread.errors import QueryError
from dipread.library import Library
from dipread.model import EVERYTHING, Query, StoryRow, in_words
from dipread.query import advice, drop_last, print_query, toggle
from dipread.store import Found, Sought, Store
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.doing.history import History, Trail
from dipread.tui.notices import no_match, welcome
from dipread.tui.screens.counting import CountingScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.filter_find import FilterFind
from dipread.tui.widgets.filter_pane import FilterPane
from dipread.tui.widgets.query_input import QueryInput
from dipread.tui.widgets.query_line import QueryLine
from dipread.tui.widgets.story_list import StoryList
from dipread.tui.widgets.story_view import StoryView
from dipread.tui.widgets.why_strip import WhyStrip

SLOW = 0.25
SOON = 0.03


class Answer(NamedTuple):
    """What a query found: the stories, how many there are at all, and the words to mark in them."""

    ids: Found
    total: int
    sought: Sought


def found(store: Store, asked: Query) -> Answer:
    """The answer of the archive."""
    stories = store.stories
    return Answer(stories.find(asked), stories.count(), stories.sought(asked))


class AskingScreen(CountingScreen):
    """Finds the stories of `asked`, whoever changed it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "query", "any.query", "search", "Search and filter as you type"),
        key("backspace", "drop_last", "any.drop-last", "drop last", "Drop the last part of the filter"),
        key("H", "trail(-1)", "any.filter-before", "filter before", "Go back to the filter before", show=False),
        key("L", "trail(1)", "any.filter-after", "filter after", "And on again", show=False),
    ]  # fmt: skip

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], query: Query
    ) -> None:
        self.stories = StoryList(desk.store.stories.rows, self._sector, now, id="list")
        self.view = StoryView(id="story")
        self.why = WhyStrip(lambda: library.vocabulary, id="why")
        super().__init__(self.stories, self.view, self.why, library, desk, now)
        self.history = History()
        self.trail = Trail()
        self._before_typing: Query = query
        self.set_reactive(CountingScreen.asked, query)

    def on_mount(self) -> None:
        """Ask the first question, and see how the feeds fare."""
        self.rules["list"].detail = "· newest"
        self.query_line.show(print_query(self.asked))
        if self.asked == EVERYTHING:
            self.stories.show(self.desk.store.stories.latest(self.app.size.height))
        # Threads that read the archive would take turns with the first paint.
        self.call_after_refresh(self._look_around)

    def _look_around(self) -> None:
        """Find all that is asked, see how feeds and saved views fare, learn names to complete with."""
        self._find(self.asked)
        self.look_at_feeds()
        self.look_at_views()
        self.learn_names()

    def _sector(self, row: StoryRow) -> str:
        return in_words(row.sectors[0]) if row.sectors else ""

    # ------------------------------------------------------------------------------------- asking

    def ask(self, query: Query) -> None:
        """Ask something else, in a way that can be undone."""
        if query != self.asked:
            self._remember(self.asked, query)
            self.asked = query

    def _remember(self, before: Query, after: Query) -> None:
        self.trail.leave(before)
        self.history.asked(before, after)

    def watch_asked(self, asked: Query) -> None:
        """Show the query everywhere and find its stories."""
        if not self.query_line.typing:
            self.query_line.show(print_query(asked))
        self.show_filters(asked)
        self.view_looked_at(asked)
        self._find(asked)

    @work(exclusive=True, group="find")
    async def _find(self, asked: Query) -> None:
        """Show the stories of a query; until they are known, the ones before stay.

        Of words that many stories have, the newest stories are shown meanwhile.
        """
        tally = self.query_line.tally
        self.after("slow", SLOW, lambda: setattr(tally, "busy", True))
        with telling(self.app):
            if Sought(asked):
                answer = await self._find_words(asked)
            else:
                answer = await self.desk.finder.ask(lambda store: found(store, asked))
            tally.stories = answer.total
            notice: Sequence[str] = ()
            if not answer.total:
                notice = welcome(len(self.library.config.feeds))
            elif not answer.ids:
                notice = await self.desk.finder.ask(lambda store: no_match(store, asked))
            self.seek(answer.sought)
            self.show_ids(answer.ids, notice)
        self.not_after("slow")
        tally.busy = False
        self.count(asked)

    async def _find_words(self, asked: Query) -> Answer:
        """The answer; if that takes long, its newest stories are shown first."""
        rows = self.app.size.height
        first = await self.desk.finder.ask(lambda store: store.stories.first(asked, rows))
        whole = asyncio.ensure_future(self.desk.finder.ask(lambda store: found(store, asked)))
        try:
            await asyncio.wait({whole}, timeout=SOON)
            if not whole.done() and first:
                self.query_line.tally.busy = True
                self.seek(Sought(asked))
                self.stories.show(first)
            return await whole
        finally:
            whole.cancel()

    def seek(self, sought: Sought) -> None:
        """Mark these words in the list and in the story."""
        self.stories.sought = sought
        self.view.seek(sought)

    def show_ids(self, ids: Found, notice: Sequence[str] = ()) -> None:
        """Show these stories, and how many they are."""
        self.rules["list"].right = ""
        self.stories.show(ids, notice)
        self.query_line.tally.found = len(ids)
        self.show_place()

    def show_place(self) -> None:
        """Say over the story which of how many it is."""
        ids = self.stories.ids if self.query_line.tally.stories is not None else ()
        self.rules["story"].detail = f"{self.stories.cursor + 1:,}/{len(ids):,}" if ids else ""

    def list_changed(self) -> None:
        """Find again what is asked: with a feed its stories may have gone or come back."""
        self._find(self.asked)
        self.look_at_feeds()
        self.learn_names()

    # ------------------------------------------------------------------- by the filters and in words

    @on(FilterPane.Chosen)
    def _filter_chosen(self, event: FilterPane.Chosen) -> None:
        self.ask(toggle(self.asked, event.kind, event.code, event.mode))

    @on(FilterPane.Cleared)
    def _filters_cleared(self) -> None:
        self.ask(EVERYTHING)

    @on(FilterPane.FindAsked)
    def _find_asked(self) -> None:
        self.find.add_class("-open")
        self.set_focus(self.find)

    @on(Input.Changed, "#find")
    def _find_changed(self, event: Input.Changed) -> None:
        self.filters.find(event.value)

    @on(FilterFind.Done)
    def _find_done(self, event: FilterFind.Done) -> None:
        if not event.kept:
            self.find.value = ""
        self.find.set_class(bool(self.find.value), "-open")
        self.go_to("filters")

    def action_trail(self, step: int) -> None:
        """The filter before (-1) or after (1) this one."""
        before = self.asked
        query = self.trail.go(before, step)
        if query is None:
            self.notify(f"No filter {'after' if step > 0 else 'before'} this one", markup=False)
        else:
            self.history.asked(before, query)
            self.asked = query

    def action_drop_last(self) -> None:
        """Without the last clause."""
        self.ask(drop_last(self.asked))

    def action_query(self) -> None:
        """Type the query."""
        self.query_line.enter()

    @on(QueryLine.Entered)
    def _query_entered(self) -> None:
        self._before_typing = self.asked

    @on(QueryLine.Typed)
    def _query_typed(self, event: QueryLine.Typed) -> None:
        self._understand(event.text)

    @on(QueryInput.Kept)
    def _query_kept(self, event: QueryInput.Kept) -> None:
        if self._understand(event.text):
            self._leave_query(self.asked)

    def _understand(self, text: str) -> bool:
        """Ask what the text asks; or underline and name its fault, while the last good list stays."""
        try:
            query = self.library.parse(text)
        except QueryError as fault:
            self.query_line.fault((fault.start, fault.end))
            self.footer.message = ". ".join(filter(None, (fault.message, fault.hint)))
            return False
        self.query_line.fault(None)
        self.footer.message = ". ".join(advice(query))
        self.asked = query
        return True

    @on(QueryInput.Restored)
    def _query_restored(self) -> None:
        self._leave_query(self._before_typing)

    def _leave_query(self, query: Query) -> None:
        self.footer.message = ""
        if query != self._before_typing:
            self._remember(self._before_typing, query)
        self.go_to("list")
        self.asked = query
        self.query_line.show(print_query(query))
