"""Whether an archive is sound: what SQLite says of its pages, and whether what was made from the tables fits them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from dipread.store.catalogue import Catalogue
from dipread.store.codec import unpack_text
from dipread.store.connection import Connection
from dipread.store.words import indexed


class Finding(NamedTuple):
    """One thing looked at; `fault` is empty when it is well. What is `made` of the tables can be made again."""

    what: str
    fault: str
    made: bool = False


class Examination:
    """Looks an archive over; `repair` makes again what is made from the tables."""

    def __init__(self, archive: Connection, catalogue: Catalogue) -> None:
        self._archive = archive
        self._catalogue = catalogue

    def findings(self) -> Iterator[Finding]:
        """One thing after another; the whole archive is read."""
        pages = [str(row[0]) for row in self._archive.rows("PRAGMA quick_check(3)")]
        yield Finding("pages of the database", "" if pages == ["ok"] else "; ".join(pages))
        lost = self._archive.rows("PRAGMA foreign_key_check")
        tables = sorted({str(row[0]) for row in lost})
        yield Finding("links between tables", f"broken in {', '.join(tables)}" if lost else "")
        yield Finding("index of words", self._words(), made=True)
        wrong = self._catalogue.differences(self._archive)
        told = f"says otherwise than the tables of {', '.join(wrong[:5])}" if wrong else ""
        yield Finding("catalogue", told, made=True)

    def repair(self) -> None:
        """Make the index of words and the catalogue again, from the tables."""
        with self._archive.transaction() as connection:
            connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
            texts = connection.execute(
                "SELECT s.id, r.title, r.text FROM stories s JOIN revisions r ON r.id = s.revision"
            )
            connection.executemany(
                "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)",
                ((id, indexed(title), indexed(unpack_text(text))) for id, title, text in texts),
            )
        self._catalogue.forget(self._archive)
        self._catalogue.save(self._archive, after=-1)

    def _words(self) -> str:
        """What is wrong with the index of words; its size tells whether stories are missing."""
        try:
            self._archive.connection.execute(
                "INSERT INTO search (search) VALUES ('integrity-check')"
            )
        except sqlite3.DatabaseError as fault:
            if fault.sqlite_errorname != "SQLITE_READONLY":  # to be checked it has to be written to
                return str(fault)
        ((stories, indexed),) = self._archive.rows(
            "SELECT (SELECT count(*) FROM stories WHERE id <= (SELECT max(id) FROM search_docsize)),"
            " (SELECT count(*) FROM search_docsize)"
        )  # the tail that waits for its turn is no fault
        return "" if stories == indexed else f"holds {indexed:,} of {stories:,} stories"
