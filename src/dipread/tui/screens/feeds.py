"""Feeds: what is listened to, how each feed fares, and how to change the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult

from dipread.library import Library
from dipread.model import FeedHealth, Outcome
from dipread.text.plural import plural
from dipread.tui.behind.desk import Desk
from dipread.tui.doing.history import History
from dipread.tui.messages import FeedsSeen
from dipread.tui.screens.tending import TendingScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.feed_list import fares
from dipread.tui.widgets.row_list import RowList
from dipread.tui.widgets.said_line import SaidLine
from dipread.tui.widgets.title_rule import TitleRule


class FeedsScreen(TendingScreen):
    """One list; what is said of the feed under the cursor stands below it."""

    AUTO_FOCUS = "#feeds"

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], history: History
    ) -> None:
        super().__init__(library, desk, now, history)
        self.rules = {"feeds": TitleRule("FEEDS", id="feeds-rule")}
        self.about = SaidLine(id="about-feed")
        self.address = SaidLine(id="address")
        self._today = 0

    def compose(self) -> ComposeResult:
        """The list and what is said of one feed."""
        yield self.top_bar
        yield self.rules["feeds"]
        yield self.list
        yield self.about
        yield self.address
        yield self.footer
        yield self.over

    def on_screen_resume(self) -> None:
        """See how they fare now."""
        self.look()

    def feed_done(self, outcome: Outcome) -> None:
        """One is fetched: it says so at once."""
        self.list.fetching -= {outcome.feed.url}
        self.look()

    def marks_changed(self) -> None:
        """What was done to the list may have been taken back."""
        self.look()

    def refresh_ended(self) -> None:
        """All are fetched."""
        self.list.fetching = frozenset()
        self.look()

    @work(exclusive=True, group="feeds")
    async def look(self) -> None:
        """Ask how the feeds fare, and show it."""
        with telling(self.app):
            midnight = self.now().replace(hour=0, minute=0, second=0, microsecond=0)
            listed, self._today = await self.desk.counter.ask(
                lambda store: (store.feeds.health(), store.runs.new_since(midnight))
            )
            urls = {each.feed.url for each in listed}
            self.off = [each for each in self.off if each.feed.url not in urls]
            self.health = listed
            self.show()
            times = [each.last_fetched for each in self.health if each.last_fetched is not None]
            failing = sum(ails(each) for each in self.health)
            self.app.post_message(FeedsSeen(failing, max(times, default=None)))

    def show(self) -> None:
        failing = [each for each in self.health if ails(each)]
        silent = [each for each in self.health if each.state == "silent"]
        shown = [*failing, *silent] if self.only_failing else [*self.health, *self.off]
        self.list.off = frozenset(each.feed.url for each in self.off)
        notice = ("Every feed fares well.", "f shows all of them")
        if not self.health:
            notice = ("No feed is listed.", "+ adds one by its address, or by that of its site")
        self.list.show(shown, notice)
        for number, each in enumerate(shown):
            if each.feed.url == self.awaited:
                self.awaited, self.list.cursor = "", number
        total = sum(each.stories for each in self.health)
        self.rules["feeds"].detail = "· failing or silent" if self.only_failing else ""
        said = [plural(len(self.health), "feed")]
        said += [f"{len(failing)} failing"] if failing else []
        said += [f"{len(silent)} silent"] if silent else []
        said += [plural(total, "story", "stories"), f"{self._today:,} today"]
        self.rules["feeds"].right = " · ".join(said)

    @on(RowList.Moved)
    def _moved(self) -> None:
        each = self.list.item
        if each is None:
            self.about.say()
            self.address.say()
            return
        _, words, ink = fares(each, self.now(), each.feed.url in self.list.fetching)
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

    def action_refresh_all(self) -> None:
        """Fetch every feed."""
        self.list.fetching = frozenset(each.feed.url for each in self.health)
        self.show()
        super().action_refresh_all()


def ails(health: FeedHealth) -> bool:
    """Whether a feed fails."""
    return bool(health.problem) or health.state in ("failing", "gone")
