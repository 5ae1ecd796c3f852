"""What a story is nearly about: sectors and events whose words are there, but not enough of them."""

from __future__ import annotations

import sys
from typing import NamedTuple

from msgspec.structs import replace

from dipread.classify.classify import classify
from dipread.classify.document import Document
from dipread.classify.knowledge import Knowledge
from dipread.model import Story, TagKind

SHARE = 0.3
"""What has less than this share of the score it needs is not worth a word."""


class Considered(NamedTuple):
    """A tag that was not given: the score that its words have, and the one that it takes.

    Where the score would do, the words were too few: one that is not sure by itself.
    """

    kind: TagKind
    code: str
    score: float
    needs: float


def considered(story: Story, knowledge: Knowledge) -> list[Considered]:
    """The tags that fell short, the nearest first: found by asking for a share of the score alone."""
    short = Document.of(story).words
    needs = {
        kind: each.short_threshold if short < each.short_words else each.threshold
        for kind, each in knowledge.weights.items()
    }
    lowered = {
        kind: replace(each, short_threshold=needs[kind] * SHARE, short_words=sys.maxsize)
        for kind, each in knowledge.weights.items()
    }  # of a short story one word is enough, so every story is taken for one
    given = {(tag.kind, tag.code) for tag in classify(story, knowledge)}
    gating = replace(knowledge.gating, overshadowed=0.0)  # none that fell short hides another
    found = []
    for tag in classify(story, replace(knowledge, weights=lowered, gating=gating)):
        if tag.kind not in ("sector", "event") or (tag.kind, tag.code) in given:
            continue
        found.append(Considered(tag.kind, tag.code, tag.score, needs[tag.kind]))
    return sorted(found, key=lambda each: (each.needs - each.score, each.code))
