"""One connection to the archive's file, and the manners of using it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipread.errors import StoreBusy
from dipread.store.indexing import Indexing
from dipread.store.opening import explained, open_database
from dipread.store.still import about, standing_still

if TYPE_CHECKING:
    from sqlite_utils import Database


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


class Connection:
    """A connection for one thread. Every database error leaves it as a StoreError.

    `now` is the clock that relative dates of queries count from.
    """

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self.path = path
        self.now = now
        self._still = standing_still(path)
        self.connection = open_database(path, still=self._still is not None)
        self.indexing = Indexing(self)

    def close(self) -> None:
        """Give the file back; safe to call twice."""
        self.connection.close()

    @cached_property
    def db(self) -> Database:
        """The same connection as sqlite-utils sees it, imported when first needed."""
        from sqlite_utils import Database

        return Database(self.connection)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is written inside, or none of it. Raises StoreBusy when another writer holds on.

        Inside another transaction it is a part of that.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        with self.explaining():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # a full disk may have ended it already
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is from one moment, whatever others write meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        with self.explaining():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("COMMIT")

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Database errors inside become StoreErrors, which say what to do."""
        try:
            yield
        except sqlite3.Error as fault:
            self._raise_if_it_moved()
            raise explained(fault, self.path) from fault
        self._raise_if_it_moved()

    def _raise_if_it_moved(self) -> None:
        if self._still is not None and about(self.path) != self._still:
            raise StoreBusy(
                f"{self.path}: can only be read, and another program has written to it meanwhile",
                "Open it again.",
            )

    def rows(self, sql: str, args: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a reading statement."""
        with self.explaining():
            return self.connection.execute(sql, args).fetchall()
