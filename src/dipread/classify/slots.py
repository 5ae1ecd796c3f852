"""What an event tag fills in: who hosts whom, and whether it has happened."""

from __future__ import annotations

from collections.abc import Sequence

from dipread.classify.cues import Cues
from dipread.classify.document import Document
from dipread.classify.places import Mention
from dipread.classify.roles import REACH
from dipread.model import Tag

MOST_CUES = 12
"""How many cues of hosting and of travelling are looked at: stories say who came to whom early on."""

MOST_EVIDENCE = 2
"""How many of an event's pieces of evidence are looked at for its stage."""

Slots = tuple[tuple[str, str], ...]


def stage(tag: Tag, cues: Cues, document: Document) -> Slots:
    """Where an event stands, by the words around its first evidence: planned, cancelled or denied; a
    past event, the usual case, has no such slot.
    """
    for each in tag.evidence[:MOST_EVIDENCE]:
        start, end = document.positions(each)
        opening, closing = document.bounds(start)
        around = cues.kinds_before(start, max(opening, start - REACH)) | cues.kinds_after(
            start, min(closing, end + REACH)
        )
        for kind in ("cancelled", "denied", "planned"):
            if kind in around:
                return (("stage", kind),)
    return ()


def visitors(mentions: Sequence[Mention], cues: Cues, document: Document) -> Slots:
    """Host and visitor, from the first cue of hosting or travelling with a country on either side."""
    for kind, before_is in (("host", "host"), ("visit", "visitor")):
        for cue in cues.all(kind)[:MOST_CUES]:
            opening, closing = document.bounds(cue.start)
            near = [each for each in mentions if opening <= each.start < closing]
            before = [each for each in near if each.end <= cue.start]
            after = [each for each in near if each.start >= cue.end]
            if before and after and before[-1].codes != after[0].codes:
                other = "visitor" if before_is == "host" else "host"
                pair = ((before_is, before[-1].codes[0]), (other, after[0].codes[0]))
                return tuple(sorted(pair))
    return ()
