"""How many years an anniversary marks: in digits or in words, in the languages of relations.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dipread.classify.document import Document
from dipread.classify.fold import fold_alias
from dipread.model import Evidence

_UNSPACED = re.compile(r"[\u3040-\u9fff]")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Anniversaries:
    """What [anniversary] of relations.toml says; it is read when a story first tells of one."""

    table: Mapping[str, Any]

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Folded number words, in digits."""
        return _digits(self.table["numbers"])

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Folded words that stand for a number by themselves, as centenary does, in digits."""
        return _digits(self.table["words"])

    @cached_property
    def _spaced(self) -> Sequence[frozenset[str]]:
        return [
            frozenset(_WORD.findall(each)) for each in self.numbers if not _UNSPACED.search(each)
        ]

    def names_number(self, text: str) -> bool:
        """Whether a folded text may have a number: `count` takes long to find that there is none."""
        if _DIGIT.search(text) or _UNSPACED.search(text):
            return True
        words = set(_WORD.findall(text))
        return any(map(words.issuperset, self._spaced))

    @cached_property
    def count(self) -> re.Pattern[str]:
        """Finds a number of years: in the first group before its unit, in the second after a word."""
        units = "|".join(
            re.escape(fold_alias(unit)) + ("" if unit.endswith("*") else r"(?!\w)")
            for unit in self.table["units"]
        )
        before, ordinals = (
            _any(map(fold_alias, self.table[key])) for key in ("before", "ordinals")
        )
        spaced = _any(each for each in self.numbers if not _UNSPACED.search(each))
        unspaced = _any(each for each in self.numbers if _UNSPACED.search(each))
        number = rf"(?<!\d)\d{{1,3}}(?!\d)|(?<!\w)(?:{spaced})(?=\W)|{unspaced}"
        return re.compile(
            rf"({number})(?:\ ?(?:{ordinals}))?\ {{0,2}}(?:(?!\d)\w+\ ){{0,2}}?(?:{units})"
            rf"|(?:{before})\ (?:\u0627\u0644)?({number}|(?<=\u0627\u0644)\d{{1,3}})"
        )

    def years(self, evidence: Sequence[Evidence], document: Document) -> str:
        """The number of years in digits, of the sentence of the evidence before that of any other;
        empty when none is named.
        """
        text = document.folded.text
        counts = self.names_number(text)
        spans = [document.bounds(document.positions(each)[0]) for each in evidence]
        for opening, closing in (*spans, (0, len(text))):
            found = self.count.search(text, max(0, opening - 1), closing) if counts else None
            if found is not None:
                number = found[1] or found[2]
                return self.numbers.get(number, number)
            for word, digits in self.words.items():
                at = text.find(word, opening, closing)
                if at >= 0 and (_UNSPACED.search(word) or not text[at - 1].isalnum()):
                    return digits
        return ""


def _digits(by_digits: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold_alias(word): digits for digits, words in by_digits.items() for word in words}


def _any(words: Iterable[str]) -> str:
    """An alternative of words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
