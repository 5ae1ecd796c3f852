"""Databases that stand still: only to be read here, and open to nobody who writes.

SQLite puts a log and its index beside whatever it opens, and one who may only read can't take them away
again, or can't put them there at all. Told that the file does not change it needs neither, but then it takes
no notice of a writer either: so whoever reads such a file looks whether it is still as it was.
"""

from __future__ import annotations

import os
from pathlib import Path

About = tuple[tuple[int, int], ...]
"""What changes when a database is written to: when and how large it and each log of it is."""


def about(path: Path) -> About:
    """How a database and its logs are now."""
    beside = (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal"))
    return tuple(
        (it.st_mtime_ns, it.st_size) for each in beside if each.exists() for it in [each.stat()]
    )


def has_log(state: About) -> bool:
    """Whether somebody has the database open, or left it in the midst of writing."""
    return len(state) > 1


def standing_still(path: Path) -> About | None:
    """How a database is that may only be read and that nobody has open; None of all others."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return None
    now = about(path)
    return now if now and not has_log(now) else None


def read_only_address(path: Path, *, still: bool) -> str:
    """What SQLite opens to read only, leaving no trace beside a file that stands still."""
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' * still}"
