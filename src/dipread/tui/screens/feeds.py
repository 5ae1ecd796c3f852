"""Feeds: what is listened to, how each feed fares, and how to change the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult

from dipread.library import Library
from dipread.model import FeedHealth, Has, Outcome
from dipread.store import Store
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
        self._off: list[FeedHealth] = []
        self._awaited = ""
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
        yield self.over

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
            listed = await self._desk.counter.ask(lambda store: store.feeds.health())
            urls = {each.feed.url for each in listed}
            self._off = [each for each in self._off if each.feed.url not in urls]
            self._health = listed
            self._show()
            times = [each.last_fetched for each in self._health if each.last_fetched is not None]
            failing = sum(ails(each) for each in self._health)
            self.app.post_message(FeedsSeen(failing, max(times, default=None)))

    def _show(self) -> None:
        failing = [each for each in self._health if ails(each)]
        silent = [each for each in self._health if each.state == "silent"]
        shown = [*failing, *silent] if self._only_failing else [*self._health, *self._off]
        self.list.off = frozenset(each.feed.url for each in self._off)
        notice = ("Every feed fares well.", "f shows all of them")
        if not self._health:
            notice = ("No feed is listed.", "+ adds one by its address, or by that of its site")
        self.list.show(shown, notice)
        for number, each in enumerate(shown):
            if each.feed.url == self._awaited:
                self._awaited, self.list.cursor = "", number
        total = sum(each.stories for each in self._health)
        self.rules["feeds"].detail = "· failing or silent" if self._only_failing else ""
        said = [plural(len(self._health), "feed")]
        said += [f"{len(failing)} failing"] if failing else []
        said += [f"{len(silent)} silent"] if silent else []
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
        elif wish == "add":
            self._add()
        elif wish == "import":
            self._import()
        elif each is None:
            self.notify("No feed is under the cursor", markup=False)
        elif wish == "stories":
            self.app.post_message(AskAsked(Has("feed", (each.feed.title,))))
        elif wish == "edit":
            self._edit(each)
        elif wish == "disable":
            self._switch(each)
        elif wish == "refresh":
            self.list.fetching |= {each.feed.url}
            self._show()
            self.post_message(RefreshAsked((each.feed.url,)))

    @work(exclusive=True, group="ask-feed")
    async def _add(self) -> None:
        """Ask for an address, look there for feeds, and listen to the one that is chosen."""
        from dipread.tui.screens.found_feeds import FoundFeedsDialog
        from dipread.tui.screens.line import LineDialog

        if self._library.config.offline:
            self.notify("Offline: nothing can be looked for", markup=False)
            return
        about = "The address of a feed, or of a site that has one."
        address = await self.open_dialog(LineDialog("Add a feed", "https://www.mofa.go.jp", about))
        if not address:
            return
        self.notify(f"Looking for feeds at {address} …", markup=False)
        with telling(self.app):
            found = await self._desk.exporter.ask(lambda store: self._library.discover(address))
            chosen = found[0] if len(found) == 1 else None
            if chosen is None:
                chosen = await self.open_dialog(FoundFeedsDialog(address, found))
            if chosen is not None:
                feed = self._library.add_feed(chosen)
                await self._listen(f"{feed.title} added", feed.url)

    @work(exclusive=True, group="ask-feed")
    async def _import(self) -> None:
        """Ask for a file, and put its feeds on the list."""
        from dipread.tui.screens.line import LineDialog
        from dipread.tui.screens.text import TextDialog

        about = "An OPML file, or the urls file of newsboat."
        name = await self.open_dialog(LineDialog("Import feeds", "~/feeds.opml", about))
        if not name:
            return
        with telling(self.app):
            path = Path(name).expanduser()
            count, left = await self._desk.writer.ask(
                lambda store: self._library.take_in_list(path)
            )
            await self._desk.writer.ask(self._follow)
            self.notify(f"{plural(count, 'feed')} added: R fetches all", markup=False)
            self._look()
            if left:
                self.open_dialog(TextDialog("Not taken", "\n".join(left)))

    @work(exclusive=True, group="ask-feed")
    async def _edit(self, each: FeedHealth) -> None:
        """Ask how it should be, and listen to it so."""
        from dipread.tui.screens.feed import FeedDialog

        before = each.feed
        after = await self.open_dialog(FeedDialog(before, each.moved_to))
        if after is not None and after != before:
            with telling(self.app):
                await self._desk.writer.ask(lambda store: self._library.change_feed(before, after))
                elsewhere = after.url != before.url
                said = "is fetched from there now" if elsewhere else "is as you want it now"
                await self._listen(f"{after.title} {said}", after.url)

    async def _listen(self, said: str, url: str) -> None:
        """Have the archive listen to the list as it is now, fetch a feed of it, go there, and say what was done."""
        self._awaited = url
        await self._desk.writer.ask(self._follow)
        self.notify(said, markup=False)
        self.list.fetching |= {url}
        self._look()
        self.post_message(RefreshAsked((url,)))

    def _follow(self, store: Store) -> None:
        """Listen to the list as it is now."""
        config = self._library.config
        store.feeds.follow(config.listed.edition, lambda: config.feeds)

    @work(exclusive=True, group="ask-feed")
    async def _switch(self, each: FeedHealth) -> None:
        """Take a feed off the list, or put it back; its stories stay in any case."""
        with telling(self.app):
            if each.feed.url in self.list.off:
                self._library.add_feed(each.feed)
                await self._listen(f"{each.feed.title} is on your list again", each.feed.url)
            else:
                self._library.remove_feed(each.feed.url)
                self._off.append(each)
                await self._desk.writer.ask(self._follow)
                self.notify(f"{each.feed.title} is off your list: d puts it back", markup=False)
                self._look()

    def action_refresh_all(self) -> None:
        """Fetch every feed."""
        self.list.fetching = frozenset(each.feed.url for each in self._health)
        self._show()
        super().action_refresh_all()


def ails(health: FeedHealth) -> bool:
    """Whether a feed fails."""
    return bool(health.problem) or health.state in ("failing", "gone")
