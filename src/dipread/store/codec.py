"""Nouns to columns and back: JSON for what is only ever read whole."""

from __future__ import annotations

import json
from typing import Any

from dipread.model import Evidence, Link, Quote, Tag


def pack(value: Any) -> str:
    """Compact JSON, the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack_links(links: tuple[Link, ...]) -> str:
    """Links as `[[start, end, url], ...]`."""
    return pack([[link.start, link.end, link.url] for link in links])


def unpack_links(column: str) -> tuple[Link, ...]:
    """What `pack_links` packed."""
    return tuple(Link(*each) for each in json.loads(column))


def unpack_texts(column: str) -> tuple[str, ...]:
    """A packed tuple of texts."""
    return tuple(json.loads(column))


def tag_row(story: int, tag: Tag, rules: str) -> tuple[Any, ...]:
    """A tag as a row of `tags`."""
    return (
        story,
        tag.kind,
        tag.code,
        tag.role or "",
        int(tag.about),
        tag.score,
        tag.confidence,
        pack(dict(tag.slots)),
        pack([[each.field, each.start, each.end, each.rule] for each in tag.evidence]),
        rules,
    )


def tag_of(row: tuple[Any, ...]) -> Tag:
    """A tag from the columns kind, code, role, about, score, confidence, slots, evidence."""
    return Tag(
        kind=row[0],
        code=row[1],
        score=row[4],
        confidence=row[5],
        evidence=tuple(Evidence(*each) for each in json.loads(row[7])),
        role=row[2] or None,
        about=bool(row[3]),
        slots=tuple(json.loads(row[6]).items()),
    )


def pack_quote(quote: Quote | None) -> str | None:
    """A quote as a JSON object, or NULL."""
    if quote is None:
        return None
    return pack({name: getattr(quote, name) for name in Quote.__slots__})


def unpack_quote(column: str | None) -> Quote | None:
    """What `pack_quote` packed."""
    return None if column is None else Quote(**json.loads(column))
