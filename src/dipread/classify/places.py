"""Where a text names a country: places found, decided when ambiguous, dropped when they are a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from msgspec import Struct

from dipread.classify.automaton import Hit
from dipread.classify.dateline import Dateline
from dipread.classify.document import Document
from dipread.classify.fold import fold_alias

_WORD = re.compile(r"[^\W\d_]+")
_CITY = frozenset({"capital", "region"})
"""The kinds of place that may be anybody's second name; of the others only some are `risky`."""
_BOUND = frozenset({"suffix", "prefix"})
"""The kinds that are places only beside another."""
_DOUBTFUL = _CITY | _BOUND
_CODE_ENDS = frozenset("$>]/")


class Mention(Struct, frozen=True, gc=False):
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


@cache
def _codes(code: str) -> tuple[str, ...]:
    """The countries of a sense: of a compound several."""
    return tuple(code.split("+"))


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


class _Beside(dict[str, tuple[tuple[str, ...], tuple[Shape, ...]]]):
    """By the two letters beside a place: the words that may begin or end there, of more than a thousand, and the
    shapes that have them, in order. Made when two letters are first met.
    """

    def __init__(
        self, words: Mapping[str, Sequence[Shape]], letters: slice, nearest: slice
    ) -> None:
        self._words: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._words[word[letters]].append(word)
        self._shapes, self._nearest = words, nearest

    def __missing__(self, letters: str) -> tuple[tuple[str, ...], tuple[Shape, ...]]:
        ways = dict.fromkeys((letters, letters[self._nearest]))
        words = tuple(word for way in ways for word in self._words.get(way, ()))
        shapes = (shape for word in words for shape in self._shapes[word])
        found = self[letters] = words, tuple(dict.fromkeys(shapes))
        return found


@dataclass(frozen=True)
class Shapes:
    """All shapes, in order; most places stand beside none of their words and are let go at once."""

    shapes: Sequence[Shape]

    @cached_property
    def after(self) -> _Beside:
        """What may stand behind a place."""
        return _Beside(self._by_word("following", "attached"), slice(0, 2), slice(0, 1))

    @cached_property
    def before(self) -> _Beside:
        """What may stand before a place, folded."""
        return _Beside(self._by_word("preceding"), slice(-2, None), slice(-1, None))

    def _by_word(self, *where: str) -> Mapping[str, Sequence[Shape]]:
        found: dict[str, list[Shape]] = defaultdict(list)
        for shape in self.shapes:
            for word in chain.from_iterable(getattr(shape, each) for each in where):
                found[word].append(shape)
        return found

    def of(self, document: Document, hit: Hit, there: int) -> Shape | None:
        """The first shape that the hit has, which ends `there` in the original."""
        original, text, start = document.original, document.folded.text, hit.start
        tails, followed = self.after[original[there : there + 2]]
        heads, preceded = self.before[text[start - 2 : start]]
        has_tail = tails and original.startswith(tails, there)
        has_head = heads and text.endswith(heads, 0, start)
        if not has_tail and not has_head:
            return None
        shapes = self.shapes if has_tail and has_head else followed if has_tail else preceded
        return next((shape for shape in shapes if shape.fits(document, hit)), None)


class PlaceRules(Struct, frozen=True, dict=True):
    """Everything countries.toml and masks.toml say about a place that was found."""

    decisions: Mapping[str, Decision]
    guard: Guard
    shapes: Shapes
    venues: frozenset[str]
    dateline: Dateline
    past: tuple[str, ...]

    @cached_property
    def _wary(self) -> frozenset[str]:
        """The names of which there is more to ask."""
        return self.guard.risky | self.guard.shouted | self.decisions.keys()

    def mentions(
        self, document: Document, hits: Iterable[Hit], starts: frozenset[int], dateline: int
    ) -> list[Mention]:
        """The countries that places stand for here.

        `starts` are the positions where other hits begin, `dateline` is where the dateline ends; a
        city in it is the city, whatever government sits there.
        """
        original, folded = document.original, document.folded
        text, level = folded.text, not folded.turns
        after, before, wary = self.shapes.after, self.shapes.before, self._wary
        found: list[Mention] = []
        for hit in hits:
            start, end, sense = hit.start, hit.end, hit.sense
            there = end if level else folded.original(end)
            tails, _ = after[original[there : there + 2]]
            heads, _ = before[text[start - 2 : start]]
            if (
                not sense.code
                or sense.kind in _DOUBTFUL
                or text[start:end] in wary
                or original[there] in _CODE_ENDS
                or (tails and original.startswith(tails, there))
                or (heads and text.endswith(heads, 0, start))
            ):
                mention = self._mention(document, hit, starts, dateline)
                if mention is not None:
                    found.append(mention)
            else:
                found.append(Mention(start, end, _codes(sense.code), sense.kind, sense.rule))
        return found

    def _mention(
        self, document: Document, hit: Hit, starts: frozenset[int], dateline: int
    ) -> Mention | None:
        """The country that a place stands for when everything is asked, None when for none."""
        start, end, sense = hit.start, hit.end, hit.sense
        code, sure, kind, rule = sense.code, True, sense.kind, sense.rule
        here, there = document.folded.span(start, end)
        shape = self.shapes.of(document, hit, there)
        if shape is not None:
            if shape.code in ("", code):
                return Mention(start, end, (code,), kind, rule) if shape.code else None
            return Mention(start, end, (shape.code,), "region", shape.rule)
        name, guard = document.folded.text[start:end], self.guard
        behind = document.original[there]
        if behind in _CODE_ENDS and _is_code(document.original[here - 1], behind):
            return None
        if (kind in _CITY or name in guard.risky) and guard.is_person(document, hit, starts):
            return None
        if kind in _BOUND and not self._is_bound(document, hit, starts):
            return None
        if name in guard.shouted and guard.is_shouted(document, start, end):
            return None
        decision = self.decisions.get(name)
        if decision is not None and kind != "phrase" and not document.title_end <= start < dateline:
            code, sure = decision.decide(document, start, end)
        return Mention(start, end, _codes(code), kind, rule, sure) if code else None

    def _is_bound(self, document: Document, hit: Hit, starts: frozenset[int]) -> bool:
        """A state's short name needs a comma before it; a combining form a hyphen after it, and a country after that."""
        if hit.sense.kind == "suffix":
            return _follows_comma(document, hit)
        there = document.folded.original(hit.end)
        return document.original[there] in "-‐‑–" and hit.end + 1 in starts
