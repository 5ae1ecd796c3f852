"""The words around countries: the cues that speak of what they do, and the little words that tie them in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from functools import cached_property

from msgspec import Struct

from dipread.classify.automaton import Hit

LONGEST = 40
"""The length, in characters, of the longest cue."""

_NO_KINDS: frozenset[str] = frozenset()
"""Near most countries there is no cue."""


class Words(Struct, frozen=True, dict=True):
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

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words before a country that may tell its role: before most stands none of them."""
        return self.inside | self.toward | self.agents | self.owners


class Cues:
    """The cues of a story, to be asked what stands near a mention in the same sentence."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = sorted(hits, key=lambda each: each.start)
        self._starts = [each.start for each in self._hits]
        self._kinds = {each.sense.code for each in self._hits}

    def within(self, start: int, end: int) -> Cues | None:
        """The cues, None where none begins in a stretch of text: most sentences have none."""
        here = bisect_left(self._starts, start)
        return self if here < len(self._starts) and self._starts[here] < end else None

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

    def starts(self, kinds: Set[str]) -> list[int]:
        """Where the cues of some kinds begin."""
        if self._kinds.isdisjoint(kinds):
            return []
        return [each.start for each in self._hits if each.sense.code in kinds]

    def any(self, kinds: Iterable[str]) -> bool:
        """Whether there is a cue of one of the kinds."""
        return not self._kinds.isdisjoint(kinds)

    def all(self, kind: str) -> list[Hit]:
        """Every cue of a kind, in order."""
        return [each for each in self._hits if each.sense.code == kind]
