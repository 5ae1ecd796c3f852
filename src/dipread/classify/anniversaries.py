"""How many years an anniversary marks: in digits or in words, in the languages of relations.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dipread.classify.document import Document
from dipread.classify.fold import fold_alias
from dipread.model import Evidence

_UNSPACED = re.compile(r"[\u3040-\u9fff]")


@dataclass(frozen=True, slots=True)
class Anniversaries:
    """What [anniversary] of relations.toml says. `count` finds a number of years, whose text `numbers`
    spells in digits; `words` stand for a number by themselves, as centenary does.
    """

    count: re.Pattern[str]
    numbers: Mapping[str, str]
    words: Mapping[str, str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Anniversaries:
        """Read the table."""
        numbers = {
            fold_alias(word): digits for digits, words in table["numbers"].items() for word in words
        }
        words = {
            fold_alias(word): digits for digits, words in table["words"].items() for word in words
        }
        units = "|".join(
            re.escape(fold_alias(unit)) + ("" if unit.endswith("*") else r"(?!\w)")
            for unit in table["units"]
        )
        before, ordinals = (_any(map(fold_alias, table[key])) for key in ("before", "ordinals"))
        spaced = _any(each for each in numbers if not _UNSPACED.search(each))
        unspaced = _any(each for each in numbers if _UNSPACED.search(each))
        number = rf"(?<!\d)\d{{1,3}}(?!\d)|(?<!\w)(?:{spaced})(?=\W)|{unspaced}"
        return cls(
            re.compile(
                rf"({number})(?:\ ?(?:{ordinals}))?\ {{0,2}}(?:(?!\d)\w+\ ){{0,2}}?(?:{units})"
                rf"|(?:{before})\ (?:\u0627\u0644)?({number}|(?<=\u0627\u0644)\d{{1,3}})"
            ),
            numbers,
            words,
        )

    def years(self, evidence: Sequence[Evidence], document: Document) -> str:
        """The number of years in digits, of the sentence of the evidence before that of any other;
        empty when none is named.
        """
        text = document.folded.text
        spans = [document.bounds(document.positions(each)[0]) for each in evidence]
        for opening, closing in (*spans, (0, len(text))):
            found = self.count.search(text, max(0, opening - 1), closing)
            if found is not None:
                number = found[1] or found[2]
                return self.numbers.get(number, number)
            for word, digits in self.words.items():
                at = text.find(word, opening, closing)
                if at >= 0 and (_UNSPACED.search(word) or not text[at - 1].isalnum()):
                    return digits
        return ""


def _any(words: Iterable[str]) -> str:
    """An alternative of words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
