"""How the fetches of the feeds went, one by one, in the last months."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from dipread.model import FeedId, Outcome
from dipread.store.connection import Connection

KEPT = timedelta(days=90)
_FAILED = "('error', 'gone', 'backoff')"


class Runs:
    """Reads what was noted of every fetch."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def new_since(self, moment: datetime) -> int:
        """How many new stories the listed feeds have brought since a moment."""
        rows = self._archive.rows(
            "SELECT coalesce(sum(r.new), 0) FROM feeds f JOIN feed_runs r ON r.feed = f.id"
            " WHERE f.listed AND r.started >= ?",
            (_seconds(moment),),
        )
        return int(rows[0][0])

    def failed(self, start: datetime, end: datetime) -> list[tuple[str, str]]:
        """The listed feeds whose last fetch in a stretch of time failed, what of and since when."""
        rows = self._archive.rows(
            "SELECT f.title, r.problem, (SELECT min(started) FROM feed_runs WHERE feed = f.id AND id >"
            " coalesce((SELECT max(id) FROM feed_runs WHERE feed = f.id AND id < r.id"
            f" AND status NOT IN {_FAILED}), 0))"
            " FROM feeds f JOIN feed_runs r ON r.id ="
            " (SELECT max(id) FROM feed_runs WHERE feed = f.id AND started BETWEEN ? AND ?)"
            f" WHERE f.listed AND r.status IN {_FAILED} ORDER BY f.listed",
            (_seconds(start), _seconds(end)),
        )
        return [
            (title, f"{problem} since {datetime.fromtimestamp(first, UTC):%Y-%m-%d %H:%M}")
            for title, problem, first in rows
        ]


def keep_run(connection: sqlite3.Connection, feed: FeedId, outcome: Outcome, now: datetime) -> None:
    """A line for the fetch; those of long ago go."""
    connection.execute(
        "INSERT INTO feed_runs (feed, started, status, new, updated, entries, bytes, milliseconds, problem)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            feed,
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
    connection.execute(
        "DELETE FROM feed_runs WHERE feed = ? AND started < ?",
        (feed, _seconds(now - KEPT)),
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
