"""What dipread stands on, looked over: versions with known faults, files that others can read, the clock."""

from __future__ import annotations

import sqlite3
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dipread.config import Config
from dipread.store import KEPT, Store

_WAL_RESET_FIXED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""From these on, line by line, two connections of which one checkpoints can't lose a committed page."""
_EXPAT_SAFE = (2, 7, 2)
_BROWSER_SAFE = {(3, 13): 14, (3, 14): 5}
"""From which patch on Python's webbrowser passes no options on; dipread checks addresses itself before."""
SKEW = timedelta(days=1)


class Warned(NamedTuple):
    """One thing looked at: `warning` is empty when it is well."""

    what: str
    warning: str = ""


def look_around(config: Config, store: Store) -> Iterator[Warned]:
    """One thing after another; nothing here keeps dipread from working."""
    yield Warned(f"SQLite {sqlite3.sqlite_version}", sqlite_warning(sqlite3.sqlite_version_info))
    yield Warned(*_expat())
    yield Warned(f"Python {sys.version.split()[0]}", python_warning(sys.version_info[:3]))
    for path in _private(config):
        yield Warned(f"rights of {path}", _loose(path))
    yield Warned("clock", clock_warning(store, datetime.now(UTC)))
    yield from _feeds(store)
    if waiting := store.removals.waiting():
        yield Warned(f"{waiting:,} stories of removed feeds, deleted {KEPT.days} days after")
    behind = store.indexing.behind()
    if behind:
        yield Warned("index of words", f"{behind:,} stories wait for the next fetch to be indexed")


def sqlite_warning(version: tuple[int, int, int]) -> str:
    """What is known of a version of SQLite.

    >>> sqlite_warning((3, 51, 3)), sqlite_warning((3, 44, 7))
    ('', '')
    """
    fixed = version >= _WAL_RESET_FIXED[-1] or any(
        version[:2] == line[:2] and version >= line for line in _WAL_RESET_FIXED
    )
    return "" if fixed else "may lose a write when the power fails while two programs write at once"


def python_warning(version: tuple[int, ...]) -> str:
    """What is known of a version of Python."""
    patch = _BROWSER_SAFE.get((version[0], version[1]))
    fixed = version >= (3, 15) or (patch is not None and version[2] >= patch)
    return "" if fixed else "its webbrowser takes options for addresses; dipread checks them itself"


def clock_warning(store: Store, now: datetime) -> str:
    """Whether the clock stands before what was fetched already."""
    ((latest,),) = store.rows("SELECT coalesce(max(last_fetched), 0) FROM feeds")
    ahead = datetime.fromtimestamp(latest, UTC) - now
    return f"stands {ahead.days} days before the last fetch" if ahead > SKEW else ""


def _expat() -> tuple[str, str]:
    from pyexpat import EXPAT_VERSION, version_info

    safe = version_info >= _EXPAT_SAFE
    said = "" if safe else "open to bombs of entities; dipread parses in processes it can end"
    return EXPAT_VERSION.replace("_", " "), said


def _private(config: Config) -> Iterator[Path]:
    for path in (
        config.database,
        config.database.parent / "backups",
        config.paths.config / "secrets.toml",
    ):
        if path.exists():
            yield path


def _loose(path: Path) -> str:
    others = path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    right = "700" if path.is_dir() else "600"
    return f"others can read it; mend it with: chmod {right} {path}" if others else ""


def _feeds(store: Store) -> Iterator[Warned]:
    healths = store.feeds.health()
    for state, said in (
        ("failing", "fail"),
        ("gone", "are gone for good"),
        ("silent", "have fallen silent"),
    ):
        names = [each.feed.title for each in healths if each.state == state]
        if names:
            some = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
            yield Warned("feeds", f"{len(names)} {said}: {some}; see: dipread feeds check")
