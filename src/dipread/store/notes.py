"""All annotations of an archive: which are meant, and what a list shows of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from dipread.model import Annotation, Noted, NoteFilter, Tally, hashtags
from dipread.model.anchor import anchored
from dipread.store.annotations import COLUMNS
from dipread.store.codec import annotation_of, unpack_quote, unpack_text, unpack_texts
from dipread.store.connection import Connection
from dipread.text.folding import fold_name

_CHANGED = (
    "SELECT a.uuid, a.story, a.quote, r.title, r.text FROM annotations a"
    " JOIN stories s ON s.id = a.story JOIN revisions r ON r.id = s.revision"
    " WHERE a.quote IS NOT NULL AND (a.revision <> s.revision OR json_extract(a.quote, '$.start') < 0)"
)
_STORY = (
    "SELECT s.id, r.title, s.link, f.title, s.shown_at, s.revision, r.text FROM stories s"
    " JOIN revisions r ON r.id = s.revision JOIN feeds f ON f.id = s.owner WHERE s.id"
)


class Notes:
    """The list of everything a reader wrote; asked in two steps, as the list of stories is."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def find(self, asked: NoteFilter | None = None) -> list[str]:
        """The uuids of the annotations meant, newest first; those due, in the order they are due."""
        asked = asked or NoteFilter()
        where, args = _conditions(asked)
        order = "due, created, rowid" if asked.due else "created DESC, rowid DESC"
        columns = "uuid, note, tags, quote" if asked.tag or asked.words else "uuid"
        rows = self._archive.rows(
            f"SELECT {columns} FROM annotations WHERE {where} ORDER BY {order}", tuple(args)
        )
        found = [
            row[0] for row in rows if columns == "uuid" or _meant(row[1], row[2], row[3], asked)
        ]
        if not asked.orphan:
            return found
        lost = self.lost()
        return [each for each in found if each in lost]

    def rows(self, uuids: Sequence[str]) -> list[Noted]:
        """What a list shows of these annotations, in this order; one that is no more is left out."""
        marks = ", ".join("?" * len(uuids))
        notes = [
            annotation_of(row)
            for row in self._archive.rows(
                f"SELECT {COLUMNS} FROM annotations WHERE uuid IN ({marks})", tuple(uuids)
            )
        ]
        numbers = ", ".join({str(each.story) for each in notes})
        stories = {row[0]: row[1:] for row in self._archive.rows(f"{_STORY} IN ({numbers})")}
        countries: dict[int, list[str]] = {}
        for story, code in self._archive.rows(
            f"SELECT story, code FROM tags WHERE story IN ({numbers}) AND kind = 'country'"
            " AND role <> 'dateline' ORDER BY about DESC, score DESC, code"
        ):
            codes = countries.setdefault(story, [])
            if code not in codes:
                codes.append(code)
        made = {
            each.uuid: _noted(each, stories[each.story], countries.get(each.story, []))
            for each in notes
        }
        return [made[each] for each in uuids if each in made]

    def lost(self) -> set[str]:
        """The annotations whose quote has no place any more in what its story says now."""
        return {uuid for uuid, _ in _lost(self._archive, "")}

    def tally(self, uuids: Sequence[str]) -> Tally:
        """What these annotations come to: how many, how many of them lost, and their tags, most first."""
        among = set(uuids)
        counted = Counter(
            label
            for uuid, note, tags in self._archive.rows(
                "SELECT uuid, note, tags FROM annotations WHERE tags <> '[]' OR instr(note, '#')"
            )
            if uuid in among
            for label in {*unpack_texts(tags), *hashtags(note)}
        )
        tags = dict(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
        return Tally(len(uuids), len(self.lost() & among), tags)


def lost_quotes(archive: Connection, stories: Sequence[int]) -> Counter[int]:
    """How many quotes of each of these stories have no place any more."""
    among = f" AND a.story IN ({', '.join(map(str, stories))})"
    return Counter(story for _, story in _lost(archive, among))


def _lost(archive: Connection, among: str) -> Iterator[tuple[str, int]]:
    for uuid, story, packed, title, text in archive.rows(_CHANGED + among):
        quote = unpack_quote(packed)
        assert quote is not None
        if anchored(quote, title if quote.field == "title" else unpack_text(text)) is None:
            yield uuid, story


def _conditions(asked: NoteFilter) -> tuple[str, list[object]]:
    where = ["1"]
    args: list[object] = []
    if asked.type:
        where.append("type = ?")
        args.append(asked.type)
    if asked.due:
        where.append("due <= ?")
        args.append(asked.due.isoformat())
    if asked.open:
        where.append("done IS NULL")
    return " AND ".join(where), args


def _meant(note: str, tags: str, quote: str | None, asked: NoteFilter) -> bool:
    """By the tag and the words that are asked for, from the columns of a note."""
    if asked.tag:
        labels = (*hashtags(note), *unpack_texts(tags))
        if _folded(asked.tag.removeprefix("#")) not in map(_folded, labels):
            return False
    if not asked.words:
        return True
    taken = unpack_quote(quote)
    return _folded(asked.words) in fold_name(f"{note} {taken.exact if taken else ''}")


_folded = lru_cache(maxsize=1_000)(fold_name)


def _noted(note: Annotation, story: tuple[Any, ...], countries: Sequence[str]) -> Noted:
    title, link, feed, shown_at, revision, text = story
    place = None
    if note.quote:
        place = (note.quote.start, note.quote.end)
        if note.revision != revision or note.quote.start < 0:
            place = anchored(
                note.quote, title if note.quote.field == "title" else unpack_text(text)
            )
    when = datetime.fromtimestamp(shown_at, UTC)
    lost = note.quote is not None and place is None
    return Noted(note, title, link, feed, when, tuple(countries), place, lost)
