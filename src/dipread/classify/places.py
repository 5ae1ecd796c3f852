"""Where a text names a country: places found, decided when ambiguous, dropped when they are a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from dipread.classify.automaton import Hit
from dipread.classify.dateline import Dateline
from dipread.classify.document import Document
from dipread.classify.fold import fold_alias

_WORD = re.compile(r"[^\W\d_]+")
_CITY = frozenset({"capital", "region"})
"""The kinds of place that may be anybody's second name; of the others only some are `risky`."""


class Mention(Struct, frozen=True):
    """Words that stand for one country or, in a compound, for several. Positions are folded.

    `kind` is name, demonym, capital, region, metonym, prefix or person; `sure` is false where a
    decision list had to guess.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    kind: str
    rule: str
    sure: bool = True


class Alternative(Struct, frozen=True):
    """One rule of a decision list; its words are folded, with a blank around each, but for `if_written`:
    the word itself as the original has it.
    """

    code: str
    if_any: tuple[str, ...] = ()
    unless_any: tuple[str, ...] = ()
    if_next: frozenset[str] = frozenset()
    if_written: frozenset[str] = frozenset()


class Decision(Struct, frozen=True):
    """What an ambiguous word means, by the words around it and elsewhere in the text."""

    otherwise: str
    alternatives: tuple[Alternative, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    unsure: bool = False

    def decide(self, document: Document, start: int, end: int) -> tuple[str, bool]:
        """The code (empty: nobody) of the word at `start`, and whether it is sure."""
        text = document.folded.text
        before, after = text[max(0, start - 24) : start], text[end : end + 24]
        if before.endswith(self.not_after) or after.startswith(self.not_before):
            return "", True
        following = after.split(None, 1)[0] if after.strip() else ""
        here, there = document.folded.span(start, end)
        written = document.original[here:there]
        for each in self.alternatives:
            if each.if_written and written not in each.if_written:
                continue
            if each.if_next and following not in each.if_next:
                continue
            if each.if_any and not document.has_any(each.if_any):
                continue
            if each.unless_any and document.has_any(each.unless_any):
                continue
            return each.code, True
        return self.otherwise, not self.unsure


class Guard(Struct, frozen=True):
    """Country names that are also names of persons (`people`: of many), and the words that may stand
    beside them.
    """

    risky: frozenset[str]
    people: frozenset[str]
    neighbours: frozenset[str]
    given: frozenset[str]
    shouted: frozenset[str]

    def is_shouted(self, document: Document, start: int, end: int) -> bool:
        """Whether one of the `shouted`, such as US, stands between words in capitals, where it is the pronoun."""
        here, there = document.folded.span(start, end)
        after = _WORD.match(document.original, there + 1)
        beside = (_word_before(document.original, here), after[0] if after else "")
        words = [word for word in beside if word]
        return bool(words) and all(word.isupper() and len(word) > 1 for word in words)

    def is_person(self, document: Document, hit: Hit, starts: frozenset[int]) -> bool:
        """Whether a capitalised stranger stands right beside the place, a city or one of the `risky`, or stood where the text first
        named it: Vernon Jordan, and Jordan later on. `starts` begin other hits.

        A city or region only loses to a stranger before it: Alberto Hesse, but Boston University.
        """
        name = document.folded.text[hit.start : hit.end]
        risky = name in self.risky
        if hit.start >= document.title_end and (hit.sense.kind == "region" or name in self.people):
            first = document.folded.text.find(f" {name} ", document.title_end) + 1
            if first < hit.start and self._is_beside(document, first, len(name), risky, starts):
                return True
        elif document.title_case:
            return False
        return self._is_beside(document, hit.start, len(name), risky, starts)

    def _is_beside(
        self, document: Document, start: int, length: int, risky: bool, starts: frozenset[int]
    ) -> bool:
        """Whether a capitalised stranger stands right beside a name of this length."""
        end = start + length
        here, there = document.folded.span(start, end)
        after = _WORD.match(document.original, there + 1)
        if (
            risky
            and document.original[there] == " "
            and after is not None
            and end + 1 not in starts
            and self._is_stranger(after[0])
        ):
            return True
        before = _word_before(document.original, here)
        if not before or not self._is_stranger(before):
            return False
        if fold_alias(before) in self.given:
            return True
        at = here - 1 - len(before)
        opens = document.original[at - 1] != " " or document.original[at - 2] in '.!?:\n"”“ '
        return not opens and document.folded.position(at) not in starts

    def _is_stranger(self, word: str) -> bool:
        return (word[0].isupper() and not (word.isupper() and len(word) > 1)) and fold_alias(
            word
        ) not in self.neighbours


def _word_before(text: str, here: int) -> str:
    """The word that one blank parts from the position; empty where there is none."""
    if text[here - 1] != " ":
        return ""
    start = here - 1
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return text[start : here - 1]


def _is_code(before: str, after: str) -> bool:
    """Whether a word between two characters is a share's code, as agencies write it, a language's or a currency's:
    Union Carbide <UK>, [EN/UK], US$2 million.
    """
    return after == "$" or (before != " " and before + after in ("<>", "/]", "[/"))


def _follows_comma(document: Document, hit: Hit) -> bool:
    here = document.folded.original(hit.start)
    return document.original[max(0, here - 3) : here].rstrip().endswith(",")


class Shape(Struct, frozen=True):
    """A place beside one of these words is something else: another country's, or nobody's.

    `following` holds the words as the original must have them after the place, separator included;
    `attached` what may follow without one, as in Chinese and Japanese; `preceding` the folded words before.
    """

    rule: str
    kinds: frozenset[str]
    following: tuple[str, ...]
    attached: tuple[str, ...] = ()
    preceding: tuple[str, ...] = ()
    code: str = ""

    def fits(self, document: Document, hit: Hit) -> bool:
        """Whether the hit is a place of this shape."""
        if self.kinds and hit.sense.kind not in self.kinds:
            return False
        there = document.folded.original(hit.end)
        if document.original.startswith(self.attached, there):
            return True
        if document.folded.text.endswith(self.preceding, 0, hit.start):
            return document.original[document.folded.original(hit.start) - 1] != "-"
        if not document.original.startswith(self.following, there):
            return False
        return any(
            document.original.startswith(words, there)
            and not document.original[there + len(words)].isalnum()
            for words in self.following
        )


def _by_letters(words: Iterable[str], letters: slice) -> Mapping[str, tuple[str, ...]]:
    """Words by two of their letters, or by their only one, so that few have to be looked at."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for word in words:
        found[word[letters]][word] = None
    return {key: tuple(each) for key, each in found.items()}


