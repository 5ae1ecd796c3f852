"""Commitments: what states say they will do, quoted from the sentence that says so."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dipread.classify.automaton import Hit
from dipread.classify.cues import Cues, Words
from dipread.classify.document import Document
from dipread.classify.places import Mention
from dipread.classify.roles import ACTING
from dipread.model import Evidence, Role, Tag

SHORTEST = 3
"""How many words a promise has at least, beside its verb."""

NEAREST = 12
"""How many mentions before a verb are looked at."""

MOST_PARTIES = 4
"""With more states acting, `the leaders` says nothing of who promised."""


class Promising(Struct, frozen=True):
    """[promise] of relations.toml: what each grade is worth, and the folded words that end a promise or
    take back its verb.
    """

    worth: Mapping[str, float]
    until: tuple[str, ...]
    unless_after: tuple[str, ...]


def commitments(
    hits: Sequence[Hit],
    mentions: Sequence[Mention],
    roles: Sequence[Role],
    cues: Cues,
    words: Words,
    promising: Promising,
    document: Document,
) -> list[Tag]:
    """A tag for each grade and set of parties, `political.IT-JP`, with a quote for each promise.

    `hits` are those of the layer promise, in reading order; a sentence gives one quote for each verb.
    """
    if not hits:
        return []
    acting = [mention for mention, role in zip(mentions, roles, strict=True) if role in ACTING]
    starts = [mention.start for mention in acting]
    everyone = {code for mention in acting for code in mention.codes}
    found: dict[tuple[str, tuple[str, ...]], list[Evidence]] = defaultdict(list)
    end = 0
    for hit in hits:
        taken_back = document.folded.text.endswith(promising.unless_after, 0, hit.start)
        if hit.start < end or (taken_back and hit.sense.kind == "active"):
            continue
        opening, closing = document.bounds(hit.start)
        before = acting[bisect_left(starts, opening) : bisect_left(starts, hit.start)][-NEAREST:]
        parties = {code for mention in before for code in mention.codes}
        if not parties and (
            hit.sense.kind == "passive"
            or cues.kinds_before(hit.start, opening) & {"both", "office", "parties"}
        ):
            parties = everyone if len(everyone) <= MOST_PARTIES else set()
        start, end = _quoted(hit, before, opening, closing, cues, words, promising, document)
        verb = document.folded.text[hit.start : hit.end].split()
        promised = document.folded.text[start:end].split()
        if parties and len(promised) >= SHORTEST + len(verb):
            quote = document.evidence(start, end, hit.sense.rule)
            found[hit.sense.code, tuple(sorted(parties))].append(quote)
    return [
        Tag(
            "commitment",
            f"{grade}.{'-'.join(parties)}",
            round(promising.worth[grade] * len(quotes), 2),
            min(0.95, promising.worth[grade] / 5),
            tuple(quotes),
            slots=(("grade", grade), ("parties", " ".join(parties))),
        )
        for (grade, parties), quotes in found.items()
    ]


def _quoted(
    hit: Hit,
    before: Sequence[Mention],
    opening: int,
    closing: int,
    cues: Cues,
    words: Words,
    promising: Promising,
    document: Document,
) -> tuple[int, int]:
    """Where the promise begins, with its subject where that is right before the verb, and ends."""
    text = document.folded.text
    start, end = hit.start, hit.end
    if hit.sense.kind != "active":
        said = cues.last("speech", opening, hit.start)
        start = said.end if said else opening
    else:
        for mention in reversed(before):
            gap = text[mention.end : start].strip()
            if gap and gap not in words.joins:
                break
            start = mention.start
    if hit.sense.kind != "passive":
        stops = [at for each in promising.until if (at := text.find(each, hit.end, closing)) > 0]
        end = min([closing, *stops])
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
