"""Pairs of countries, from what the text says of the two together, never from mere nearness."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain, compress
from operator import attrgetter

from msgspec.structs import replace

from dipread.classify.cues import Cues, Words
from dipread.classify.document import Document
from dipread.classify.places import Mention
from dipread.classify.roles import ACTING, are_joined, touching
from dipread.model import Evidence, Role, Tag

BETWEEN = (("host", "host_guest"), ("visit", "visit"), ("meet", "meet"), ("target", "target"))
"""Kinds of cue that tie the country before them to the one after, and the name of the tie."""

_TYING = frozenset(kind for kind, _ in BETWEEN)

_ELSEWHERE: frozenset[Role] = frozenset({"dateline", "venue"})
"""Whoever only reports from a place, or lends it, is tied to nobody there."""

_CODES = attrgetter("codes")

_HYPHENS = frozenset("-–—/‐‑")

GAP = 90
"""How far apart, in characters, the two ends of a cue may be."""


def pairs(
    mentions: Sequence[Mention],
    roles: Sequence[Role],
    cues: Cues,
    words: Words,
    worth: Mapping[str, float],
    multilateral: bool,
    document: Document,
) -> list[Tag]:
    """The pairs a story speaks of, strongest first, at most `worth["most"]`.

    Two that are named side by side but deep in the text, and never again, are a list, not a pair.
    With three actors or more at a `multilateral` occasion only a cue that names the two makes a pair.
    """
    found: dict[str, list[tuple[float, Evidence]]] = defaultdict(list)

    def keep(first: Mention, second: Mention, cue: str) -> None:
        zone = 1.3 if document.zone(first.start) != "body" else 1.0
        for one in first.codes:
            for other in second.codes:
                if one != other:
                    evidence = document.evidence(first.start, second.end, f"pair.{cue}")
                    found["-".join(sorted((one, other)))].append((worth[cue] * zone, evidence))

    if len(mentions) < 2 and max(map(len, map(_CODES, mentions)), default=0) < 2:
        return []
    placed, given = mentions, roles
    if not _ELSEWHERE.isdisjoint(roles):
        here = [role not in _ELSEWHERE for role in roles]
        placed, given = [*compress(mentions, here)], [*compress(roles, here)]
    beside = frozenset(touching(placed, words, document))
    farthest = 4 if cues.any(_TYING) else 2
    for at in _worth_a_look(placed, beside, cues):
        first = placed[at]
        if len(first.codes) == 2:
            keep(
                replace(first, codes=first.codes[:1]),
                replace(first, codes=first.codes[1:]),
                "hyphen",
            )
        sentence = document.sentence(first.start)
        others: set[tuple[str, ...]] = set()
        for next_to in range(at + 1, min(at + farthest, len(placed))):
            second = placed[next_to]
            if second.start - first.end > GAP or document.sentence(second.start) != sentence:
                break
            if others and not others <= {first.codes, second.codes}:
                break
            others.add(second.codes)
            bound = ""
            if next_to == at + 1 and at in beside:
                bound = _beside(at, placed, cues, words, document)
            cue = bound or _between(first, second, cues)
            if cue == "joined_actors" and first.start >= document.lead_end:
                times = Counter(chain.from_iterable(map(_CODES, placed)))
                named_again = all(times[code] > 1 for code in (*first.codes, *second.codes))
                cue = cue if named_again else ""
            if cue and (cue != "target" or given[at] in ACTING):
                keep(first, second, cue)
    acting = _acting(mentions, roles)
    if not multilateral or len(acting) == 2:
        _add_two(acting, cues, document, worth, found)
    ranked = sorted(
        ((sum(weight for weight, _ in each), code) for code, each in found.items()),
        key=lambda each: (-each[0], each[1]),
    )
    best = ranked[0][0] if ranked else 0.0
    return [
        Tag(
            "pair",
            code,
            round(score, 2),
            round(min(0.95, 0.5 + score / 20), 2),
            tuple(dict.fromkeys(evidence for _, evidence in found[code])),
        )
        for score, code in ranked[: int(worth["most"])]
        if score >= best / 4
    ]


def _worth_a_look(placed: Sequence[Mention], beside: Set[int], cues: Cues) -> Iterable[int]:
    """The places of mentions that something may tie to another: most stand by themselves, and far from such a cue."""
    found = set(beside)
    if max(map(len, map(_CODES, placed)), default=0) > 1:
        found.update(at for at, each in enumerate(placed) if len(each.codes) == 2)
    tying = cues.starts(_TYING)
    if tying:
        for at, each in enumerate(placed):
            nearest = bisect_left(tying, each.end)
            if nearest < len(tying) and tying[nearest] - each.end < GAP:
                found.add(at)
    return sorted(found)


def _acting(mentions: Sequence[Mention], roles: Sequence[Role]) -> dict[str, list[Mention]]:
    """The countries that act or are acted upon, with the mentions that say so; a city is no state."""
    acting: dict[str, list[Mention]] = defaultdict(list)
    for mention in compress(mentions, map(ACTING.__contains__, roles)):
        if mention.kind != "region":
            for code in mention.codes:
                acting[code].append(mention)
    return acting


def _add_two(
    acting: Mapping[str, Sequence[Mention]],
    cues: Cues,
    document: Document,
    worth: Mapping[str, float],
    found: dict[str, list[tuple[float, Evidence]]],
) -> None:
    """Exactly two acting countries are a pair, the more so when the text speaks of two sides.

    Without such words both must act early on: deep in a story anyone may say something.
    """
    early = {
        code: mentions for code, mentions in acting.items() if mentions[0].start < document.lead_end
    }
    acting = early if len(early) == 2 else acting
    if len(acting) != 2 or not (acting is early or cues.all("both")):
        return
    code = "-".join(sorted(acting))
    for mentions in acting.values():
        first = mentions[0]
        evidence = document.evidence(first.start, first.end, "pair.two_actors")
        found[code].append((worth["two_actors"] / 2, evidence))
    for cue in cues.all("both")[:2]:
        evidence = document.evidence(cue.start, cue.end, "pair.two_sides")
        found[code].append((worth["two_sides"], evidence))


def _between(first: Mention, second: Mention, cues: Cues) -> str:
    """The cue that stands between two mentions and binds them, empty when none does."""
    if cues.within(first.end, second.start):
        for kind, cue in BETWEEN:
            if cues.between(first.end, second.start, kind):
                return cue
    return ""


def _beside(
    at: int, placed: Sequence[Mention], cues: Cues, words: Words, document: Document
) -> str:
    """How a mention and the next are bound when only a sign or a little word parts them: a hyphen, `and`, the comma
    of a headline; empty when they are not.
    """
    first, second = placed[at], placed[at + 1]
    text = document.folded.text
    gap = text[first.end : second.start]
    joined = are_joined(gap, words)
    here, there = document.folded.span(first.end, second.start)
    original = document.original[here:there]
    if original in _HYPHENS or (first.kind == "kanji" == second.kind and not gap):
        return "hyphen"
    if joined:
        before = text[max(0, first.start - 20) : first.start].split()
        if before and before[-1] in words.between:
            return "between"
    in_title = first.start < document.title_end
    comma = in_title and original == ", "
    if (comma or joined) and not _is_listed(second, at, placed, words, document):
        acts = cues.kinds_after(second.end, second.end + 40) & {"speech", "meet"}
        if acts or (in_title and document.opens(first.start, words.opens)):
            return "title_comma" if comma else "joined_actors"
    return ""


def _is_listed(
    second: Mention, at: int, placed: Sequence[Mention], words: Words, document: Document
) -> bool:
    """Whether the mention at a place and the one after it stand in a list with another beside them."""
    if at and _is_list(placed[at - 1], placed[at], document):
        return True
    third = placed[at + 2] if at + 2 < len(placed) else None
    return third is not None and (
        _is_list(second, third, document) or _is_joined(second, third, words, document)
    )


def _is_list(first: Mention, second: Mention, document: Document) -> bool:
    here, there = document.folded.original(first.end), document.folded.original(second.start)
    return document.original[here:there] == ", "


def _is_joined(first: Mention, second: Mention, words: Words, document: Document) -> bool:
    return are_joined(document.folded.text[first.end : second.start], words)
