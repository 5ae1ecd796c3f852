"""Nouns to columns and back: JSON, or less, for what is only ever read whole."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, get_args

from msgspec.json import Encoder

from dipread.model import Annotation, Evidence, Field, Link, Quote, StoryId, Tag

_encode = Encoder().encode


def pack(value: Any) -> str:
    """Compact JSON, the same text for the same value."""
    return _encode(value).decode()


def pack_links(links: tuple[Link, ...]) -> str:
    """Links as `[[start, end, url], ...]`."""
    if not links:
        return "[]"
    return pack([[link.start, link.end, link.url] for link in links])


def unpack_links(column: str) -> tuple[Link, ...]:
    """What `pack_links` packed."""
    return tuple(Link(*each) for each in json.loads(column))


def unpack_texts(column: str) -> tuple[str, ...]:
    """A packed tuple of texts."""
    return tuple(json.loads(column))


def pack_text(text: str) -> str | bytes:
    """A text as it is kept: as it is, or deflated where that is shorter."""
    if len(text) < _WORTH_PACKING:
        return text
    from isal.isal_zlib import compress  # who only reads packs nothing

    plain = text.encode()
    packed: bytes = compress(plain, _HARDEST)
    return packed if len(packed) < len(plain) else text


def unpack_text(column: str | bytes) -> str:
    """What `pack_text` packed."""
    return column if isinstance(column, str) else zlib.decompress(column).decode()


_WORTH_PACKING = 200
_HARDEST = 3  # of ISA-L, which takes a quarter of zlib's time


def pack_evidence(kind: str, code: str, evidence: tuple[Evidence, ...]) -> str:
    """Evidence as a flat JSON list of fours: 0 for the title or 1, start, length, rule.

    Most rules are named after the tag, `sector.trade.en.strong`: that beginning is written `~`.
    """
    own = f"{kind}.{code}."
    column = ""
    for field, start, end, rule in evidence:
        column += f",{_PLACES[field]},{start},{end - start},{_short(own, rule)}"
    return f"[{column[1:]}]"


@lru_cache(maxsize=4_096)  # a few rules earn most tags
def _short(own: str, rule: str) -> str:
    rest = rule.removeprefix(own)
    if rule.startswith(own) and not rest.startswith("~"):
        return pack("~" + rest)
    return pack("~" * rule.startswith("~") + rule)


def unpack_evidence(kind: str, code: str, column: str) -> tuple[Evidence, ...]:
    """What `pack_evidence` packed."""
    flat = iter(json.loads(column))
    own = f"{kind}.{code}."
    return tuple(
        [
            Evidence(_FIELDS[field], start, start + length, _rule(own, rule))
            for field, start, length, rule in zip(flat, flat, flat, flat, strict=True)
        ]
    )


@lru_cache(maxsize=4_096)
def _rule(own: str, rule: str) -> str:
    if rule.startswith("~~"):
        return rule[1:]
    return own + rule[1:] if rule.startswith("~") else rule


_FIELDS: tuple[Field, ...] = get_args(Field)
_PLACES: Mapping[str, int] = {field: place for place, field in enumerate(_FIELDS)}


def tag_row(story: int, tag: Tag) -> tuple[Any, ...]:
    """A tag as a row of `tags`."""
    return (
        story,
        tag.kind,
        tag.code,
        tag.role or "",
        int(tag.about),
        tag.score,
        tag.confidence,
        pack(dict(tag.slots)) if tag.slots else "",
        pack_evidence(tag.kind, tag.code, tag.evidence),
    )


def tag_of(row: tuple[Any, ...]) -> Tag:
    """A tag from the columns kind, code, role, about, score, confidence, slots, evidence."""
    return Tag(
        kind=row[0],
        code=row[1],
        score=row[4],
        confidence=row[5],
        evidence=unpack_evidence(row[0], row[1], row[7]),
        role=row[2] or None,
        about=bool(row[3]),
        slots=tuple(json.loads(row[6]).items()) if row[6] else (),
    )


def pack_quote(quote: Quote | None) -> str | None:
    """A quote as a JSON object, or NULL."""
    if quote is None:
        return None
    return pack({name: getattr(quote, name) for name in Quote.__struct_fields__})


def unpack_quote(column: str | None) -> Quote | None:
    """What `pack_quote` packed."""
    return None if column is None else Quote(**json.loads(column))


def annotation_of(row: tuple[Any, ...]) -> Annotation:
    """An annotation from the columns of `annotations`."""
    (uuid, story, revision, note, quote, created, edited, type, tags, confidence,
     due, done, author) = row  # fmt: skip
    return Annotation(
        *(uuid, StoryId(story), revision, note, _moment(created), _moment(edited)),
        *(unpack_quote(quote), type, unpack_texts(tags), confidence),
        due=date.fromisoformat(due) if due else None,
        done=_moment(done) if done else None,
        author=author,
    )


def annotation_record(annotation: Annotation) -> dict[str, Any]:
    """An annotation as the journal keeps it: what JSON can hold, everything in it."""
    record = {name: getattr(annotation, name) for name in Annotation.__struct_fields__}
    record["quote"] = annotation.quote and {
        name: getattr(annotation.quote, name) for name in Quote.__struct_fields__
    }
    for name in ("created", "edited", "done"):
        record[name] = int(record[name].timestamp()) if record[name] else None
    record["due"] = annotation.due.isoformat() if annotation.due else None
    record["tags"] = list(annotation.tags)
    return record


def recorded_annotation(record: Mapping[str, Any]) -> Annotation:
    """What `annotation_record` made a record of."""
    return Annotation(
        **{
            **record,
            "quote": Quote(**record["quote"]) if record["quote"] else None,
            "created": _moment(record["created"]),
            "edited": _moment(record["edited"]),
            "done": _moment(record["done"]) if record["done"] else None,
            "due": date.fromisoformat(record["due"]) if record["due"] else None,
            "tags": tuple(record["tags"]),
        }
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
