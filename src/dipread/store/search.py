"""Words of queries, asked of the full-text index."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from pyroaring import BitMap

from dipread.model import And, Has, Or, Query, Words
from dipread.store.connection import Connection
from dipread.store.words import Endings, match_expression
from dipread.text.pattern import is_pattern

_COLUMNS = {"title": "title", "body": "text"}


MOST_ENDINGS = 2_000


def expression(query: Query, endings: Endings = lambda beginning: ()) -> str | None:
    """One FTS5 expression for a query of words alone; None when it asks for anything else.

    >>> expression(And((Words("grain"), Or((Words("a b", phrase=True), Words("rice"))))))
    '("grain" * AND ("a b" OR "rice" *))'
    """
    match query:
        case Words(text, phrase):
            return match_expression(text, phrase=phrase, endings=endings) or None
        case Has("title" | "body" as name, values) if not any(map(is_pattern, values)):
            return _joined(
                " OR ",
                [
                    match_expression(v, phrase=" " in v, column=_COLUMNS[name], endings=endings)
                    or None
                    for v in values
                ],
            )
        case And(of) if of:
            return _joined(" AND ", [expression(each, endings) for each in of])
        case Or(of) if of:
            return _joined(" OR ", [expression(each, endings) for each in of])
        case _:
            return None


def _joined(word: str, parts: list[str | None]) -> str | None:
    told = [part for part in parts if part is not None]
    if len(told) < len(parts):
        return None
    return told[0] if len(told) == 1 else f"({word.join(told)})"


def matching(archive: Connection, asked: str) -> BitMap:
    """The stories that match an FTS5 expression, those among them that are not indexed yet."""
    found = BitMap(archive.indexing.unindexed(asked))
    with archive.explaining():
        rows = archive.connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (asked,))
        found.update(array("I", (row[0] for row in rows)))
    return found


def streamed(archive: Connection, query: Query) -> Iterator[int]:
    """The stories of a query of words alone, one by one, the last that came in first.

    Of a beginning, SQLite reads all stories with a word of it before it gives the first; words that
    are spelled out it reads as they are wanted.
    """
    last = 0
    for last in archive.indexing.unindexed(expression(query) or ""):
        yield last
    asked = expression(query, lambda beginning: _endings(archive, beginning))
    with archive.explaining():
        cursor = archive.connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC", (asked,)
        )
        for (story,) in cursor:
            if not last or story < last:  # else indexed since the tail was read
                yield story


def _endings(archive: Connection, beginning: str) -> list[str]:
    """The words of the index that begin so, each found by one step past the one before it."""
    found: list[str] = []
    with archive.explaining():
        connection = archive.connection
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_search"
            " USING fts5vocab(main, search, 'instance')"
        )
        after = beginning
        while row := connection.execute(
            "SELECT term FROM temp.words_of_search WHERE term >= ? LIMIT 1", (after,)
        ).fetchone():
            if not row[0].startswith(beginning):
                break
            if len(found) == MOST_ENDINGS:
                return []
            found.append(row[0])
            after = row[0] + "\x01"
    return found
