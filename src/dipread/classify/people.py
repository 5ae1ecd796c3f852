"""People: full names at once, a surname where the story has earned it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from dipread.classify.automaton import Hit, Layer
from dipread.classify.document import Document

PERSONS: frozenset[Layer] = frozenset({"person", "surname"})
"""The layers of people's names."""

_CAPITALISED_BEFORE = re.compile(r"[^\W\d_]*[^\W\d_A-Z]+ $")


class Person(Struct, frozen=True):
    """An office-holder: `of` is the code of a country or `forum:id`; `since` and `until` are ISO dates,
    empty when unknown or open.
    """

    name: str
    of: str
    role: str
    famous: bool = False
    since: str = ""
    until: str = ""


def earned_surnames(
    surnames: Sequence[Hit],
    named: Iterable[str],
    offices: Sequence[Hit],
    people: Mapping[str, Person],
    document: Document,
) -> list[Hit]:
    """The surnames that stand for a person: their full name is in the story (`named`), an office is
    right before the surname, or nobody else of that name makes the news.
    """
    known = set(named)
    offices_end = {each.end for each in offices}
    kept = []
    for hit in surnames:
        name = hit.sense.code
        office = hit.start - 1 in offices_end
        if not (name in known or office or people[name].famous):
            continue
        if not office and _has_other_given_name(document, hit, name):
            continue
        kept.append(hit)
    return kept


def _has_other_given_name(document: Document, hit: Hit, name: str) -> bool:
    """Whether a capitalised word before the surname, within the sentence, belongs to someone else."""
    here = document.folded.original(hit.start)
    before = document.original[max(0, here - 24) : here]
    match = _CAPITALISED_BEFORE.search(before)
    if match is None:
        return False
    word = match[0].strip()
    at = here - len(match[0])
    starts_sentence = document.original[at - 2] in '.!?\n “"' or at <= 1
    return word[:1].isupper() and not starts_sentence and word not in name
