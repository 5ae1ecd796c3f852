"""Every error that dipread shows a person, each with its exit code.

DipreadError            1   what was asked could not be done
├── FetchError          1   a feed could not be fetched
├── FeedParseError      1   what was fetched is not a feed
├── StoreError          1   the database is damaged, foreign, read-only or full
│   ├── StoreDamaged    1   the database is damaged, or is none
│   ├── StoreBusy       5   another program held the database past the timeout
│   └── StoreTooNew     6   the database was written by a newer dipread
└── UsageError          2   the command line is wrong
    ├── ConfigError     2   a fault in feeds.toml, config.toml or a rule
    └── QueryError      2   a query that says something impossible

Beside these: 0 done, and the three below.
"""

from __future__ import annotations

PARTLY = 3
"""Some of it was done: a feed of many failed, a line of many was refused."""
EMPTY = 4
"""Nothing matched, with --fail-if-empty."""
INTERRUPTED = 130


class DipreadError(Exception):
    """What went wrong, and what the reader can do about it (`hint`)."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class FetchError(DipreadError):
    """The bytes of a feed could not be had; `message` names the cause."""


class FeedParseError(DipreadError):
    """The bytes are no feed."""


class StoreError(DipreadError):
    """The database can't be used as it is; it was not written to."""


class StoreDamaged(StoreError):
    """What is there can't be read as a database."""


class StoreBusy(StoreError):
    """Another program held the database for longer than we wait."""

    exit_code = 5


class StoreTooNew(StoreError):
    """The database has migrations that this dipread does not know."""

    exit_code = 6


class UsageError(DipreadError):
    """The command line asks for something that does not exist."""

    exit_code = 2


class ConfigError(UsageError):
    """A fault in a file the user wrote; `message` starts with file and line."""


class QueryError(UsageError):
    """A query that cannot be answered; `start:end` is where in its text."""

    def __init__(self, message: str, hint: str = "", start: int = 0, end: int = 0) -> None:
        super().__init__(message, hint)
        self.start = start
        self.end = end
