"""What is listened to: feeds are found, listed, checked and refreshed.

Who only reads waits for no room that fetches, tags or exports: those are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict, replace

from dipread.errors import DipreadError
from dipread.library.reading import Reading
from dipread.model import Checkup, Feed, FoundFeed, Outcome, Removal
from dipread.store import KEPT, Listed, Store, only_fetch
from dipread.text.plural import plural

if TYPE_CHECKING:
    from dipread.feeds.outlining import Planned
    from dipread.feeds.refreshing import Desk, Watch


class Listening(Reading):
    """The feeds of a library."""

    def refresh(
        self,
        urls: Sequence[str] | None = None,
        *,
        only_due: bool = False,
        watch: Watch | None = None,
    ) -> Iterator[Outcome]:
        """Fetch, read, tag and store; one outcome per feed as it is done, a failed feed among them.

        All listed feeds, or those of `urls`. A feed that its server asked to leave alone is not asked; one
        that we hold back ourselves is asked by name. `only_due` leaves out those whose usual interval is
        not over. `watch` sees what was stored.
        """
        from dipread.config import forget_secrets
        from dipread.feeds.apart import index_apart
        from dipread.feeds.refreshing import refresh

        forget_secrets(self.config.paths.config, (self.now() - KEPT).date())
        with self.open() as store, only_fetch(store.path, self._waiting):
            yield from refresh(store, self._desk, urls, only_due=only_due, watch=watch)
            if store.indexing.behind():
                index_apart(self.config)

    @property
    def _desk(self) -> Desk:
        from dipread.config import read_secrets
        from dipread.feeds.jobs import Rules
        from dipread.feeds.refreshing import Desk
        from dipread.fetch import WayOut

        config = self.config
        return Desk(
            WayOut(self._hosts, config.allow_private, config.proxy),
            Rules(self.rulebook.own, config.paths.cache, self.rulebook.folder),
            {feed.url: feed for feed in config.feeds},
            read_secrets(config.paths.config),
        )

    def refresh_one(self, url: str, watch: Watch | None = None) -> Iterator[Outcome]:
        """Refresh one feed by its address, listed or not; a secret in it is kept for the next time."""
        from dipread.config import keep_secret
        from dipread.text.secrets import part_secret

        url, secret = part_secret(url)
        if secret:
            keep_secret(self.config.paths.config, url, secret)
        known = {feed.url for feed in self.config.feeds}
        if url not in known:
            with self.open() as store:
                store.feeds.add(Feed(url, url, _host(url), "INT", "press", "", "Others"))
        yield from self.refresh([url], watch=watch)

    def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """The feeds at an address, or those of the site that it belongs to; raises FetchError when there is none."""
        from dipread.feeds.subscribing import discover

        return discover(url, self._desk.way, self._desk.rules)

    def check_feeds(self, urls: Sequence[str] | None = None) -> Iterator[Checkup]:
        """Ask the listed feeds, or those of `urls`, how they fare, and say why and what to do; nothing is stored."""
        from dipread.feeds.subscribing import check

        with self.open() as store:
            healths = [
                each for each in store.feeds.health() if urls is None or each.feed.url in urls
            ]
            chosen = [each.feed.url for each in healths]
            asked = [
                replace(self._desk.request(each), etag="", modified="")
                for each in store.feeds.subscriptions(chosen)
            ]
        yield from check(healths, asked, self._desk.way, self._desk.rules)

    def add_feed(self, store: Store, feed: Feed | FoundFeed) -> Feed:
        """Put a feed on the reader's list, which this library then has; raises ConfigError when it can't be."""
        from dipread.feeds.subscribing import add, as_listed

        wanted = as_listed(feed) if isinstance(feed, FoundFeed) else feed
        with self._changing_list(store, f"{wanted.title} put on the list"):
            return add(self.config, wanted)

    def remove_feed(self, store: Store, url: str) -> None:
        """Take a feed off the reader's list; its stories and notes stay. Raises DipreadError when it is not on it."""
        from dipread.feeds.subscribing import remove

        with self._changing_list(store, f"{self._title(url)} taken off the list"):
            remove(self.config, url)

    def remove_with_stories(self, store: Store, feed: Feed) -> Removal:
        """Take a feed off the reader's list, if it is on it, and its stories out of sight; how many they were.

        What the reader made something of stays, and so does what another feed brought too.
        """
        from dipread.feeds.subscribing import remove

        url = feed.url
        removal = store.removals.of(url)
        count = plural(removal.stories, "story", "stories")
        with self._changing_list(store, f"{feed.title} removed with {count}", url, removed=True):
            if any(each.url == url for each in self.config.feeds):
                remove(self.config, url)
        return removal

    def listen_to(self, store: Store, groups: Collection[str]) -> None:
        """Listen to some groups of feeds alone. Raises DipreadError when the list can't be written."""
        from dipread.config import keep_groups

        if {feed.group for feed in self.config.feeds} != set(groups):
            with self._changing_list(store, "groups of feeds chosen"):
                keep_groups(self.config, groups)

    def take_in_list(self, store: Store, path: Path) -> tuple[int, list[str]]:
        """Put the feeds of an OPML file, or of newsboat's urls, on the reader's list: how many, and what was not taken.

        Raises ConfigError when it can't be read.
        """
        from dipread.feeds.outlining import lines, look_over

        planned, taken = look_over(path, self.config)
        self.take_in_feeds(store, planned)
        return len(planned), list(lines(taken))

    def take_in_feeds(self, store: Store, planned: Sequence[Planned]) -> None:
        """Put feeds of another program's list on the reader's, all or none."""
        from dipread.feeds.outlining import take_in

        if planned:
            count = plural(len(planned), "feed")
            with self._changing_list(store, f"{count} taken in"):
                take_in(planned, self.config)

    def move_feed(self, store: Store, url: str, address: str) -> None:
        """Give a listed feed another address. Raises DipreadError when it is not on the list."""
        self._change_feed(store, url, {"url": address})

    def change_feed(self, store: Store, feed: Feed, wanted: Feed) -> None:
        """Give a listed feed another name, address, group or interval. Raises DipreadError when it is not on the list."""
        keys = ("url", "title", "group", "interval_minutes")
        changes = {key: getattr(wanted, key) for key in keys}
        self._change_feed(
            store, feed.url, {key: it for key, it in changes.items() if it != getattr(feed, key)}
        )

    def _change_feed(self, store: Store, url: str, changes: Mapping[str, str | int]) -> None:
        from dipread.feeds.subscribing import change

        to = str(changes.get("url", url))
        with self._changing_list(store, f"{self._title(url)} changed", url, to):
            change(self.config, url, changes)

    def _title(self, url: str) -> str:
        return next((each.title for each in self.config.feeds if each.url == url), url)

    @contextmanager
    def _changing_list(
        self, store: Store, what: str, url: str = "", to: str = "", *, removed: bool = False
    ) -> Iterator[None]:
        """Note what is done inside to the reader's list, so that it can be undone, and have the archive follow it."""
        from dipread.config import differing, list_text

        with store.transaction():
            text, listed = list_text(self.config), self._addresses()
            yield
            self._read_list_again()
            self._set_aside_secrets(listed)
            old, new = differing(text, self.config.listed.text)
            store.listing.note(
                what, Listed(asdict(old), url), Listed(asdict(new), to or url, removed)
            )

    def refresh_apart(self, urls: Sequence[str] | None = None) -> Iterator[Outcome]:
        """What `refresh` gives, done by another process so that this one stays free for the reader."""
        from dipread.feeds.apart import refresh_apart

        yield from refresh_apart(self.config, self._refresh_command, urls or ())


def chosen_urls(feeds: Iterable[Feed], names: Sequence[str]) -> list[str]:
    """The addresses of feeds named by address or by part of their title or publisher; raises DipreadError."""
    feeds = list(feeds)
    urls: list[str] = []
    for name in names:
        words = name.casefold()
        found = [feed.url for feed in feeds if feed.url == name] or [
            feed.url
            for feed in feeds
            if words in feed.title.casefold() or words in feed.publisher.casefold()
        ]
        if not found:
            raise DipreadError(f"no listed feed is called '{name}'", "See: dipread feeds list")
        urls += found
    return list(dict.fromkeys(urls))


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]
