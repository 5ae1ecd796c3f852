"""The feeds the archive listens to, and how every fetch of them went."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from dipread.model import NO_NETWORK, Feed, FeedHealth, FeedId, Outcome
from dipread.store.connection import Connection
from dipread.store.health import newest, remembered, state, usual_gap
from dipread.store.removal import brought_back
from dipread.store.runs import keep_run

PATIENCE = 3  # failures in a row before a feed is left alone for a while
SHORTEST_HOLD = timedelta(minutes=15)
LONGEST_HOLD = timedelta(days=1)
LONGEST_UNFOUND = timedelta(hours=1)
"""To look for a name costs its server nothing, and the fault may be our own network's."""
MOVES_SEEN = 2
"""So many good fetches in a row that were sent on for good make a move: a hotel's portal makes none."""

_COLUMNS = "url, title, publisher, country, kind, language, feed_group, interval_minutes"


class Subscription(Struct, frozen=True):
    """A feed as the archive knows it. `etag` and `modified` go back to its server byte for byte."""

    id: FeedId
    feed: Feed
    etag: str = ""
    modified: str = ""
    body: bytes = b""
    failures: int = 0
    next_due: int = 0
    hold_until: int = 0
    asked_until: int = 0
    entries: int = 0
    moved_to: str = ""
    moved_times: int = 0


