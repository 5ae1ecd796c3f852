"""The shipped knowledge as compiled when it was last edited: the same, read in a fraction of the time.

The texts stay the one source: what is compiled carries the digest of the texts it was made from, and
counts only while that is theirs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from dipread.classify.automaton import Pattern, Sense
from dipread.classify.terms import Term

COMPILED = "compiled.json"
_ROW, _CELL = "\u241e", "\u241f"
"""What parts rows and their cells: signs that JSON need not escape, which would be slow to read."""

_TERMS = frozenset({"terms", "example", "definition", "include", "exclude", "label", "why", "veto"})
"""What a rule needs no more once its terms are patterns."""


def digest(files: Mapping[str, str]) -> str:
    """The digest of all texts but the compiled one; it changes with each of them."""
    made = hashlib.sha256()
    for name in sorted(files):
        if name != COMPILED:
            made.update(f"{name}\0{files[name]}\0".encode())
    return made.hexdigest()


class Compiled(Struct, frozen=True):
    """The tables of the files without their terms, and the patterns of each language, packed."""

    tables: Mapping[str, Mapping[str, Any]]
    senses: Sequence[Sequence[Any]]
    packed: Mapping[str, tuple[str, str]]
    _known: dict[int, Sense] = field(default_factory=dict)

    def lexicon(self, language: str) -> tuple[Sequence[str], Callable[[int], Pattern]]:
        """What to search for in a language, and what each of these texts says: a Lexicon."""
        texts, saying = (packed.split(_ROW) for packed in self.packed[language])
        return texts, lambda number: self._pattern(texts[number], saying[number])

    def _pattern(self, text: str, saying: str) -> Pattern:
        plain, *looked = saying.split(_CELL)
        return Pattern(
            text,
            tuple(self.sense(int(each)) for each in plain.split(",") if each),
            tuple(_unpacked(each, self) for each in looked),
        )

    def sense(self, number: int) -> Sense:
        """A sense by its number."""
        if number not in self._known:
            self._known[number] = Sense(*self.senses[number])
        return self._known[number]


def compiled_text(
    made: str, tables: Mapping[str, Mapping[str, Any]], patterns: Mapping[str, Iterable[Pattern]]
) -> str:
    """The text of the compiled file; `made` is the digest of the texts that it is from."""
    numbers: dict[Sense, int] = {}

    def number(sense: Sense) -> str:
        return str(numbers.setdefault(sense, len(numbers)))

    packed = {}
    for language, found in patterns.items():
        listed = list(found)
        packed[language] = (
            _ROW.join(each.text for each in listed),
            _ROW.join(
                _CELL.join(
                    [
                        ",".join(map(number, each.plain)),
                        *(f"{number(sense)}|{_packed(term)}" for term, sense in each.looked),
                    ]
                )
                for each in listed
            ),
        )
    senses = [[each.layer, each.code, each.rule, each.kind, each.weight] for each in numbers]
    record = {"digest": made, "tables": _pruned(tables), "senses": senses, "packed": packed}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_compiled(text: str, made: str) -> Compiled | None:
    """What was compiled, None when it was from other texts than those whose digest is `made`."""
    if not text.startswith(json.dumps({"digest": made}, separators=(",", ":"))[:-1]):
        return None
    record = json.loads(text)
    packed = {language: (texts, saying) for language, (texts, saying) in record["packed"].items()}
    return Compiled(record["tables"], record["senses"], packed)


def _packed(term: Term) -> str:
    flags = "".join(
        str(int(each)) for each in (term.capital, term.prefix, term.unspaced, term.katakana)
    )
    return f"{flags}|{term.tail}|{term.folded}|{term.exact}"


def _unpacked(packed: str, compiled: Compiled) -> tuple[Term, Sense]:
    number, flags, tail, folded, exact = packed.split("|", 4)
    capital, prefix, unspaced, katakana = (each == "1" for each in flags)
    term = Term(folded, exact, capital, prefix, unspaced, katakana, int(tail))
    return term, compiled.sense(int(number))


def _pruned(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Tables without what only the making of patterns reads."""
    return {
        key: _pruned(value)
        if isinstance(value, dict)
        else [_pruned(each) if isinstance(each, dict) else each for each in value]
        if isinstance(value, list)
        else value
        for key, value in tables.items()
        if key not in _TERMS
    }
