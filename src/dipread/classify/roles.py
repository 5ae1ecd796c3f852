"""What part each mention plays: actor, addressee, mention, venue or dateline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from dipread.classify.cues import LONGEST, Cues, Words
from dipread.classify.document import Document
from dipread.classify.places import Mention
from dipread.model import Role

REACH = 45
"""How far, in characters, a cue may stand from the country that it speaks of."""

RANK: Mapping[Role, int] = {"actor": 4, "addressee": 3, "mention": 2, "venue": 1, "dateline": 0}

ACTING: frozenset[Role] = frozenset({"actor", "addressee"})

JOINED = 40
"""How far apart, in characters, two countries may stand that are joined."""

BEFALLS = 60
"""How far, in characters, a country may stand from what befalls it."""

PRIVATE = 26
"""How far, in characters, the company or person may stand from the adjective: Italian metal band."""

_STATE = frozenset({"name", "demonym", "phrase", "metonym", "historic"})

_CITY = frozenset({"capital", "region"})

_HISTORIC = frozenset({"historic", "historic_adjective"})

_ACTIVE = frozenset({"metonym", "kanji", "prefix", "person"})
"""Kinds of mention that stand for who acts."""

_EVER = frozenset({"person", "historic_adjective"})
"""Kinds of mention whose role no word before them changes."""

_START, _KIND = attrgetter("start"), attrgetter("kind")

_DOING = frozenset({"speech", "host", "visit", "meet"})

AROUND = 200
"""How far, in characters, from the end of a sentence what is asked around its last mention may lie."""


def roles(
    mentions: Sequence[Mention],
    cues: Cues,
    words: Words,
    venues: frozenset[str],
    dateline: int,
    document: Document,
) -> list[Role]:
    """One role for each mention, in the same order; mentions must be in reading order."""
    given: list[Role] = []
    starts = [*map(_START, mentions[1:]), len(document.folded.text)]
    text_start = document.folded.position(document.text_start)
    opening = closing = -1
    near: Cues | None = None
    for mention, next_start in zip(mentions, starts, strict=False):
        if mention.start >= closing:
            opening, closing = document.bounds(mention.start)
            near = cues.within(opening - LONGEST, closing + AROUND)
        if text_start <= mention.start < dateline:
            given.append("dateline")
        elif near is None:
            given.append(_role_by_itself(mention, opening, cues, words, venues, document))
        else:
            stretch = (opening, closing, next_start)
            given.append(_role(mention, stretch, near, words, venues, document))
    if not ACTING.isdisjoint(given):  # else nobody does as another
        _share(given, mentions, words, document)
    return given


def _share(
    given: list[Role], mentions: Sequence[Mention], words: Words, document: Document
) -> None:
    """Give who is only mentioned, and stands in an enumeration with one who acts, the role of that one: of the one
    before, else of the one behind.
    """
    last = len(given) - 1
    for at, role in enumerate(given):  # and so on from each that was given one
        if (
            role in ACTING
            and at < last
            and given[at + 1] == "mention"
            and _are_joined(mentions[at], mentions[at + 1], words, document)
        ):
            given[at + 1] = role
    for at in range(last, 0, -1):
        if (
            given[at] in ACTING
            and given[at - 1] == "mention"
            and _are_joined(mentions[at - 1], mentions[at], words, document)
        ):
            given[at - 1] = given[at]


def touching(mentions: Sequence[Mention], words: Words, document: Document) -> list[int]:
    """The places of mentions that nothing but signs parts from the next, or words that begin as those do that join two."""
    text, joins = document.folded.text, words.joins
    found: list[int] = []
    for at, (first, second) in enumerate(pairwise(mentions)):
        end, start = first.end, second.start
        if start - end <= JOINED:
            said = text[end:start].split(None, 1)
            if not said or said[0] in joins:
                found.append(at)
    return found


def _are_joined(first: Mention, second: Mention, words: Words, document: Document) -> bool:
    """Whether two mentions stand beside one another in an enumeration; `Mosul, Iraq` is one place."""
    if second.start - first.end > JOINED:
        return False
    gap = document.folded.text[first.end : second.start]
    if are_joined(gap, words):
        return True
    return gap == "  " and (
        first.start < document.title_end or (first.kind in _STATE and second.kind in _STATE)
    )


def are_joined(gap: str, words: Words) -> bool:
    """Whether the words between two countries join them: `and`, `et la`."""
    first = gap.split(None, 1)
    if not first or first[0] not in words.joins:
        return False
    return all(each in words.opens for each in gap.split()[1:])


def living(
    mentions: Sequence[Mention], given: Sequence[Role], past: tuple[str, ...], document: Document
) -> tuple[list[Mention], list[Role]]:
    """The mentions and roles without those of states that are no more and do nothing in this story.

    A story with none of the words of the `past` is of that state's own time, and tells of it as of any
    other; its adjective then counts beside its name.
    """
    if _HISTORIC.isdisjoint(map(_KIND, mentions)):
        return list(mentions), list(given)
    named = any(mention.kind == "historic" for mention in mentions)
    present = named and not document.has_any(past)
    kept = [
        (mention, role)
        for mention, role in zip(mentions, given, strict=True)
        if present or mention.kind not in _HISTORIC or role in ACTING
    ]
    return [mention for mention, _ in kept], [role for _, role in kept]


def _role_by_itself(
    mention: Mention,
    opening: int,
    cues: Cues,
    words: Words,
    venues: frozenset[str],
    document: Document,
) -> Role:
    """The role of a mention with no cue behind it: what the word before it and its place say."""
    text, kind, start = document.folded.text, mention.kind, mention.start
    at = text.rfind(" ", 0, start - 1) + 1
    previous = text[at : start - 1]
    if previous in words.opens:  # an article, or nothing
        at, previous = _previous(text, start, words)
    if previous in words.telling:
        if kind in _CITY and previous in words.inside:
            name = text[start : mention.end]
            return "venue" if kind == "capital" or name in venues else "mention"
        if kind in _STATE:
            if previous in words.toward:
                return "addressee"
            if previous in words.agents or _is_owned(at, previous, words, cues):
                return "actor"
        if kind not in _EVER and previous in words.inside:
            before = cues.kinds_before(start, max(opening, start - BEFALLS))
            return "addressee" if "befall" in before else "mention"
    if kind == "historic_adjective":
        return "mention"
    if kind in _ACTIVE:
        return "actor"
    if previous and at >= opening:  # a word stands before it in its sentence
        return "mention"
    return "actor" if _opens(mention, opening, words, document) else "mention"


def _role(
    mention: Mention,
    stretch: tuple[int, int, int],
    cues: Cues,
    words: Words,
    venues: frozenset[str],
    document: Document,
) -> Role:
    """The role of a mention in a sentence with cues; the `stretch` is where that sentence begins and ends, and where
    the next mention begins.
    """
    text, kind = document.folded.text, mention.kind
    opening, closing, next_start = stretch
    near = cues.kinds_before(mention.start, max(opening, mention.start - 16))
    if kind in _CITY and "report" in near | cues.kinds_after(opening, opening + 4):
        return "dateline"
    if "list" in near:
        return "mention"
    alone = not cues.within(mention.end, mention.end + REACH)
    if alone and kind not in _CITY:
        if "target" in near and kind != "prefix":
            return "addressee"
        return _role_by_itself(mention, opening, cues, words, venues, document)
    at, previous = _previous(text, mention.start, words)
    if kind in _CITY and previous in words.inside:
        before = cues.kinds_before(mention.start, max(opening, mention.start - BEFALLS))
        name = text[mention.start : mention.end]
        met = cues.between(opening, closing, "talks") is not None
        if "befall" in before and not met:
            return "addressee"
        return "venue" if name in venues or met or kind == "capital" else "mention"
    if "target" in near and kind != "prefix":
        return "addressee"
    if alone:
        return _role_by_itself(mention, opening, cues, words, venues, document)
    close = cues.kinds_after(mention.end, min(closing, mention.end + 14))
    if _is_private(mention, cues, closing, document) and not close & {"office", "befall"}:
        return "mention"
    if previous in words.toward and kind in _STATE:
        return "addressee"
    if previous in words.agents and kind in _STATE:
        return "actor"
    if kind == "person":
        return "actor"
    if kind in _STATE and "matter" in cues.kinds_after(mention.end, mention.end + 2):
        return "addressee"
    if "office" in close and kind != "region":
        return "actor"
    if kind == "historic_adjective":
        return "actor" if "dealing" in close else "mention"
    if kind in _STATE and _is_owned(at, previous, words, cues):
        return "actor"
    if previous in words.inside:
        before = cues.kinds_before(mention.start, max(opening, mention.start - BEFALLS))
        return "addressee" if "befall" in before else "mention"
    reach = min(closing, mention.end + REACH)
    unshared = cues.kinds_after(mention.end, min(reach, next_start))
    if not unshared.isdisjoint(_DOING) or kind in _ACTIVE:
        return "actor"
    if kind == "capital" and "speech" in cues.kinds_after(mention.end, reach):
        return "actor"
    if previous and at >= opening:
        return "mention"
    return "actor" if _opens(mention, opening, words, document) else "mention"


def _is_owned(at: int, previous: str, words: Words, cues: Cues) -> bool:
    """Whether the word before a state, at a position, makes it the owner of an office: the president of Chile."""
    return previous in words.owners and "office" in cues.kinds_before(at, at - 2)


def _opens(mention: Mention, opening: int, words: Words, document: Document) -> bool:
    """Whether a mention opens its sentence; in the title its adjective says nothing by that."""
    if mention.start < document.title_end:
        return mention.kind != "demonym" and document.opens(mention.start, words.opens)
    return document.folded.text[opening : mention.start].strip() in words.opens


def _previous(text: str, start: int, words: Words) -> tuple[int, str]:
    """Where the word before a position begins, and the word, past an article."""
    end = start - 1
    at = text.rfind(" ", 0, end) + 1
    if at < end and text[at:end] in words.opens:
        end = at - 1
        at = text.rfind(" ", 0, end) + 1
    return at, text[at:end]


def _is_private(mention: Mention, cues: Cues, closing: int, document: Document) -> bool:
    """Whether the place only describes a company or a person who holds no office: an Italian metal band,
    a London-based firm.
    """
    if mention.kind == "demonym":
        return "private" in cues.kinds_after(mention.end, min(closing, mention.end + PRIVATE))
    there = document.folded.original(mention.end)
    return document.original[there] == "-" and "private" in cues.kinds_after(
        mention.end, mention.end + 2
    )
