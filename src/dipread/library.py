"""The verbs that cross rooms: refresh, tag, export. A screen that only reads holds a Store.

Who only reads waits for no room that fetches, tags or exports: those are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dipread import data
from dipread.config import (
    SHIPPED_FEEDS,
    Config,
    keep_secret,
    read_feeds,
    read_rules,
    read_secrets,
)
from dipread.errors import DipreadError
from dipread.model import (
    Checkup,
    Exported,
    Feed,
    FoundFeed,
    Outcome,
    Query,
    Story,
    StoryId,
    Tag,
    View,
    Vocabulary,
)
from dipread.names import read_vocabulary
from dipread.query import parse_query, resolve
from dipread.store import Catalogue, Retagged, Store, Views, only_fetch
from dipread.text import part_secret

if TYPE_CHECKING:
    from dipread.classify import Knowledge
    from dipread.refreshing import Desk, Watch
    from dipread.retagging import Looked
    from dipread.rulebook import Rulebook


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


class Library:
    """One reader's archive and the knowledge to read it with.

    `hosts` sends what is meant for a host elsewhere (the demo desk's loopback); `refresh_command` is
    how another process refreshes this archive; `waiting` is called when a refresh waits for another's.
    """

    def __init__(
        self,
        config: Config,
        now: Callable[[], datetime] = utc_now,
        hosts: Mapping[str, str] | None = None,
        refresh_command: Sequence[str] = ("fetch",),
        waiting: Callable[[], None] = lambda: None,
    ) -> None:
        self.config = config
        self.now = now
        self._hosts = dict(hosts or {})
        self._refresh_command = tuple(refresh_command)
        self._waiting = waiting
        self._catalogue = Catalogue()

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force; raises ConfigError when a file of the reader's own can't be read."""
        from dipread.rulebook import Rulebook

        return Rulebook.of(self.config.paths)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of countries, sectors, events and forums. Raises ConfigError."""
        if read_rules(self.config.paths):
            return self.rulebook.vocabulary
        return read_vocabulary(data.read("gazetteer.json"))

    @property
    def knowledge(self) -> Knowledge:
        """The rules, compiled; needed only to tag. Raises ConfigError."""
        return self.rulebook.knowledge

    def open(self) -> Store:
        """The archive, for the calling thread, listening to the feeds of the configuration."""
        store = Store(self.config.database, self.now, self._catalogue, self._resolve)
        store.feeds.sync(self.config.feeds)
        return store

    def _resolve(self, query: Query, views: Views) -> Query:
        """The query with groups and saved views spelled out; raises QueryError."""
        return resolve(
            query,
            self.vocabulary,
            lambda: {each.name: self.parse(each.query) for each in views.all()},
        )

    def save_views(self, store: Store, views: Sequence[View]) -> None:
        """Keep views, all or none. Raises QueryError when one can't be read or asks for itself."""
        self._check_views((*store.views.all(), *views), changed=views)
        store.views.save(*views)

    def keep_views(self, store: Store, views: Sequence[View]) -> None:
        """Keep these views in this order and no others. Raises QueryError as `save_views` does."""
        self._check_views(views, changed=views)
        store.views.keep(views)

    def _check_views(self, views: Iterable[View], changed: Iterable[View]) -> None:
        asked = {each.name: self.parse(each.query) for each in views}
        for view in changed:
            resolve(
                asked[view.name], self.vocabulary, lambda: asked, inside=(view.name.casefold(),)
            )

    def parse(self, text: str) -> Query:
        """The query that `text` asks; raises QueryError."""
        return parse_query(text, self.vocabulary)

    def tag(self, story: Story) -> tuple[Tag, ...]:
        """What the rules say of a story."""
        from dipread.classify import classify

        return classify(story, self.knowledge)

    def retag(self) -> Iterator[Retagged]:
        """Tag anew what a change of the rules can touch; yields what is done so far.

        It may be stopped at any time, and goes on from there when called again.
        """
        from dipread.retagging import retag

        with self.open() as store:
            yield from retag(store, self.rulebook)
            store.stories.keep_catalogue()

    def preview(
        self, after: Rulebook, most: int | None = None, before: Rulebook | None = None
    ) -> Iterator[Looked]:
        """What the rules `after` would change over the archive, newest stories first; nothing is written.

        They are held against the rules of now, or those of `before`. It may run in a thread of its own
        and be stopped at any time. Raises ConfigError for a faulty rule.
        """
        from dipread.retagging import preview

        with self.open() as store:
            yield from preview(store, before or self.rulebook, after, most)

    # ---------------------------------------------------------------------------------- refreshing

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
        from dipread.refreshing import refresh

        with self.open() as store, only_fetch(store.path, self._waiting):
            yield from refresh(store, self._desk, urls, only_due=only_due, watch=watch)

    @property
    def _desk(self) -> Desk:
        from dipread.delivery import Rules
        from dipread.fetch import WayOut
        from dipread.refreshing import Desk

        config = self.config
        return Desk(
            WayOut(self._hosts, config.allow_private, config.proxy),
            self.rulebook,
            Rules(self.rulebook.own, config.paths.cache, self.rulebook.folder),
            {feed.url: feed for feed in config.feeds},
            read_secrets(config.paths.config),
        )

    def refresh_one(self, url: str, watch: Watch | None = None) -> Iterator[Outcome]:
        """Refresh one feed by its address, listed or not; a secret in it is kept for the next time."""
        url, secret = part_secret(url)
        if secret:
            keep_secret(self.config.paths.config, url, secret)
        known = {feed.url for feed in self.config.feeds}
        if url not in known:
            with self.open() as store:
                store.feeds.add(Feed(url, url, _host(url), "INT", "press", "", "Others"))
        yield from self.refresh([url], watch=watch)

    # ----------------------------------------------------------------------------------- the list

    def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """The feeds at an address, or those of the site that it belongs to; raises FetchError when there is none."""
        from dipread.subscribing import discover

        return discover(url, self._desk.way, self._desk.rules)

    def check_feeds(self, urls: Sequence[str] | None = None) -> Iterator[Checkup]:
        """Ask the listed feeds, or those of `urls`, how they fare, and say why and what to do; nothing is stored."""
        from dipread.subscribing import check

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

    def add_feed(self, feed: Feed | FoundFeed) -> Feed:
        """Put a feed on the reader's list, which this library then has; raises ConfigError when it can't be."""
        from dipread.subscribing import add, as_listed

        listed = add(self.config, as_listed(feed) if isinstance(feed, FoundFeed) else feed)
        self._read_list_again()
        return listed

    def remove_feed(self, url: str) -> None:
        """Take a feed off the reader's list; its stories and notes stay. Raises DipreadError when it is not on it."""
        from dipread.subscribing import remove

        remove(self.config, url)
        self._read_list_again()

    def move_feed(self, url: str, address: str) -> None:
        """Give a listed feed another address. Raises DipreadError when it is not on the list."""
        from dipread.subscribing import move

        move(self.config, url, address)
        with self.open() as store:
            store.feeds.move(url, address)
        self._read_list_again()

    def _read_list_again(self) -> None:
        path = self.config.feeds_file or self.config.paths.config / SHIPPED_FEEDS
        self.config = replace(self.config, feeds_file=path, feeds=read_feeds(path))

    def refresh_apart(self, urls: Sequence[str] | None = None) -> Iterator[Outcome]:
        """What `refresh` gives, done by another process so that this one stays free for the reader."""
        from dipread.apart import refresh_apart

        yield from refresh_apart(self.config, self._refresh_command, urls or ())

    # ----------------------------------------------------------------------------------- exporting

    def export(self, query: Query, folder: Path, store: Store, now: datetime) -> Iterator[Exported]:
        """Write the stories that match into `folder`, one Markdown file each; raises DipreadError when it can't be written to."""
        from dipread.export import write_story

        for story in store.stories.find(query):
            detail = store.stories.detail(StoryId(story))
            if detail is not None:
                yield write_story(detail, folder, self.vocabulary, now)


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
