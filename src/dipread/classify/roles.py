"""What part each mention plays: actor, addressee, mention, venue or dateline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from msgspec import Struct

from dipread.classify.automaton import Hit
from dipread.classify.document import Document
from dipread.classify.places import Mention
from dipread.model import Role

REACH = 45
"""How far, in characters, a cue may stand from the country that it speaks of."""

RANK: Mapping[Role, int] = {"actor": 4, "addressee": 3, "mention": 2, "venue": 1, "dateline": 0}

ACTING: frozenset[Role] = frozenset({"actor", "addressee"})

LONGEST = 40
"""The length, in characters, of the longest cue."""

BEFALLS = 60
"""How far, in characters, a country may stand from what befalls it."""

PRIVATE = 26
"""How far, in characters, the company or person may stand from the adjective: Italian metal band."""

_STATE = frozenset({"name", "demonym", "phrase", "metonym", "historic"})

_CITY = frozenset({"capital", "region"})

_HISTORIC = frozenset({"historic", "historic_adjective"})


_NO_KINDS: frozenset[str] = frozenset()
"""Near most countries there is no cue."""


class Words(Struct, frozen=True):
    """The little words of one language around countries: before one that things happen `inside`, that is
    acted `toward`, that acts (`agents`: signed by Italy), whose
    office was named (`owners`: the president of Chile, the authorities in Chile); what joins two, stands before two, opens a sentence.
    """

    inside: frozenset[str] = frozenset()
    toward: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset({""})


class Cues:
    """The cues of a story, to be asked what stands near a mention in the same sentence."""

    def __init__(self, hits: Sequence[Hit], document: Document) -> None:
        self._hits = sorted(hits, key=lambda each: each.start)
        self._starts = [each.start for each in self._hits]
        self._document = document

    def near(self, start: int, end: int) -> Cues:
        """What may be asked about a stretch of text, which is answered at once where no cue begins in it."""
        here = bisect_left(self._starts, start)
        return self if here < len(self._starts) and self._starts[here] < end else _SILENCE

    def kinds_after(self, position: int, limit: int) -> Set[str]:
        """The kinds of cue that begin between `position` and `limit`."""
        here = bisect_left(self._starts, position)
        there = bisect_left(self._starts, limit, here)
        if here == there:
            return _NO_KINDS
        return {each.sense.code for each in self._hits[here:there]}

    def kinds_before(self, position: int, limit: int) -> Set[str]:
        """The kinds of cue that end between `limit` and `position`."""
        here = bisect_left(self._starts, limit - LONGEST)
        there = bisect_left(self._starts, position, here)
        if here == there:
            return _NO_KINDS
        return {each.sense.code for each in self._hits[here:there] if limit < each.end <= position}

    def between(self, start: int, end: int, kind: str) -> Hit | None:
        """The first cue of a kind that lies between two positions."""
        here, there = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for each in self._hits[here:there]:
            if each.sense.code == kind and each.end <= end:
                return each
        return None

    def last(self, kind: str, start: int, end: int) -> Hit | None:
        """The last cue of a kind that begins between two positions."""
        here, there = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return next(
            (hit for hit in reversed(self._hits[here:there]) if hit.sense.code == kind), None
        )

    def all(self, kind: str) -> list[Hit]:
        """Every cue of a kind, in order."""
        return [each for each in self._hits if each.sense.code == kind]


class Silence(Cues):
    """What there is to ask of a sentence without a cue, as most are."""

    def __init__(self) -> None: ...

    def kinds_after(self, position: int, limit: int) -> Set[str]:
        """No kind."""
        return _NO_KINDS

    def kinds_before(self, position: int, limit: int) -> Set[str]:
        """No kind."""
        return _NO_KINDS

    def between(self, start: int, end: int, kind: str) -> Hit | None:
        """No cue."""
        return None


_SILENCE = Silence()


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
    starts = [each.start for each in mentions]
    text_start = document.folded.position(document.text_start)
    for mention in mentions:
        if text_start <= mention.start < dateline:
            given.append("dateline")
        else:
            given.append(_role(mention, starts, cues, words, venues, document))
    joined = [
        at
        for at, (first, second) in enumerate(pairwise(mentions))
        if _are_joined(first, second, words, document)
    ]
    for at in (*joined, *reversed(joined)):
        given[at : at + 2] = _shared(given[at], given[at + 1])
    return given


def are_joined(gap: str, words: Words) -> bool:
    """Whether the words between two countries join them: `and`, `et la`."""
    first = gap.split(None, 1)
    if (first[0] if first else "") not in words.joins:
        return False
    return all(each in words.opens for each in gap.split()[1:])


def _are_joined(first: Mention, second: Mention, words: Words, document: Document) -> bool:
    """Whether two mentions stand beside one another in an enumeration; `Mosul, Iraq` is one place."""
    gap = document.folded.text[first.end : second.start]
    if gap.strip():
        return are_joined(gap, words)
    return gap == "  " and (
        first.start < document.title_end or (first.kind in _STATE and second.kind in _STATE)
    )


def _shared(first: Role, second: Role) -> tuple[Role, Role]:
    """The roles of two that stand in one enumeration: who is only mentioned does as the other."""
    if first in ACTING and second == "mention":
        return first, first
    if second in ACTING and first == "mention":
        return second, second
    return first, second


def living(
    mentions: Sequence[Mention], given: Sequence[Role], past: tuple[str, ...], document: Document
) -> tuple[list[Mention], list[Role]]:
    """The mentions and roles without those of states that are no more and do nothing in this story.

    A story with none of the words of the `past` is of that state's own time, and tells of it as of any
    other; its adjective then counts beside its name.
    """
    if not any([mention.kind in _HISTORIC for mention in mentions]):
        return list(mentions), list(given)
    named = any(mention.kind == "historic" for mention in mentions)
    present = named and not document.has_any(past)
    kept = [
        (mention, role)
        for mention, role in zip(mentions, given, strict=True)
        if present or mention.kind not in _HISTORIC or role in ACTING
    ]
    return [mention for mention, _ in kept], [role for _, role in kept]


def _role(
    mention: Mention,
    starts: Sequence[int],
    cues: Cues,
    words: Words,
    venues: frozenset[str],
    document: Document,
) -> Role:
    text, all_cues = document.folded.text, cues
    opening, closing = document.bounds(mention.start)
    cues = cues.near(opening - LONGEST, max(closing, mention.end) + REACH)
    near = cues.kinds_before(mention.start, max(opening, mention.start - 16))
    if mention.kind in _CITY and "report" in near | cues.kinds_after(opening, opening + 4):
        return "dateline"
    if "list" in near:
        return "mention"
    at, previous = _previous(text, mention.start, words)
    if mention.kind in _CITY and previous in words.inside:
        before = cues.kinds_before(mention.start, max(opening, mention.start - BEFALLS))
        name = text[mention.start : mention.end]
        met = cues.between(opening, closing, "talks") is not None
        if "befall" in before and not met:
            return "addressee"
        return "venue" if name in venues or met or mention.kind == "capital" else "mention"
    if "target" in near and mention.kind != "prefix":
        return "addressee"
    close = cues.kinds_after(mention.end, min(closing, mention.end + 14))
    if _is_private(mention, cues, closing, document) and not close & {"office", "befall"}:
        return "mention"
    if previous in words.toward and mention.kind in _STATE:
        return "addressee"
    if previous in words.agents and mention.kind in _STATE:
        return "actor"
    if mention.kind == "person":
        return "actor"
    if mention.kind in _STATE and "matter" in cues.kinds_after(mention.end, mention.end + 2):
        return "addressee"
    if "office" in close and mention.kind != "region":
        return "actor"
    if mention.kind == "historic_adjective":
        return "actor" if "dealing" in close else "mention"
    if (
        mention.kind in _STATE
        and previous in words.owners
        and "office" in all_cues.kinds_before(at, at - 2)
    ):
        return "actor"
    if previous in words.inside:
        before = cues.kinds_before(mention.start, max(opening, mention.start - BEFALLS))
        return "addressee" if "befall" in before else "mention"
    reach = min(closing, mention.end + REACH)
    following = bisect_right(starts, mention.start)
    next_start = starts[following] if following < len(starts) else len(text)
    unshared = cues.kinds_after(mention.end, min(reach, next_start))
    if "speech" in unshared or "host" in unshared or "visit" in unshared or "meet" in unshared:
        return "actor"
    if mention.kind in ("metonym", "kanji", "prefix"):
        return "actor"
    if mention.kind == "capital" and "speech" in cues.kinds_after(mention.end, reach):
        return "actor"
    if mention.start < document.title_end:
        opens = mention.kind != "demonym" and document.opens(mention.start, words.opens)
    else:
        opens = text[opening : mention.start].strip() in words.opens
    return "actor" if opens else "mention"


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
