"""From mentions, forums and people found to their tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dipread.classify.about import Prominence
from dipread.classify.automaton import Hit, of_layers
from dipread.classify.document import Document
from dipread.classify.people import PERSONS, Person
from dipread.classify.places import Mention
from dipread.classify.roles import RANK
from dipread.model import Evidence, Role, Tag

_ZONE_WEIGHT = {"title": 2.0, "lead": 1.3, "body": 1.0}
_WORTH = {role: 0.5 + rank / 4 for role, rank in RANK.items()}


def country_tags(
    mentions: Sequence[Mention], parts: Sequence[Role], prominence: Prominence, document: Document
) -> list[Tag]:
    """A tag for each country, in the weightiest of its roles; `parts` are the roles of `mentions`.

    A story that is plainly about none is about the weightiest.
    """
    found: dict[str, list[tuple[Mention, Role]]] = defaultdict(list)
    for each in zip(mentions, parts, strict=True):
        for code in each[0].codes:
            found[code].append(each)
    tags = []
    about = prominence.about(found, document)
    lead_end, shown, in_body = document.lead_end, document.evidence, _ZONE_WEIGHT["body"]
    for code, named in found.items():
        mention, weightiest = named[0]
        start, sure = mention.start, mention.sure
        weight = in_body if start >= lead_end else _ZONE_WEIGHT[document.zone(start)]
        score = weight * _WORTH[weightiest]
        evidence: tuple[Evidence, ...] = (shown(start, mention.end, mention.rule),)
        for mention, role in named[1:]:
            start = mention.start
            weight = in_body if start >= lead_end else _ZONE_WEIGHT[document.zone(start)]
            score += weight * _WORTH[role]
            sure = sure or mention.sure
            if role != weightiest and RANK[role] > RANK[weightiest]:
                weightiest = role
            evidence += (shown(start, mention.end, mention.rule),)
        worth, confidence = _strength(score, sure)
        tags.append(Tag("country", code, worth, confidence, evidence, weightiest, code in about))
    if tags and not any(tag.about for tag in tags):
        first = min(range(len(tags)), key=lambda at: (-tags[at].score, tags[at].code))
        tags[first] = replace(tags[first], about=True)
    return tags


@lru_cache(maxsize=1024)  # most countries are named once or twice
def _strength(score: float, sure: bool) -> tuple[float, float]:
    """The score of a country as it is kept, and the confidence that it gives."""
    return round(score, 2), round(min(0.97, 0.55 + 0.08 * score) * (1 if sure else 0.7), 2)


def forum_tags(forums: Sequence[tuple[str, int, int, str]], document: Document) -> list[Tag]:
    """A tag for each forum; `forums` are (id, start, end, rule)."""
    found: dict[str, list[tuple[float, Evidence]]] = defaultdict(list)
    for code, start, end, rule in forums:
        weight = _ZONE_WEIGHT[document.zone(start)]
        found[code].append((weight, document.evidence(start, end, rule)))
    return [
        Tag(
            "forum",
            code,
            round(score := sum(weight for weight, _ in each), 2),
            round(min(0.97, 0.7 + 0.05 * score), 2),
            tuple(evidence for _, evidence in each),
        )
        for code, each in found.items()
    ]


def person_tags(
    settled: Sequence[Hit], people: Mapping[str, Person], document: Document
) -> list[Tag]:
    """A tag for each person among the hits, under their own name, however it is spelt in the story."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in of_layers(settled, PERSONS):
        found[hit.sense.code].append(hit)
    return [
        Tag(
            "person",
            name,
            round(sum(_ZONE_WEIGHT[document.zone(hit.start)] for hit in each), 2),
            0.95 if any(hit.sense.layer == "person" for hit in each) else 0.75,
            tuple(
                document.evidence(hit.start, hit.end, hit.sense.rule)
                for hit in sorted(each, key=lambda hit: hit.start)
            ),
            slots=(("of", people[name].of),),
        )
        for name, each in found.items()
    ]
