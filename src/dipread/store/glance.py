"""A first look at the newest stories, before anything else of the archive is needed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

from dipread.store.opening import APPLICATION_ID, VERSION
from dipread.store.still import read_only_address, standing_still


class Glimpse(NamedTuple):
    """What the first frame shows of a story; `when` in seconds since 1970."""

    when: int
    dated: bool
    title: str
    feed: str
    read: bool
    starred: bool
    countries: tuple[str, ...]


_NEWEST = """
    SELECT s.id, s.shown_at, s.published IS NOT NULL, s.title, f.title, coalesce(st.read, 0),
        coalesce(st.starred, 0)
    FROM stories s JOIN feeds f ON f.id = s.owner LEFT JOIN states st ON st.story = s.id
    WHERE s.id NOT IN (SELECT story FROM removed)
    ORDER BY s.shown_at DESC, s.id DESC LIMIT ?
"""


def newest_glimpses(path: Path, count: int) -> list[Glimpse]:
    """The newest stories; none when the database can't be read just like that, whatever the cause.

    Nothing is written, waited for or reported: whoever opens the archive next does all of that.
    """
    try:
        address = read_only_address(path, still=standing_still(path) is not None)
        connection = sqlite3.connect(address, uri=True, timeout=0)
        try:
            return _newest(connection, count)
        finally:
            connection.close()
    except sqlite3.Error:
        return []


def _newest(connection: sqlite3.Connection, count: int) -> list[Glimpse]:
    ours = connection.execute(
        "SELECT (SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version)"
    ).fetchone()
    if ours != (APPLICATION_ID, VERSION):
        return []
    rows = connection.execute(_NEWEST, (count,)).fetchall()
    marks = ", ".join(str(row[0]) for row in rows)
    countries: dict[int, list[str]] = {}
    for story, code in connection.execute(
        f"SELECT story, code FROM tags WHERE story IN ({marks}) AND kind = 'country'"
        " AND role <> 'dateline' ORDER BY about DESC, score DESC"
    ):
        codes = countries.setdefault(story, [])
        if code not in codes:
            codes.append(code)
    return [
        Glimpse(when, bool(dated), title, feed, bool(read), bool(starred), tuple(countries.get(story, ())))
        for story, when, dated, title, feed, read, starred in rows
    ]  # fmt: skip
