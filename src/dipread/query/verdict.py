"""A reader's word on a tag, as it is written: `+sector:trade` holds, `-country:GE` does not."""

from __future__ import annotations

from typing import NamedTuple

from dipread.errors import UsageError
from dipread.model import Has, TagKind, Vocabulary
from dipread.query.parse import parse_query

JUDGED: tuple[TagKind, ...] = ("country", "pair", "sector", "event", "forum")


class Said(NamedTuple):
    """Whether a story has the tag of a kind and a code."""

    kind: TagKind
    code: str
    holds: bool


def read_verdict(text: str, vocabulary: Vocabulary) -> Said:
    """What a verdict says; without a sign, that the tag holds.

    Raises UsageError (QueryError for a tag that does not exist), naming what to write.


    >>> read_verdict("-sector:trade", Vocabulary({}, {"sector": {"trade": "trade"}}))
    Said(kind='sector', code='trade', holds=False)
    """
    text = text.strip()
    sign, tag = (text[0], text[1:]) if text[:1] in ("+", "-") else ("+", text)
    asked = parse_query(tag, vocabulary)
    for kind in JUDGED:
        if isinstance(asked, Has) and asked.field == kind and len(asked.values) == 1:
            return Said(kind, asked.values[0], sign == "+")
    raise UsageError(
        f"'{text}' is no verdict",
        "Write +sector:trade for a tag that holds, -country:GE for one that does not.",
    )
