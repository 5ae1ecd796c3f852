"""Tending the list of feeds: add, import, change, take off, remove. Each is one step that `u` takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from textual import work

from dipread.config import list_text
from dipread.library import Library
from dipread.model import FeedHealth, Has
from dipread.text.plural import plural
from dipread.tui.behind.desk import Desk
from dipread.tui.doing.history import History
from dipread.tui.messages import AskAsked, ListChanged, RefreshAsked
from dipread.tui.screens.room import SideRoom
from dipread.tui.telling import telling
from dipread.tui.widgets.feed_list import FeedList

_CHANGES = ("add", "import", "edit", "disable", "remove")


class TendingScreen(SideRoom):
    """Does what the keys of the list of feeds ask; `off` are feeds that were taken off it here, and can be put back."""

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], history: History
    ) -> None:
        super().__init__("feeds", now)
        self.library = library
        self.desk = desk
        self.now = now
        self.list = FeedList(now, id="feeds")
        self.health: Sequence[FeedHealth] = ()
        self.off: list[FeedHealth] = []
        self.awaited = ""
        """The address of a feed that gets the cursor when it is there."""
        self.only_failing = False
        self._history = history

    def look(self) -> object:
        """See how the feeds fare now."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what is known of them."""
        raise NotImplementedError

    def action_tend(self, wish: str) -> None:
        """Do what the keys of the list ask."""
        if wish in _CHANGES and not self._may_change():
            return
        each = self.list.item
        if wish == "failing":
            self.only_failing = not self.only_failing
            self.show()
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
        elif wish == "remove":
            self._remove(each)
        elif wish == "refresh":
            self._fetch(each.feed.url)

    def _may_change(self) -> bool:
        """Whether the list can be changed at all; where it can't, nothing is to be asked."""
        with telling(self.app):
            list_text(self.library.config)
            return True
        return False

    @work(exclusive=True, group="ask-feed")
    async def _add(self) -> None:
        """Ask for an address, look there for feeds, and listen to the one that is chosen."""
        from dipread.tui.screens.found_feeds import FoundFeedsDialog
        from dipread.tui.screens.line import LineDialog

        library = self.library
        if library.config.offline:
            self.notify("Offline: nothing can be looked for", markup=False)
            return
        about = "The address of a feed, or of a site that has one."
        address = await self.open_dialog(LineDialog("Add a feed", "https://www.mofa.go.jp", about))
        if not address:
            return
        self.notify(f"Looking for feeds at {address} …", markup=False)
        with telling(self.app):
            found = await self.desk.exporter.ask(lambda store: library.discover(address))
            chosen = found[0] if len(found) == 1 else None
            if chosen is None:
                chosen = await self.open_dialog(FoundFeedsDialog(address, found))
            if (wanted := chosen) is not None:
                feed = await self.desk.writer.ask(lambda store: library.add_feed(store, wanted))
                self._listen(f"{feed.title} added: u takes it off again", feed.url)

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
            count, left = await self.desk.writer.ask(
                lambda store: self.library.take_in_list(store, path)
            )
            if count:
                self._changed(f"{plural(count, 'feed')} added: R fetches all, u takes them off")
            else:
                self.notify("No feed in it is new", markup=False)
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
                await self.desk.writer.ask(
                    lambda store: self.library.change_feed(store, before, after)
                )
                elsewhere = after.url != before.url
                said = "is fetched from there now" if elsewhere else "is as you want it now"
                self._listen(f"{after.title} {said}", after.url)

    @work(exclusive=True, group="ask-feed")
    async def _switch(self, each: FeedHealth) -> None:
        """Take a feed off the list, or put it back; its stories stay in any case."""
        feed, library = each.feed, self.library
        with telling(self.app):
            if feed.url in self.list.off:
                await self.desk.writer.ask(lambda store: library.add_feed(store, feed))
                self._listen(f"{feed.title} is on your list again", feed.url)
            else:
                await self.desk.writer.ask(lambda store: library.remove_feed(store, feed.url))
                self.off.append(each)
                self._changed(f"{feed.title} is off your list: d puts it back")

    @work(exclusive=True, group="ask-feed")
    async def _remove(self, each: FeedHealth) -> None:
        """Ask whether a feed and its stories are to go, and take them away."""
        from dipread.tui.screens.removing import RemoveDialog

        feed, library = each.feed, self.library
        dialog = RemoveDialog(feed.title)
        answered = self.open_dialog(dialog)
        with telling(self.app):
            dialog.counted(await self.desk.counter.ask(lambda store: store.removals.of(feed.url)))
            if await answered is None:
                return
            gone = await self.desk.writer.ask(
                lambda store: library.remove_with_stories(store, feed)
            )
            self.off = [off for off in self.off if off.feed.url != feed.url]
            count = plural(gone.stories, "story", "stories")
            self._changed(f"{feed.title} removed with {count}: u brings them back")

    def _listen(self, said: str, url: str) -> None:
        """Say what was done to a feed, go there, and fetch it."""
        self.awaited = url
        self._changed(said)
        self._fetch(url)

    def _fetch(self, url: str) -> None:
        self.list.fetching |= {url}
        self.show()
        self.post_message(RefreshAsked((url,)))

    def _changed(self, said: str) -> None:
        """Say what was done to the list: one step to take back."""
        self._history.wrote()
        self.notify(said, markup=False)
        self.look()
        self.app.post_message(ListChanged())
