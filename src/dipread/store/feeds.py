"""The feeds the archive listens to, and how every fetch of them went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dipread.model import Feed, FeedHealth, FeedId, Outcome
from dipread.store.connection import Connection

PATIENCE = 3  # failures in a row before a feed is left alone for a while
SHORTEST_HOLD = timedelta(minutes=15)
LONGEST_HOLD = timedelta(days=1)

_COLUMNS = "url, title, publisher, country, kind, language, feed_group, interval_minutes"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed as the archive knows it. `etag` and `modified` go back to its server byte for byte."""

    id: FeedId
    feed: Feed
    etag: str = ""
    modified: str = ""
    failures: int = 0
    next_due: int = 0
    hold_until: int = 0


class Feeds:
    """What is listened to. Stories keep their feed when it is no longer listed."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def follow(self, edition: str, read: Callable[[], Sequence[Feed]]) -> None:
        """Listen to the feeds of a list; its `edition` tells whether it has to be read again."""
        if self._archive.rows("SELECT edition FROM feed_list") != [(edition,)]:
            self.sync(read())
            with self._archive.transaction() as connection:
                connection.execute("INSERT OR REPLACE INTO feed_list VALUES (1, ?)", (edition,))

    def sync(self, feeds: Sequence[Feed]) -> None:
        """Make the listed feeds just these; nothing is written when they are so already."""
        listed = self._archive.rows(f"SELECT {_COLUMNS} FROM feeds WHERE listed ORDER BY listed")
        if listed == [_as_row(feed) for feed in feeds]:
            return
        with self._archive.transaction() as connection:
            connection.execute("DELETE FROM feed_list")
            connection.execute("UPDATE feeds SET listed = 0")
            self._upsert(
                [{**_as_record(feed), "listed": place} for place, feed in enumerate(feeds, 1)]
            )

    def add(self, feed: Feed, *, listed: bool = False) -> FeedId:
        """The id of a feed that need not be in any list, made (at the list's end if `listed`) if it is new."""
        with self._archive.transaction() as connection:
            if not self._archive.rows("SELECT 1 FROM feeds WHERE url = ?", (feed.url,)):
                connection.execute("DELETE FROM feed_list")
                last = self._archive.rows("SELECT coalesce(max(listed), 0) FROM feeds")[0][0]
                self._upsert([{**_as_record(feed), "listed": last + 1 if listed else 0}])
        return FeedId(self._archive.rows("SELECT id FROM feeds WHERE url = ?", (feed.url,))[0][0])

    def _upsert(self, records: list[dict[str, Any]]) -> None:
        if records:
            self._archive.db.table("feeds").upsert_all(records, pk="url", alter=False)

    def subscriptions(self, urls: Sequence[str] | None = None) -> list[Subscription]:
        """The listed feeds, or those of `urls` whether listed or not, in the order of the list."""
        chosen = "listed" if urls is None else f"url IN ({', '.join('?' * len(urls))})"
        rows = self._archive.rows(
            f"SELECT id, {_COLUMNS}, etag, modified, failures, next_due, hold_until FROM feeds WHERE {chosen}"
            " ORDER BY listed = 0, listed, id",
            tuple(urls or ()),
        )
        return [Subscription(row[0], Feed(*row[1:9]), *row[9:]) for row in rows]

    def record(
        self,
        subscription: Subscription,
        outcome: Outcome,
        etag: str = "",
        modified: str = "",
        wait: timedelta | None = None,
    ) -> None:
        """Note how a fetch ended. `wait` is what the server asked for; failures hold a feed back longer and longer."""
        now = self._archive.now()
        good = outcome.status in ("ok", "partial", "unchanged", "moved")
        failures = 0 if good else subscription.failures + 1
        hold = wait or timedelta()
        if failures >= PATIENCE:
            doublings = min(failures - PATIENCE, 10)  # ten make more than the longest hold
            hold = max(hold, min(LONGEST_HOLD, SHORTEST_HOLD * 2**doublings))
        if outcome.status == "gone":
            hold = timedelta(days=36_500)
        with self._archive.transaction() as connection:
            connection.execute(
                "UPDATE feeds SET etag = ?, modified = ?, failures = ?, problem = ?, last_fetched = ?,"
                " last_good = coalesce(?, last_good), next_due = ?, hold_until = ? WHERE id = ?",
                (
                    etag if good else subscription.etag,
                    modified if good else subscription.modified,
                    failures,
                    outcome.problem,
                    _seconds(now),
                    _seconds(now) if good else None,
                    _seconds(now + timedelta(minutes=subscription.feed.interval_minutes)),
                    _seconds(now + hold) if hold else 0,
                    subscription.id,
                ),
            )
            connection.execute(
                "INSERT INTO feed_runs (feed, started, status, new, updated, entries, bytes, milliseconds, problem)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    subscription.id,
                    _seconds(now) - outcome.milliseconds // 1000,
                    outcome.status,
                    outcome.new,
                    outcome.updated,
                    outcome.entries,
                    outcome.size,
                    outcome.milliseconds,
                    outcome.problem,
                ),
            )

    def entries(self, feed: FeedId) -> int:
        """How many stories of this feed the archive holds, under however many names."""
        return int(
            self._archive.rows(
                "SELECT count(DISTINCT story) FROM feed_stories WHERE feed = ?", (feed,)
            )[0][0]
        )

    def rename(self, feed: FeedId, title: str) -> None:
        """Call a feed something else."""
        with self._archive.transaction():
            self._archive.db.table("feeds").update(feed, {"title": title})

    def health(self) -> list[FeedHealth]:
        """The listed feeds and how they fare, in the order of the list."""
        rows = self._archive.rows(
            f"SELECT id, {_COLUMNS}, (SELECT count(DISTINCT story) FROM feed_stories WHERE feed = feeds.id),"
            " last_fetched, last_good, failures, problem FROM feeds WHERE listed ORDER BY listed"
        )
        return [
            FeedHealth(
                row[0],
                Feed(*row[1:9]),
                row[9],
                instant(row[10]),
                instant(row[11]),
                row[12],
                row[13],
            )
            for row in rows
        ]


def instant(seconds: int | None) -> datetime | None:
    """A stored instant as a datetime, in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _as_row(feed: Feed) -> tuple[str | int, ...]:
    return (
        feed.url, feed.title, feed.publisher, feed.country, feed.kind, feed.language, feed.group, feed.interval_minutes
    )  # fmt: skip


def _as_record(feed: Feed) -> dict[str, Any]:
    return dict(zip(_COLUMNS.split(", "), _as_row(feed), strict=True))
