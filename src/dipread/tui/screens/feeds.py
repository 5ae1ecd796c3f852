"""Feeds: what is listened to, how each feed fares, and how to change the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult

from dipread.library import Library
from dipread.model import FeedHealth, Has, Outcome
from dipread.tui.desk import Desk
from dipread.tui.messages import AskAsked, FeedsSeen, RefreshAsked
from dipread.tui.paint import plural
from dipread.tui.screens.room import SideRoom
from dipread.tui.telling import telling
from dipread.tui.widgets.feed_list import FeedList, fares
from dipread.tui.widgets.row_list import RowList
from dipread.tui.widgets.said_line import SaidLine
from dipread.tui.widgets.title_rule import TitleRule


class FeedsScreen(SideRoom):
    """One list; what is said of the feed under the cursor stands below it."""

    AUTO_FOCUS = "#feeds"

    def __init__(self, library: Library, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__("feeds", now)
        self._library = library
        self._desk = desk
        self._now = now
        self._health: Sequence[FeedHealth] = ()
        self._only_failing = False
        self.list = FeedList(now, id="feeds")
        self.rules = {"feeds": TitleRule("FEEDS", id="feeds-rule")}
        self.about = SaidLine(id="about-feed")
        self.address = SaidLine(id="address")

    def compose(self) -> ComposeResult:
        """The list and what is said of one feed."""
        yield self.top_bar
        yield self.rules["feeds"]
        yield self.list
        yield self.about
        yield self.address
        yield self.footer

    def on_screen_resume(self) -> None:
        """See how they fare now."""
        self._look()

    def feed_done(self, outcome: Outcome) -> None:
        """One is fetched: it says so at once."""
        self.list.fetching -= {outcome.feed.url}
        self._look()

    def refresh_ended(self) -> None:
        """All are fetched."""
        self.list.fetching = frozenset()
        self._look()

    @work(exclusive=True, group="feeds")
    async def _look(self) -> None:
        """Ask how the feeds fare, and show it."""
        with telling(self.app):
            self._health = await self._desk.counter.ask(lambda store: store.feeds.health())
            self._show()
            times = [each.last_fetched for each in self._health if each.last_fetched is not None]
            failing = sum(bool(each.problem) for each in self._health)
            self.app.post_message(FeedsSeen(failing, max(times, default=None)))

    def _show(self) -> None:
        failing = [each for each in self._health if each.problem]
        shown = failing if self._only_failing else self._health
        notice = ("Every feed fares well.", "f shows all of them")
        if not self._health:
            notice = ("No feed is listed.", "+ adds one, i imports a list")
        self.list.show(shown, notice)
        total = sum(each.stories for each in self._health)
        self.rules["feeds"].detail = "· failing" if self._only_failing else ""
        said = [plural(len(self._health), "feed")]
        said += [f"{len(failing)} failing"] if failing else []
        self.rules["feeds"].right = " · ".join((*said, plural(total, "story", "stories")))

    @on(RowList.Moved)
    def _moved(self) -> None:
        each = self.list.item
        if each is None:
            self.about.say()
            self.address.say()
            return
        _, words, ink = fares(each, self._now(), each.feed.url in self.list.fetching)
        good = each.last_good
        last = f" · last good {good.day} {good:%b %H:%M} UTC" if good and each.problem else ""
        times = f" · failed {each.failures}×" if each.failures else ""
        self.about.say(
            (each.feed.publisher, "strong"),
            (f" · {each.feed.group} · {each.feed.country} · {each.feed.kind} · ", "dim"),
            (words, ink if ink == "error" else "dim"),
            (last + times, "dim"),
        )
        self.address.say((each.feed.url, "dim"))

    @on(RowList.Opened)
    def _opened(self) -> None:
        self.action_tend("stories")

    def action_tend(self, wish: str) -> None:
        """Do what the keys of the list ask."""
        each = self.list.item
        if wish == "failing":
            self._only_failing = not self._only_failing
            self._show()
        elif each is None:
            self.notify("No feed is under the cursor", markup=False)
        elif wish == "stories":
            self.app.post_message(AskAsked(Has("feed", (each.feed.title,))))
        elif wish == "refresh":
            self.list.fetching |= {each.feed.url}
            self._show()
            self.post_message(RefreshAsked((each.feed.url,)))

    def action_refresh_all(self) -> None:
        """Fetch every feed."""
        self.list.fetching = frozenset(each.feed.url for each in self._health)
        self._show()
        super().action_refresh_all()
