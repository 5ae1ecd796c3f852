"""What is counted beside the list: filters, saved views, feeds, and the names to complete a query with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from msgspec.structs import replace
from textual import work
from textual.reactive import reactive
from textual.timer import Timer

from dipread.library import Library
from dipread.model import EVERYTHING, Facets, Query, View
from dipread.query import Known
from dipread.store import Found, Store
from dipread.tui.behind.desk import Desk
from dipread.tui.messages import FeedsSeen
from dipread.tui.rows.views import Standing, arrivals, standing_view, standings
from dipread.tui.screens.dialog import Answer, Dialog
from dipread.tui.screens.panes import PanesScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.filter_pane import FilterPane
from dipread.tui.widgets.pane import Pane
from dipread.tui.widgets.why_strip import WhyStrip

T = TypeVar("T")
VIEWS_PAUSE = 1.0
COUNTED_NAMES = ("feed", "pair", "forum", "person")


class CountingScreen(PanesScreen):
    """`asked` is the one truth: whatever changes the filter assigns a new query to it."""

    asked: reactive[Query] = reactive(EVERYTHING, repaint=False, init=False)

    def __init__(
        self,
        stories: Pane,
        story: Pane,
        why: WhyStrip,
        library: Library,
        desk: Desk,
        now: Callable[[], datetime],
    ) -> None:
        self.filters = FilterPane(lambda: library.vocabulary, id="filters")
        super().__init__(stories, story, self.filters, why, now)
        self.library = library
        self.desk = desk
        self.now = now
        self.standings: tuple[Standing, ...] = ()
        self._looked: dict[View, Found] = {}
        self._fresh_views: set[str] = set()
        self.names: Mapping[str, Mapping[str, int]] = {"tag": {}}
        self.facets = Facets()
        self._deferred: dict[str, Timer] = {}
        self.on_counted: Callable[[Query], object] | None = None

    def after(self, name: str, seconds: float, then: Callable[[], object]) -> None:
        """Do something later, instead of what was to be done later under that name."""

        def act() -> None:
            if self._deferred.get(name) is timer:  # else it was stopped too late to stop
                del self._deferred[name]
                then()

        self.not_after(name)
        timer = self._deferred[name] = self.set_timer(seconds, act)

    def not_after(self, name: str) -> None:
        """Don't do it after all."""
        if (timer := self._deferred.pop(name, None)) is not None:
            timer.stop()

    async def open_and_tell(
        self, dialog: Dialog[Answer], ask: Callable[[Store], T], tell: Callable[[T], object]
    ) -> Answer | None:
        """Open a dialog at once, and tell it what is found out meanwhile; its answer."""
        answered = self.open_dialog(dialog)
        finding_out = asyncio.ensure_future(self.desk.counter.ask(ask))
        either: set[asyncio.Future[Any]] = {answered, finding_out}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if answered.done():
            finding_out.cancel()
        else:
            tell(await finding_out)
        return await answered

    # ------------------------------------------------------------------------------------ the filters

    @work(exclusive=True, group="count")
    async def count(self, asked: Query) -> None:
        """Count anew what the filters show."""
        with telling(self.app):
            self.facets = await self.desk.counter.ask(lambda store: store.stories.facets(asked))
            self.filters.show(asked, self.facets)
            self.show_filters(asked)
            self._know()
            if self.on_counted is not None:
                self.on_counted(asked)

    def show_filters(self, asked: Query) -> None:
        """Show how the filters stand in a query."""
        self.filters.show(asked)
        on = self.filters.on
        self.rules["filters"].right = f"{on} on" if on else ""

    @work(exclusive=True, group="feeds")
    async def look_at_feeds(self) -> None:
        """See which feeds fail, and when the last refresh was."""
        with telling(self.app):
            health = await self.desk.counter.ask(lambda store: store.feeds.health())
            failing = [each.feed.title for each in health if each.problem]
            self.filters.show(self.asked, failing=failing)
            times = [each.last_fetched for each in health if each.last_fetched is not None]
            self.post_message(FeedsSeen(len(failing), max(times, default=None)))

    # ------------------------------------------------------------------------ names for the query line

    @work(exclusive=True, group="names")
    async def learn_names(self) -> None:
        """Ask for the names that only the archive knows, to complete queries with."""
        with telling(self.app):
            self.names = await self.desk.counter.ask(known_names)
            self._know()

    def _know(self) -> None:
        views = {each.view.name: len(each.found) for each in self.standings}
        names = {**self.names, "view": views}
        texts = {kind: tuple(names.get(kind, ())) for kind in ("feed", "view", "tag", "person")}
        counts = {**names, **self.facets.counts}
        self.query_line.know(Known(self.library.vocabulary, counts, texts))

    # --------------------------------------------------------------------------------- the saved views

    def look_at_views_soon(self) -> None:
        """Count the views anew once the reader rests."""
        self.after("views", VIEWS_PAUSE, self.look_at_views)

    @work(exclusive=True, group="views")
    async def look_at_views(self) -> None:
        """Count the views anew."""
        with telling(self.app):
            parse = self.library.parse
            found = await self.desk.counter.ask(lambda store: standings(store, parse))
            for each in found:
                self._looked.setdefault(each.view, each.found)
            self._show_standings(found)

    @work(exclusive=True, group="alerts")
    async def tell_alerts(self) -> None:
        """Count the views after a refresh, and tell what has come into those that are alerts."""
        looked, parse = dict(self._looked), self.library.parse

        def look(store: Store) -> tuple[tuple[Standing, ...], list[str]]:
            found = standings(store, parse)
            arrived = arrivals(store, looked, found)
            fresh.update(each.name for each in arrived)
            return found, [str(each) for each in arrived]

        fresh: set[str] = set()
        with telling(self.app):
            found, told = await self.desk.counter.ask(look)
            self._looked = {each.view: each.found for each in found}
            self._fresh_views |= fresh
            self._show_standings(found)
            for words in told:
                self.notify(words, markup=False)

    def view_looked_at(self, asked: Query) -> None:
        """What a query asks has been looked at: its view, if it is one, has no news any more."""
        name = standing_view(asked, self.standings)
        if name in self._fresh_views:
            self._fresh_views.discard(name)
            self._show_standings(self.standings)

    def show_views(self, views: Sequence[View]) -> None:
        """Show other views, or the same in another order, before they are written and counted."""
        counted = {each.view.query: each for each in self.standings}
        self._show_standings(
            tuple(replace(counted.get(view.query, Standing(view)), view=view) for view in views)
        )

    def _show_standings(self, found: tuple[Standing, ...]) -> None:
        self.standings = tuple(
            replace(each, fresh=each.view.name in self._fresh_views) for each in found
        )
        self.filters.show(self.asked, views=self.standings)
        self._know()


def known_names(store: Store) -> dict[str, dict[str, int]]:
    """What stories can be asked for by name, with counts: feeds, pairs, forums, persons, own tags."""
    counted = {kind: store.stories.counts(EVERYTHING, kind) for kind in COUNTED_NAMES}
    return {**counted, "tag": store.states.tags()}
