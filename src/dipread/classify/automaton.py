"""One automaton over all terms of a language: every term that a folded text holds, in one pass.

The blank before and after a word is part of its pattern, so a match is a whole word from the start and
never a piece of one. Terms of scripts without blanks match anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from dipread.classify.fold import Folded
from dipread.classify.terms import Term, spellings

Layer = Literal[
    "person", "surname", "place", "prefix", "forum", "mask", "theme", "veto", "cue", "promise"
]


class Sense(Struct, frozen=True):
    """What a term says. `code` is what it stands for, `rule` the name of the rule it belongs to,
    `kind` its sort within the layer (a demonym, a strong term, a cue of speech).
    """

    layer: Layer
    code: str
    rule: str
    kind: str = ""
    weight: float = 0.0


class Hit(Struct, frozen=True, gc=False):
    """A term found: folded positions, and what it says."""

    start: int
    end: int
    sense: Sense


_START, _END = attrgetter("start"), attrgetter("end")


def of_layers(hits: Iterable[Hit], layers: Set[Layer]) -> list[Hit]:
    """The hits of some layers, in the same order."""
    return [hit for hit in hits if hit.sense.layer in layers]


def settled(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that do not overlap, in reading order: the first, of those the longest, of those the one
    that was given first.
    """
    ordered = sorted(hits, key=_END, reverse=True)
    ordered.sort(key=_START)
    kept: list[Hit] = []
    end = -1
    for hit in ordered:
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept


class Language(Struct, frozen=True):
    """How a language is written: see data/languages.toml."""

    code: str
    plural: bool = False
    unspaced: bool = False
    clitics: frozenset[str] = frozenset()


class Pattern(NamedTuple):
    """What to search for, blanks of word boundaries included, and what it says: at once (`plain`), or
    after a look at how the original is written (`looked`).
    """

    text: str
    plain: tuple[Sense, ...]
    looked: tuple[tuple[Term, Sense], ...]


_Looked = tuple[tuple[Term, Sense], ...]
_Saying = tuple[bool, bool, tuple[Sense, ...], tuple[Sense, ...], _Looked]
"""Of a pattern: whether it has a blank before its words, and after them; and what it says at once, where its first
letter is a capital, and after another look. A plain tuple, which Python takes apart fastest.
"""


class _Said(dict[int, _Saying]):
    """What each pattern says, by its number; asked for when it is first found."""

    def __init__(self, saying: Callable[[int], Pattern], language: Language) -> None:
        self._saying, self._language = saying, language

    def __missing__(self, number: int) -> _Saying:
        text, plain, looked = self._saying(number)
        capital: tuple[Sense, ...] = ()
        if all(_needs_capital_alone(term, self._language) for term, _ in looked):
            capital, looked = tuple(sense for _, sense in looked), ()
        said = self[number] = text.startswith(" "), text.endswith(" "), plain, capital, looked
        return said


def patterns(terms: Iterable[tuple[Term, Sense]], language: Language) -> list[Pattern]:
    """The patterns of the terms of a language, each once."""
    by_text: dict[str, list[tuple[Term, Sense]]] = {}
    for term, sense in terms:
        for word in spellings(term, language.plural and _has_plural(sense, language)):
            by_text.setdefault(_pattern(term, word, language), []).append((term, sense))
    return [
        Pattern(
            text,
            tuple(sense for term, sense in named if not _needs_look(term, language)),
            tuple(each for each in named if _needs_look(each[0], language)),
        )
        for text, named in by_text.items()
    ]


class Automaton:
    """The patterns of one language, ready to search. `saying` gives the pattern of a number; it is
    asked for those that are found.
    """

    def __init__(
        self, texts: Sequence[str], saying: Callable[[int], Pattern], language: Language
    ) -> None:
        self._language = language
        self._said = _Said(saying, language)
        self._search = AhoCorasick(texts).find_matches_as_indexes if texts else None

    def hits(self, folded: Folded, original: str) -> list[Hit]:
        """Every term in the text, those inside others included."""
        return [*chain.from_iterable(self.by_layer(folded, original).values())]

    def by_layer(self, folded: Folded, original: str) -> dict[Layer, list[Hit]]:
        """Every term in the text, those inside others included, in the order of their ends, layer by layer.

        `folded` is the folding of `original`, which must begin and end with a blank.
        """
        found: dict[Layer, list[Hit]] = defaultdict(list)
        if self._search is None:
            return found
        said, level = self._said, not folded.turns
        for number, start, end in self._search(folded.text, overlapping=True):
            blank_before, blank_after, plain, capital, looked = said[number]
            start += blank_before
            end -= blank_after
            for sense in plain:
                found[sense.layer].append(Hit(start, end, sense))
            if capital and original[start if level else folded.original(start)].isupper():
                for sense in capital:
                    found[sense.layer].append(Hit(start, end, sense))
            if looked:
                for term, sense in looked:
                    if self._holds(term, folded, original, start, end):
                        found[sense.layer].append(Hit(start, end + term.tail, sense))
        return found

    def _holds(self, term: Term, folded: Folded, original: str, start: int, end: int) -> bool:
        """Whether the original is written as the term asks, and no longer word surrounds it."""
        if term.exact or term.capital:
            here = folded.original(start) if folded.turns else start
            if term.exact and not original.startswith(term.exact, here):
                return False
            if term.capital and not original[here].isupper():
                return False
        text = folded.text
        if term.unspaced:
            return not term.katakana or not (
                _is_katakana(text[start - 1]) or _is_katakana(text[end])
            )
        if self._language.unspaced:
            return not (_is_latin(text[start - 1]) or (_is_latin(text[end]) and not term.prefix))
        if self._language.clitics:
            at = start
            while text[at - 1].isalnum() and start - at < 5:
                at -= 1
            return at == start or text[at:start] in self._language.clitics
        return True


def _has_plural(sense: Sense, language: Language) -> bool:
    """Names of places have none, but a German genitive has its s."""
    return sense.layer != "place" or sense.kind == "demonym" or language.code == "de"


def _pattern(term: Term, word: str, language: Language) -> str:
    if term.unspaced or language.unspaced:
        return word
    before = "" if language.clitics else " "
    return before + word + ("" if term.prefix else " ")


def _needs_look(term: Term, language: Language) -> bool:
    return bool(
        term.exact
        or term.capital
        or term.katakana
        or language.clitics
        or (language.unspaced and not term.unspaced)
    )


def _needs_capital_alone(term: Term, language: Language) -> bool:
    return term.capital and not (
        term.exact
        or term.katakana
        or term.unspaced
        or term.tail
        or language.unspaced
        or language.clitics
    )


def _is_katakana(character: str) -> bool:
    return "\u30a1" <= character <= "\u30fa" or character == "\u30fc"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
