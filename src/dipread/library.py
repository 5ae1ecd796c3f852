"""The verbs that cross rooms: refresh, tag, export. A screen that only reads holds a Store.

Who only reads waits for no room that fetches, tags or exports: those are imported where they are used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipread import data
from dipread.config import Config, read_rules
from dipread.errors import DipreadError, FeedParseError
from dipread.model import (
    Exported,
    Feed,
    Outcome,
    Query,
    Status,
    Story,
    StoryId,
    Tag,
    View,
    Vocabulary,
)
from dipread.names import Known, read_known, read_vocabulary
from dipread.query import parse_query, resolve
from dipread.store import Catalogue, Retagged, Saved, Store, Subscription, Views

if TYPE_CHECKING:
    from dipread.classify import Knowledge
    from dipread.fetch import ParsedFeed, Reply
    from dipread.retagging import Looked
    from dipread.rulebook import Rulebook

Watch = Callable[[Outcome, Saved], None]


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


class Library:
    """One reader's archive and the knowledge to read it with.

    `hosts` sends what is meant for a host elsewhere (the demo desk's loopback); `refresh_command` is
    how another process refreshes this archive.
    """

    def __init__(
        self,
        config: Config,
        now: Callable[[], datetime] = utc_now,
        hosts: Mapping[str, str] | None = None,
        refresh_command: Sequence[str] = ("fetch",),
    ) -> None:
        self.config = config
        self.now = now
        self._hosts = dict(hosts or {})
        self._refresh_command = tuple(refresh_command)
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
        store = Store(self.config.database, self.now, self._catalogue, self._resolve)
        store.feeds.follow(self.config.listed.edition, lambda: self.config.feeds)
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
        """Fetch, parse, tag and store; one outcome per feed as it is done, a failed feed among them.

        All listed feeds, or those of `urls`. A feed whose server asked for patience is asked only by
        name; `only_due` leaves out those whose usual interval is not over. `watch` sees what was stored.
        """
        from dipread.fetch import Request, download_ahead

        with self.open() as store:
            chosen = store.feeds.subscriptions(urls)
            moment = int(self.now().timestamp())
            asked = {}
            for subscription in chosen:
                if urls is None and subscription.hold_until > moment:
                    until = datetime.fromtimestamp(subscription.hold_until, UTC)
                    yield Outcome(
                        subscription.feed,
                        "backoff",
                        problem=f"left alone until {until:%d %b %H:%M} UTC",
                    )
                elif not only_due or subscription.next_due <= moment:
                    asked[subscription.feed.url] = subscription
            requests = [Request(each.feed.url, each.etag, each.modified) for each in asked.values()]
            for reply in download_ahead(requests, self._hosts):
                yield self._take_in(store, asked[reply.url], reply, watch)
            store.stories.keep_catalogue()

    def refresh_one(self, url: str, watch: Watch | None = None) -> Iterator[Outcome]:
        """Refresh one feed by its address, listed or not."""
        known = {feed.url for feed in self.config.feeds}
        if url not in known:
            with self.open() as store:
                store.feeds.add(Feed(url, url, _host(url), "INT", "press", "", "Others"))
        yield from self.refresh([url], watch=watch)

    def refresh_apart(self, urls: Sequence[str] | None = None) -> Iterator[Outcome]:
        """What `refresh` gives, done by another process so that this one stays free for the reader."""
        import json
        import subprocess

        command = [sys.executable, "-m", "dipread", "--db", str(self.config.database)]
        if self.config.feeds_file:
            command += ["--feeds", str(self.config.feeds_file)]
        command += [*self._refresh_command, "--quiet", "--format", "jsonl", *(urls or ())]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert process.stdout
        assert process.stderr
        try:
            for line in process.stdout:
                record = json.loads(line)
                if "status" in record:
                    yield outcome_of(record)
            said = process.stderr.read().strip()
            if process.wait() not in (0, 3):
                raise DipreadError(
                    said.partition("\n")[0].removeprefix("dipread: ") or "the refresh stopped early"
                )
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
            process.stdout.close()
            process.stderr.close()

    def _take_in(
        self, store: Store, subscription: Subscription, reply: Reply, watch: Watch | None
    ) -> Outcome:
        from dipread.fetch import parse_feed

        outcome = Outcome(
            subscription.feed, "unchanged", size=reply.size, milliseconds=reply.milliseconds
        )
        saved = Saved((), 0)
        etag, modified = reply.etag, reply.modified
        if reply.problem:
            outcome = replace(outcome, status=_failure(reply), problem=reply.problem)
        elif reply.body is not None:
            try:
                parsed = parse_feed(reply.body, reply.address, reply.content_type)
            except FeedParseError as fault:
                outcome = replace(outcome, status="error", problem=fault.message)
            else:
                stories = [
                    _in_language(story, subscription.feed.language) for story in parsed.stories
                ]
                rules = self.knowledge.hash
                store.retagging.remember(rules, self.rulebook.edition, self.rulebook.own)
                saved = store.ingest.save(subscription.id, stories, self.tag, rules)
                if saved.fresh:
                    outcome = replace(outcome, status="ok", new=saved.new, updated=saved.updated)
                self._name(store, subscription, parsed)
        outcome = replace(outcome, entries=store.feeds.entries(subscription.id))
        store.feeds.record(subscription, outcome, etag, modified, reply.wait)
        if watch:
            watch(outcome, saved)
        return outcome

    def _name(self, store: Store, subscription: Subscription, parsed: ParsedFeed) -> None:
        """A feed fetched by its bare address is called what it calls itself."""
        if subscription.feed.title == subscription.feed.url and parsed.title:
            store.feeds.rename(subscription.id, parsed.title)

    # ----------------------------------------------------------------------------------- exporting

    def export(self, query: Query, folder: Path, store: Store, now: datetime) -> Iterator[Exported]:
        """Write the stories that match into `folder`, one Markdown file each; raises DipreadError when it can't be written to."""
        from dipread.export import write_story

        for story in store.stories.find(query):
            detail = store.stories.detail(StoryId(story))
            if detail is not None:
                yield write_story(detail, folder, self.vocabulary, now)


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """An outcome as one JSON object: `status`, `entries`, `new`, `updated`, ... and its feed's url and title."""
    record = asdict(outcome)
    feed = record.pop("feed")
    return {
        "status": outcome.status,
        "url": feed["url"],
        "title": feed["title"],
        **record,
        "feed": feed,
    }


def outcome_of(record: Mapping[str, Any]) -> Outcome:
    """What `outcome_record` wrote."""
    names = ("status", "new", "updated", "entries", "size", "milliseconds", "problem")
    return Outcome(Feed(**record["feed"]), **{name: record[name] for name in names})


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


def _failure(reply: Reply) -> Status:
    """How a reply failed: 410 means that the feed is gone for good, Retry-After that it wants to be left alone."""
    if reply.status == HTTPStatus.GONE:
        return "gone"
    return "backoff" if reply.wait else "error"


def _in_language(story: Story, language: str) -> Story:
    """The list's word on a feed's language goes before the feed's own, which is often a default left in."""
    return replace(story, lang=language) if language else story


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]
