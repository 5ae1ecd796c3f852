"""Sectors, events and gates: weighted terms, counted by zone, against a threshold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Literal, NamedTuple, cast

from msgspec import Struct

from dipread.classify.automaton import Hit, Sense
from dipread.classify.document import Document
from dipread.classify.sources import Rule
from dipread.classify.spans import Spans
from dipread.model import Tag

Kind = Literal["sector", "event", "gate"]
STRENGTHS = ("strong", "medium", "weak", "presumed")
_START = attrgetter("start")
_SURE = ("strong", "medium")
"""Terms that are believed by themselves, and beside which the presumed ones are."""


class Weights(Struct, frozen=True):
    """The [defaults] of sectors.toml, events.toml or gates.toml."""

    threshold: float
    short_threshold: float
    short_words: int
    max_per_term: int
    strengths: Mapping[str, float]
    zones: Mapping[str, float]

    @classmethod
    def of(cls, rule: Rule) -> Weights:
        """Read the weights; raises ConfigError when one is missing or no number."""
        return cls(
            threshold=rule.number("threshold"),
            short_threshold=rule.number("short_threshold"),
            short_words=int(rule.number("short_words")),
            max_per_term=int(rule.number("max_per_term")),
            strengths={each: rule.number(each) for each in STRENGTHS},
            zones={each: rule.number(each) for each in ("title", "lead", "body")},
        )


def theme_terms(rule: Rule, kind: Kind, weights: Weights) -> Iterator[tuple[str, str, Sense]]:
    """The terms of one sector, event or gate: language (empty for all), term, sense."""
    for language, terms in rule.by_language("terms"):
        for strength in STRENGTHS:
            sense = Sense(
                "theme",
                f"{kind}:{rule.id}",
                f"{kind}.{rule.id}.{language}.{strength}",
                strength,
                weights.strengths[strength],
            )
            for term in terms.texts(strength):
                yield language, term, sense
    veto = Sense("veto", f"{kind}:{rule.id}", f"{kind}.{rule.id}.veto")
    for term in rule.texts("veto"):
        yield "", term, veto


class Theme(NamedTuple):
    """A sector, event or gate that reached its threshold, with the hits that count and its slots."""

    kind: Kind
    code: str
    score: float
    confidence: float
    hits: Sequence[Hit]
    slots: tuple[tuple[str, str], ...] = ()

    def tag(self, document: Document) -> Tag:
        """The tag, each hit a piece of evidence."""
        evidence = tuple(document.evidence(hit.start, hit.end, hit.sense.rule) for hit in self.hits)
        return Tag(self.kind, self.code, self.score, self.confidence, evidence, slots=self.slots)


def themes(
    hits: Sequence[Hit],
    denied: Sequence[Hit],
    spoken_for: Spans,
    document: Document,
    states: bool,
    weights: Mapping[Kind, Weights],
) -> list[Theme]:
    """Sectors, events and gates that reach their threshold.

    `hits` are those of the layer theme in the order of their ends, `denied` those of vetoes; inside `spoken_for` nothing
    counts, but what is the whole of such a span speaks for itself. `states` says whether the story names a state, or who
    acts for one: then what is presumed counts.
    """
    by_code: dict[str, list[Hit]] = defaultdict(list)
    vetoes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    possible: dict[str, None] = {}
    for hit in denied:
        vetoes[hit.sense.code].append((hit.start, hit.end))
    exceed = spoken_for.exceed
    for hit in sorted(reversed(hits), key=_START):  # by start, then the longest first
        if not exceed(hit.start, hit.end):
            sense = hit.sense
            by_code[sense.code].append(hit)
            if sense.kind != "weak":
                possible[sense.code] = None
    found = []
    for code in possible:
        kind, name = _parted(code)
        weight, named = weights[kind], by_code[code]
        if (
            len(named) == 1
            and named[0].sense.kind != "strong"
            and document.words >= weight.short_words
        ):
            continue  # one medium term alone says nothing, as most often there is no more
        counting = _counting(named, vetoes.get(code), states)
        theme = _weigh(kind, name, counting, document, weight)
        if theme is not None:
            found.append(theme)
    return found


@cache
def _parted(code: str) -> tuple[Kind, str]:
    """The kind of a theme and its name."""
    kind, _, name = code.partition(":")
    return cast("Kind", kind), name


def _counting(
    ordered: Sequence[Hit], vetoes: Sequence[tuple[int, int]] | None, states: bool
) -> list[Hit]:
    """The hits that count: of those that overlap the first, the longest and the weightiest; none
    inside a veto; and what is presumed only where a state is named or a sure term stands.
    """
    found: list[Hit] = []
    end = -1
    for hit in ordered:
        if hit.start >= end:
            found.append(hit)
            end = hit.end
        elif _same_words(hit, found[-1]) and hit.sense.weight > found[-1].sense.weight:
            found[-1] = hit
    if vetoes is not None:
        spans = Spans(vetoes)
        found = [hit for hit in found if not spans.contain(hit.start, hit.end)]
    if states or any(hit.sense.kind in _SURE for hit in found):
        return found
    return [hit for hit in found if hit.sense.kind != "presumed"]


def _same_words(one: Hit, other: Hit) -> bool:
    return one.start == other.start and one.end == other.end


def _weigh(
    kind: Kind, code: str, found: Sequence[Hit], document: Document, weights: Weights
) -> Theme | None:
    short = document.words < weights.short_words
    counted: dict[str, int] = defaultdict(int)
    score = 0.0
    strong = 0
    medium: set[tuple[str, bool]] = set()
    text, zones, lead_end = document.folded.text, weights.zones, document.lead_end
    for hit in found:
        start, sense = hit.start, hit.sense
        words = text[start : hit.end]
        times = counted[words]
        if times >= weights.max_per_term:
            continue
        counted[words] = times + 1
        zone = "body" if start >= lead_end else document.zone(start)
        score += sense.weight * zones[zone]
        if sense.kind == "strong":
            strong += 1
        elif sense.kind != "weak":
            medium.add((words, zone == "title"))
    if short:
        given = bool(strong or medium) and score >= weights.short_threshold
    else:
        given = bool(strong or len(medium) > 1) and score >= weights.threshold
    if not given:
        return None
    confidence = round(min(0.95, 0.4 + score / (4 * weights.threshold)), 2)
    return Theme(kind, code, round(score, 2), confidence, found)