class Answer(Struct, frozen=True):
    """What a server said beside its stories, for the next time: validators, and how long it wants to wait.

    `body` names the bytes of the answer, and tells its entries.
    """

    etag: str = ""
    modified: str = ""
    body: bytes = b""
    wait: timedelta | None = None


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
            brought_back(connection, "listed")

    def add(self, feed: Feed, *, listed: bool = False) -> FeedId:
        """The id of a feed that need not be in any list, made (at the list's end if `listed`) if it is new."""
        with self._archive.transaction() as connection:
            if not self._archive.rows("SELECT 1 FROM feeds WHERE url = ?", (feed.url,)):
                connection.execute("DELETE FROM feed_list")
                last = self._archive.rows("SELECT coalesce(max(listed), 0) FROM feeds")[0][0]
                self._upsert([{**_as_record(feed), "listed": last + 1 if listed else 0}])
            brought_back(connection, "url = ?", (feed.url,))
        return FeedId(self._archive.rows("SELECT id FROM feeds WHERE url = ?", (feed.url,))[0][0])

    def _upsert(self, records: list[dict[str, Any]]) -> None:
        if records:
            self._archive.db.table("feeds").upsert_all(records, pk="url", alter=False)

    def subscriptions(self, urls: Sequence[str] | None = None) -> list[Subscription]:
        """The listed feeds, or those of `urls` whether listed or not, in the order of the list."""
        chosen = "listed" if urls is None else f"url IN ({', '.join('?' * len(urls))})"
        rows = self._archive.rows(
            f"SELECT id, {_COLUMNS}, etag, modified, body, failures, next_due, hold_until, asked_until, entries,"
            f" moved_to, moved_times FROM feeds WHERE {chosen}"
            " ORDER BY listed = 0, listed, id",
            tuple(urls or ()),
        )
        return [Subscription(row[0], Feed(*row[1:9]), *row[9:]) for row in rows]

    def record(
        self,
        subscription: Subscription,
        outcome: Outcome,
        answer: Answer | None = None,
        came: Iterable[datetime] = (),
    ) -> None:
        """Note how a fetch ended; `came` are the times of the stories that were new.

        What the server asked for is kept to; failures hold a feed back longer and longer.
        """
        answer = answer or Answer(subscription.etag, subscription.modified, subscription.body)
        now = self._archive.now()
        with self._archive.transaction() as connection:
            _keep_state(connection, subscription, outcome, answer, came, now)
            keep_run(connection, subscription.id, outcome, now)

    def has_moved(self, subscription: Subscription, address: str) -> bool:
        """Note where a good fetch was sent to for good, empty for nowhere; whether that may be believed by now."""
        same = bool(address) and address == subscription.moved_to
        times = subscription.moved_times + 1 if same else int(bool(address))
        if (address, times) != (subscription.moved_to, subscription.moved_times):
            with self._archive.transaction() as connection:
                connection.execute(
                    "UPDATE feeds SET moved_to = ?, moved_times = ? WHERE id = ?",
                    (address, min(times, MOVES_SEEN), subscription.id),
                )
        return times >= MOVES_SEEN

    def move(self, url: str, address: str) -> None:
        """Make a feed known by another address, with all that is known of it."""
        with self._archive.transaction() as connection:
            taken = connection.execute("SELECT 1 FROM feeds WHERE url = ?", (address,)).fetchone()
            if not taken:  # else that one is listed from now on, and this one keeps its stories
                connection.execute(
                    "UPDATE feeds SET url = ?, moved_to = '', moved_times = 0 WHERE url = ?",
                    (address, url),
                )

    def hold_host(self, host_of: Callable[[str], str], host: str, wait: timedelta) -> None:
        """Leave all feeds of a host alone for as long as it asked one of them."""
        until = _seconds(self._archive.now() + wait)
        rows = self._archive.rows("SELECT id, url FROM feeds")
        with self._archive.transaction() as connection:
            connection.executemany(
                "UPDATE feeds SET asked_until = max(asked_until, ?), hold_until = max(hold_until, ?) WHERE id = ?",
                [(until, until, number) for number, url in rows if host_of(url) == host],
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
        now = self._archive.now()
        rows = self._archive.rows(
            f"SELECT id, {_COLUMNS}, entries, last_fetched, last_good, failures, problem, status, failing_since,"
            " hold_until, arrivals, CASE WHEN moved_times >= ? THEN moved_to ELSE '' END"
            " FROM feeds WHERE listed ORDER BY listed",
            (MOVES_SEEN,),
        )
        healths = []
        for row in rows:
            stories, fetched, good, failures, problem, status, since, held, arrivals, moved = row[
                9:
            ]
            healths.append(
                FeedHealth(
                    row[0],
                    Feed(*row[1:9]),
                    stories,
                    instant(fetched),
                    instant(good),
                    failures,
                    problem,
                    state=state(status, failures, arrivals, now),
                    failing_since=instant(since),
                    held_until=instant(held) if held > now.timestamp() else None,
                    newest=newest(arrivals),
                    usual_gap=usual_gap(arrivals),
                    moved_to=moved,
                )
            )
        return healths


def _keep_state(
    connection: sqlite3.Connection,
    subscription: Subscription,
    outcome: Outcome,
    answer: Answer,
    came: Iterable[datetime],
    now: datetime,
) -> None:
    """How the feed stands after a fetch, and when it may be asked again."""
    good = outcome.status in ("ok", "partial", "unchanged", "moved")
    failures = 0 if good else subscription.failures + 1
    asked = _seconds(now + answer.wait) if answer.wait else 0
    hold = _hold(subscription.feed.url, failures, outcome)
    known = subscription if not good else answer
    ((arrivals,),) = connection.execute(
        "SELECT arrivals FROM feeds WHERE id = ?", (subscription.id,)
    ).fetchall()
    connection.execute(
        "UPDATE feeds SET etag = ?, modified = ?, body = ?, failures = ?, problem = ?, status = ?,"
        " last_fetched = ?, last_good = coalesce(?, last_good), next_due = ?, hold_until = ?,"
        " asked_until = ?, failing_since = CASE WHEN ? THEN NULL ELSE coalesce(failing_since, ?) END,"
        " entries = ?, arrivals = ? WHERE id = ?",
        (
            known.etag,
            known.modified,
            known.body,
            failures,
            outcome.problem if not good or outcome.status == "partial" else "",
            outcome.status,
            _seconds(now),
            _seconds(now) if good else None,
            _seconds(now + timedelta(minutes=subscription.feed.interval_minutes)),
            max(asked, _seconds(now + hold) if hold else 0),
            asked,
            good,
            _seconds(now),
            outcome.entries,
            remembered(arrivals, came),
            subscription.id,
        ),
    )


def _hold(url: str, failures: int, outcome: Outcome) -> timedelta:
    """How long to leave a feed alone after so many failures in a row; not the same for all, lest all come back at once."""
    if outcome.status == "gone":
        return timedelta(days=36_500)
    if failures < PATIENCE or outcome.status in ("ok", "partial", "unchanged", "moved"):
        return timedelta()
    doublings = min(failures - PATIENCE, 10)  # ten make more than the longest hold
    longest = LONGEST_UNFOUND if outcome.problem == NO_NETWORK else LONGEST_HOLD
    spread = zlib.crc32(f"{url} {failures}".encode()) / 2**32 / 4
    hold: timedelta = SHORTEST_HOLD * 2**doublings * (1 + spread)
    return min(hold, longest * (1 - spread))


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