@dataclass(frozen=True)
class Shapes:
    """All shapes, in order; most places stand beside none of their words and are let go at once."""

    shapes: Sequence[Shape]
    _following: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _before: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The words that may stand behind two letters and before them, joined when they are first met."""

    @cached_property
    def _beside(self) -> Mapping[str, tuple[str, ...]]:
        """The words that may follow, by their first letters: there are more than a thousand."""
        words = (words for each in self.shapes for words in (*each.following, *each.attached))
        return _by_letters(words, slice(0, 2))

    @cached_property
    def _preceding(self) -> Mapping[str, tuple[str, ...]]:
        """The words that may stand before, by their last letters."""
        words = (words for each in self.shapes for words in each.preceding)
        return _by_letters(words, slice(-2, None))

    def of(self, document: Document, hit: Hit, there: int) -> Shape | None:
        """The first shape that the hit has, which ends `there` in the original."""
        original, text, start = document.original, document.folded.text, hit.start
        first, last = original[there : there + 2], text[max(0, start - 2) : start]
        after, before = self._following.get(first), self._before.get(last)
        if after is None:
            after = self._following[first] = self._beside.get(first, ()) + self._beside.get(
                first[:1], ()
            )
        if before is None:
            before = self._before[last] = self._preceding.get(last, ()) + self._preceding.get(
                last[-1:], ()
            )
        if not (
            (after and original.startswith(after, there))
            or (before and text.endswith(before, 0, start))
        ):
            return None
        return next((shape for shape in self.shapes if shape.fits(document, hit)), None)


class PlaceRules(Struct, frozen=True):
    """Everything countries.toml and masks.toml say about a place that was found."""

    decisions: Mapping[str, Decision]
    guard: Guard
    shapes: Shapes
    venues: frozenset[str]
    dateline: Dateline
    past: tuple[str, ...]

    def mention(
        self, document: Document, hit: Hit, starts: frozenset[int], dateline: int
    ) -> Mention | None:
        """The country a place stands for here, None when for none.

        `starts` are the positions where other hits begin, `dateline` is where the dateline ends; a
        city in it is the city, whatever government sits there.
        """
        start, end, sense = hit.start, hit.end, hit.sense
        code, sure, kind, rule = sense.code, True, sense.kind, sense.rule
        original = document.original
        here, there = document.folded.span(start, end)
        shape = self.shapes.of(document, hit, there)
        if shape is not None:
            if shape.code in ("", code):
                return Mention(start, end, (code,), kind, rule) if shape.code else None
            return Mention(start, end, (shape.code,), "region", shape.rule)
        name, guard = document.folded.text[start:end], self.guard
        if (kind in _CITY or name in guard.risky) and guard.is_person(document, hit, starts):
            return None
        if name in guard.shouted and guard.is_shouted(document, start, end):
            return None
        if _is_code(original[here - 1], original[there]):
            return None
        if kind == "suffix" and not _follows_comma(document, hit):
            return None
        decision = self.decisions.get(name)
        if decision is not None and kind != "phrase" and not document.title_end <= start < dateline:
            code, sure = decision.decide(document, start, end)
        if kind == "prefix" and not self._is_compound(document, hit, starts):
            return None
        if not code:
            return None
        codes = tuple(code.split("+")) if "+" in code else (code,)
        return Mention(start, end, codes, kind, rule, sure)

    def _is_compound(self, document: Document, hit: Hit, starts: frozenset[int]) -> bool:
        """A combining form needs a hyphen after it, and a country after that."""
        there = document.folded.original(hit.end)
        return document.original[there] in "-‐‑–" and hit.end + 1 in starts
