"""What only the tables can tell of a query: rules, notes, own tags, the time of fetching."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from datetime import datetime

from pyroaring import BitMap

from dipread.model import Has, hashtags
from dipread.store.codec import unpack_evidence, unpack_texts
from dipread.store.connection import Connection
from dipread.store.notes import Notes
from dipread.text.folding import fold_name
from dipread.text.span import span

_CODED = ("country", "sector", "event", "forum", "gate")
FEW = 5_000


def asked_of_tables(
    asked: Has, archive: Connection, now: datetime, within: BitMap | None
) -> BitMap:
    """The stories that have any of the values; when `within` are few, only those are looked at."""
    few = within if within is not None and len(within) <= FEW else None
    found = BitMap()
    for value in asked.values:
        found |= _TOLD[asked.field](archive, value, now, few)
    return found


def _by_rule(archive: Connection, value: str, now: datetime, few: BitMap | None) -> BitMap:
    """By the start of a rule's name, of which the first words mostly are the kind and code of its tags."""
    kind, _, rest = value.partition(".")
    where, args = ["1"], []
    if kind in _CODED and rest:
        code, dot, _ = rest.partition(".")
        where += ["kind = ?", "code LIKE ? ESCAPE '\\'"]
        args += [kind, _plain(code) + ("" if dot else "%")]
    rows = archive.rows(
        f"SELECT story, kind, code, evidence FROM tags{_only(few)} AND {' AND '.join(where)}",
        tuple(args),
    )
    return BitMap(
        story
        for story, kind, code, column in rows
        if any(each.rule.startswith(value) for each in unpack_evidence(kind, code, column))
    )


def _noted(archive: Connection, value: str, now: datetime, few: BitMap | None) -> BitMap:
    """By words of a note."""
    wanted = sought(value)
    rows = archive.rows(f"SELECT story, note FROM annotations{_only(few)}")
    return BitMap(story for story, note in rows if wanted in fold_name(note))


def _tagged(archive: Connection, value: str, now: datetime, few: BitMap | None) -> BitMap:
    """By a tag of the reader's own: given to the story or to a note, or written into one as #tag."""
    wanted = fold_name(value.removeprefix("#"))
    rows = archive.rows(f"SELECT story, tag FROM own_tags{_only(few)}")
    found = BitMap(story for story, tag in rows if fold_name(tag) == wanted)
    notes = archive.rows(
        f"SELECT story, note, tags FROM annotations{_only(few)}"
        " AND (note LIKE '%#%' OR tags <> '[]')"
    )
    found.update(
        story
        for story, note, tags in notes
        if any(fold_name(each) == wanted for each in (*hashtags(note), *unpack_texts(tags)))
    )
    return found


def _fetched(archive: Connection, value: str, now: datetime, few: BitMap | None) -> BitMap:
    """By when a story first came in."""
    start, end = span(value, now)
    where, args = ["1"], []
    if start:
        where.append("fetched >= ?")
        args.append(start.timestamp())
    if end:
        where.append("fetched < ?")
        args.append(end.timestamp())
    only = _only(few).replace("story", "id")
    return _numbers(archive, f"SELECT id FROM stories{only} AND {' AND '.join(where)}", tuple(args))


def _quoted(archive: Connection, value: str, now: datetime, few: BitMap | None) -> BitMap:
    return _numbers(archive, f"SELECT story FROM annotations{_only(few)} AND quote IS NOT NULL", ())


def _state(archive: Connection, value: str, now: datetime, few: BitMap | None) -> BitMap:
    """In the basket of the brief, or with a quote that has lost its place."""
    if value == "brief":
        return _numbers(archive, f"SELECT story FROM basket{_only(few)}", ())
    lost = Notes(archive).lost()
    rows = archive.rows("SELECT uuid, story FROM annotations WHERE quote IS NOT NULL")
    return BitMap(story for uuid, story in rows if uuid in lost)


_TOLD: dict[str, Callable[[Connection, str, datetime, BitMap | None], BitMap]] = {
    "rule": _by_rule,
    "note": _noted,
    "tag": _tagged,
    "fetched": _fetched,
    "has": _quoted,
    "is": _state,
}


def sought(name: str) -> str:
    """A name as it is looked for among folded names; one without a letter is in none of them."""
    return fold_name(name) or name


def _only(few: BitMap | None) -> str:
    return " WHERE 1" if few is None else f" WHERE story IN ({', '.join(map(str, few))})"


def _numbers(archive: Connection, sql: str, args: Iterable[object]) -> BitMap:
    return BitMap(array("I", (row[0] for row in archive.rows(sql, tuple(args)))))


def _plain(value: str) -> str:
    """A value for LIKE, its wildcards taken literally."""
    return re.sub(r"([\\%_])", r"\\\1", value)
