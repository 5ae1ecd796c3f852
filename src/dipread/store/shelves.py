"""The shelves of the catalogue: which story is on which, as the tables tell, and bitmaps to hold them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pyroaring import BitMap

from dipread.store.connection import Connection

Shelf = dict[str, BitMap]


class Entry(NamedTuple):
    """One story on one shelf: `country`, `JP`, 1042."""

    shelf: str
    code: str
    story: int


class Part:
    """Shelves that are read together: those of the filters, which every start needs, and the others."""

    def __init__(self, shelves: tuple[str, ...]) -> None:
        self.names = shelves
        self.shelves: dict[str, Shelf] = {}
        self.seen = -1  # up to which note in `touched` it is in step
        self.changed: set[tuple[str, str]] = set()
        self.whole = False  # whether every blob has to be written, for none was read

    def put(self, entries: Iterable[Entry]) -> None:
        """Put stories on their shelves."""
        found: dict[tuple[str, str], array[int]] = {}
        for shelf, code, story in entries:
            if shelf in self.names:
                found.setdefault((shelf, code), array("I")).append(story)
        for (shelf, code), stories in found.items():
            self.shelves[shelf].setdefault(code, BitMap()).update(stories)
        self.changed.update(found)

    def take_off(self, stories: BitMap) -> None:
        """Take stories off every shelf."""
        for name, shelf in self.shelves.items():
            for code, bitmap in shelf.items():
                if bitmap.intersect(stories):
                    bitmap.difference_update(stories)
                    self.changed.add((name, code))

    def clear(self) -> None:
        """Empty shelves: until they are filled, in step with nothing."""
        self.seen = -1
        self.shelves = {name: {} for name in self.names}
        self.changed.clear()


_TAGS = "SELECT kind, code, story, role, about, confidence FROM tags WHERE 1"
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "all": ("SELECT '', id AS story FROM stories WHERE 1",),
    "day": ("SELECT shown_at, id AS story FROM stories WHERE 1",),
    "feed": ("SELECT feed, story FROM feed_stories WHERE 1",),
    "state": (
        "SELECT 'changed', id AS story FROM stories WHERE revisions > 1",
        "SELECT 'read', story FROM states WHERE read",
        "SELECT 'starred', story FROM states WHERE starred",
        "SELECT 'annotated', story FROM annotations WHERE 1",
    ),
    "lang": ("SELECT lang, id AS story FROM stories WHERE lang <> ''",),
}
"""How the tables are read for the shelves that hold no tags: codes and stories; for a day its second."""
_AT_ONCE = 400


def entries(
    archive: Connection, shelves: tuple[str, ...], stories: BitMap | None = None
) -> Iterator[Entry]:
    """What the tables say is on these shelves, of all stories or of some; of a day, its second."""
    with archive.explaining():
        for among in _among(_TAGS, stories):
            yield from _of_tags(archive.connection.execute(_TAGS + among))
        for shelf in shelves:
            for sql in _OTHERS.get(shelf, ()):
                for among in _among(sql, stories):
                    for code, story in archive.connection.execute(sql + among):
                        yield Entry(shelf, str(code), story)


def _of_tags(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    """What the rows of tags say, those of one story together."""
    last, sure = -1, 0.0
    for kind, code, story, role, about, confidence in rows:
        if story != last:
            if last >= 0:
                yield Entry("sure", f"{sure:.2f}", last)
            last, sure = story, 0.0
        sure = max(sure, confidence)
        if kind == "commitment":
            yield Entry(kind, code.partition(".")[0], story)
        elif role != "dateline":
            yield Entry(kind, code, story)
        if about and kind == "country":
            yield Entry("about", code, story)
    if last >= 0:
        yield Entry("sure", f"{sure:.2f}", last)


def _among(sql: str, stories: BitMap | None) -> Iterator[str]:
    """The conditions that bring a reading down to some stories, a few hundred at a time."""
    if stories is None:
        yield ""
        return
    column = "id" if "id AS story" in sql else "story"
    numbers = stories.to_array()
    for at in range(0, len(numbers), _AT_ONCE):
        yield f" AND {column} IN ({', '.join(map(str, numbers[at : at + _AT_ONCE]))})"
