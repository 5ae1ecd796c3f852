"""The verbs that cross rooms: refresh, tag, export. A screen that only reads holds a Store.

Who only reads waits for no room that fetches, tags or exports: those are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dipread import data
from dipread.config import (
    SHIPPED_FEEDS,
    Config,
    keep_groups,
    keep_secret,
    read_feeds,
    read_flavour,
    read_rules,
    read_secrets,
)
from dipread.errors import DipreadError
from dipread.model import (
    Checkup,
    Exported,
    ExportPlan,
    Feed,
    FoundFeed,
    Has,
    Outcome,
    Query,
    Receipt,
    Story,
    StoryId,
    Tag,
    View,
    Vocabulary,
)
from dipread.names import Known, read_known, read_vocabulary
from dipread.query import parse_query, print_query, resolve
from dipread.store import Catalogue, Retagged, Store, Turned, Views, only_fetch
from dipread.text import part_secret

if TYPE_CHECKING:
    from dipread.classify import Knowledge
    from dipread.export import Bundle, Document, Flavour
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

    def forget_rules(self) -> None:
        """Read the rules anew when they are next needed: the reader has changed them."""
        for name in ("rulebook", "vocabulary"):
            self.__dict__.pop(name, None)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of countries, sectors, events and forums. Raises ConfigError."""
        if read_rules(self.config.paths):
            return self.rulebook.vocabulary
        return read_vocabulary(data.read("gazetteer.json"))

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """What else countries are known by: capitals and leaders, in every script."""
        return read_known(data.read("gazetteer.json"), data.read("people.toml"))

    @property
    def knowledge(self) -> Knowledge:
        """The rules, compiled; needed only to tag. Raises ConfigError."""
        return self.rulebook.knowledge

    def open(self) -> Store:
        """The archive, for the calling thread, listening to the feeds of the configuration."""
        config = self.config
        store = Store(config.database, self.now, self._catalogue, self._resolve, config.author)
        store.feeds.follow(config.listed.edition, lambda: config.feeds)
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

    def keep_views(self, store: Store, views: Sequence[View], what: str = "views changed") -> None:
        """Keep these views in this order and no others; `what` was done, in words. Raises QueryError as `save_views` does."""
        self._check_views(views, changed=views)
        store.views.keep(views, what)

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

    def undo(self, store: Store) -> Turned | None:
        """Take back the last thing the reader did that stands, in this session or an earlier one."""
        return store.journal.undo(lambda story: self._tag_again(store, story))

    def redo(self, store: Store) -> Turned | None:
        """Do again what was undone last."""
        return store.journal.redo(lambda story: self._tag_again(store, story))

    def _tag_again(self, store: Store, story: StoryId) -> None:
        store.tagging.again(story, self.tag, self.knowledge.hash)

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
        from dipread.apart import index_apart
        from dipread.refreshing import refresh

        with self.open() as store, only_fetch(store.path, self._waiting):
            yield from refresh(store, self._desk, urls, only_due=only_due, watch=watch)
            if store.indexing.behind():
                index_apart(self.config)

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

    def listen_to(self, groups: Collection[str]) -> None:
        """Listen to some groups of feeds alone. Raises DipreadError when the list can't be written."""
        if {feed.group for feed in self.config.feeds} != set(groups):
            keep_groups(self.config, groups)
            self._read_list_again()

    def take_in_list(self, path: Path) -> tuple[int, list[str]]:
        """Put the feeds of an OPML file, or of newsboat's urls, on the reader's list: how many, and what was not taken.

        Raises ConfigError when it can't be read.
        """
        from dipread.outlining import lines, look_over, take_in

        planned, taken = look_over(path, self.config)
        if planned:
            take_in(planned, self.config)
            self._read_list_again()
        return len(planned), list(lines(taken))

    def move_feed(self, url: str, address: str) -> None:
        """Give a listed feed another address. Raises DipreadError when it is not on the list."""
        from dipread.subscribing import move

        move(self.config, url, address)
        with self.open() as store:
            store.feeds.move(url, address)
        self._read_list_again()

    def _read_list_again(self) -> None:
        path = self.config.feeds_file or self.config.paths.config / SHIPPED_FEEDS
        self.config = self.config._replace(feeds_file=path, listed=read_feeds(path))

    def refresh_apart(self, urls: Sequence[str] | None = None) -> Iterator[Outcome]:
        """What `refresh` gives, done by another process so that this one stays free for the reader."""
        from dipread.apart import refresh_apart

        yield from refresh_apart(self.config, self._refresh_command, urls or ())

    # ----------------------------------------------------------------------------------- exporting

    def export(
        self,
        query: Query,
        folder: Path,
        store: Store,
        now: datetime,
        plan: ExportPlan | None = None,
        *,
        only: StoryId | None = None,
        dry: bool = False,
    ) -> Iterator[Exported]:
        """Write the stories that match into `folder` as Markdown; `dry` only tells what would be written.

        Or `only` one story, whatever the query.

        Raises DipreadError when it can't be written to, ConfigError when the flavour can't be used.
        """
        from dipread.export import write_document

        plan = plan or ExportPlan()
        for bundle, made in self._documents(query, store, now, plan, only):
            yield write_document(bundle, made, folder, now, dry=dry)

    def export_texts(
        self, query: Query, store: Store, now: datetime, plan: ExportPlan
    ) -> list[str]:
        """The same as texts without any mark of ours, one for each file there would be."""
        return [
            made.front + "\n".join(block.text for block in made.blocks)
            for _, made in self._documents(query, store, now, plan)
        ]

    def _documents(
        self,
        query: Query,
        store: Store,
        now: datetime,
        plan: ExportPlan,
        only: StoryId | None = None,
    ) -> Iterator[tuple[Bundle, Document]]:
        from dipread.export import bundles, document

        one = store.stories.detail(only) if only is not None else None
        details = store.stories.details(query) if one is None else iter((one,))
        flavour = self.flavour(plan.flavour)
        receipt = self.receipt(query, store)
        kept = store.promises.kept()
        for bundle in bundles(details, plan.group, self.vocabulary):
            yield bundle, document(bundle, flavour, plan, receipt, self.vocabulary, now, kept)

    def brief(
        self, store: Store, query: Query | None, cutoff: datetime, window: tuple[str, timedelta]
    ) -> str:
        """The press review of the basket, or of a query, as it stands at a moment."""
        from dipread.briefing import brief_of

        receipt = self.receipt(Has("is", ("brief",)) if query is None else query, store)
        return brief_of(store, self.vocabulary, query, receipt, cutoff, window)

    def write_brief(self, store: Store, cutoff: datetime, folder: Path) -> str:
        """Write the brief of the basket into a folder, beside any that is there; its path. Raises DipreadError."""
        from dipread.export import Block, Bundle, Document, write_document

        text = self.brief(store, None, cutoff, ("24h", timedelta(days=1)))
        end = text.index("\n---\n", 4) + len("\n---\n")
        name = f"brief-{cutoff:%Y-%m-%d}"
        made = Document(text[:end], [Block(name, text[end:].lstrip("\n"))])
        return write_document(Bundle(name, name, []), made, folder.expanduser(), cutoff).path

    def flavour(self, name: str) -> Flavour:
        """A flavour of Markdown, the reader's own or a shipped one; raises ConfigError."""
        from dipread.export import parse_flavour

        return parse_flavour(*read_flavour(self.config.paths, name))

    def receipt(self, query: Query, store: Store) -> Receipt:
        """What an export of these stories is made from."""
        found = store.stories.find(query)
        times = [row.when for row in store.stories.rows([*found[:1], *found[-1:]])]
        start, end = (min(times), max(times)) if times else (None, None)
        failed = store.feeds.failed(start, end + timedelta(days=1)) if start and end else []
        book = self.rulebook
        return Receipt(
            print_query(query), book.edition[:12], len(book.own), start, end, tuple(failed)
        )


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
