"""New stories: counted when they come, and put in when the reader wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType

from dipread.library import Library
from dipread.model import Query
from dipread.store import Found
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.messages import FeedDone
from dipread.tui.screens.asking import AskingScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.story_list import StoryList
from dipread.tui.widgets.title_rule import TitleRule

NEWS_PAUSE = 1.0


class RenewingScreen(AskingScreen):
    """Nothing that comes moves what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("full_stop", "news", "any.news", "show new", "Show the new stories", show=False),
    ]

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], query: Query
    ) -> None:
        super().__init__(library, desk, now, query)
        self._fresh: Found | None = None
        self._filling = False

    def show_ids(self, ids: Found, notice: Sequence[str] = ()) -> None:
        """Nothing is new any more beside these stories."""
        self._fresh = None
        super().show_ids(ids, notice)

    @on(FeedDone)
    def _feed_done(self, event: FeedDone) -> None:
        if (event.outcome.new or event.outcome.updated) and "news" not in self._deferred:
            self.after("news", NEWS_PAUSE, self._look_for_news)

    def refresh_ended(self) -> None:
        """Count what the last feeds brought, and see how all of them fare."""
        self.not_after("news")
        self._find_news(self.asked, last=True)
        self.look_at_feeds()
        self.tell_alerts()
        self.learn_names()

    def _look_for_news(self) -> None:
        self._find_news(self.asked)

    @work(exclusive=True, group="news")
    async def _find_news(self, asked: Query, last: bool = False) -> None:
        """Count the stories that have come; nothing in the list moves.

        Only into a list that was empty when they began to come do they go by themselves.
        """
        shown = self.stories.ids
        with telling(self.app):
            fresh, total, new = await self.desk.finder.ask(
                lambda store: (
                    (found := store.stories.find(asked)),
                    store.stories.count(),
                    found.beyond(shown),
                )
            )
            if asked != self.asked or shown is not self.stories.ids:
                return
            self.query_line.tally.stories = total
            self._filling = self._filling or not shown
            if new and self._filling:
                self.show_ids(fresh.with_also(shown))
            elif new:
                self._fresh = fresh
                self.rules["list"].right = f"▲ {new:,} new  press ."
            self._filling = self._filling and not last
            self.count(asked)

    @on(StoryList.TopAgain)
    def action_news(self) -> None:
        """Put the new stories in their places; the one under the cursor stays where it is."""
        if self._fresh is not None:
            self.show_ids(self._fresh.with_also(self.stories.ids))

    @on(TitleRule.Pressed, "#list-rule")
    def _news_pressed(self) -> None:
        self.action_news()
