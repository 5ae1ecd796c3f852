"""Where the words of a query stand in a text: case, accents and gaps as the index of words sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from dipread.model import And, Field, Has, Or, Query, Words
from dipread.store.words import MARKS, UNSPACED, indexed, is_whole
from dipread.text.pattern import is_pattern

_TOKEN = r"[^\W_]+"
_LETTER = rf"(?:(?!{UNSPACED})[^\W_])"
_FIELDS: dict[str, tuple[Field, ...]] = {"title": ("title",), "body": ("text",)}
_BOTH: tuple[Field, Field] = ("title", "text")

Span = tuple[int, int]


class Sought:
    """The words that a query asks for, field by field; what it leaves out is not sought."""

    def __init__(self, query: Query) -> None:
        self._patterns: dict[Field, list[re.Pattern[str]]] = {"title": [], "text": []}
        for fields, text, phrase in _words(query):
            if source := _pattern(text, phrase):
                for field in fields:
                    self._patterns[field].append(re.compile(source))

    def __bool__(self) -> bool:
        return any(self._patterns.values())

    def places(self, field: Field, text: str) -> Sequence[Span]:
        """Where any of them stands in a title or a text, in order, none over another.

        >>> Sought(Words("cafe")).places("title", "Le café, des cafés")
        [(3, 7), (13, 18)]
        """
        patterns = self._patterns[field]
        if not patterns:
            return ()
        folded, origins = _folded(text)
        found = sorted(
            (origins[each.start()], origins[each.end() - 1] + 1)
            for pattern in patterns
            for each in pattern.finditer(folded)
        )
        return _joined(found)


def _words(query: Query) -> Iterator[tuple[tuple[Field, ...], str, bool]]:
    """The words that stories are to have: the fields, the words, and whether they are a phrase."""
    match query:
        case And(of) | Or(of):
            for each in of:
                yield from _words(each)
        case Words(text, phrase):
            yield _BOTH, text, phrase
        case Has("title" | "body" as name, values):
            for value in values:
                if not is_pattern(value):
                    yield _FIELDS[name], value, " " in value


def _pattern(text: str, phrase: bool) -> str:
    """What finds in a folded text what the index finds; empty when there is no letter to find."""
    bare = text.rstrip("*")
    tokens = re.findall(_TOKEN, "".join(map(_fold, indexed(bare))))
    if not tokens:
        return ""
    parts = [
        "" if re.match(UNSPACED, tokens[0]) else rf"(?:(?<![^\W_])|(?<={UNSPACED}))",
        tokens[0],
    ]
    for before, after in pairwise(tokens):
        close = re.match(UNSPACED, before) or re.match(UNSPACED, after)
        parts += [r"[\W_]*" if close else r"[\W_]+", after]
    if not re.match(UNSPACED, tokens[-1]):
        parts.append(rf"(?!{_LETTER})" if is_whole(text, phrase=phrase) else f"{_LETTER}*")
    return "".join(parts)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as the index folds it, and for each of its characters the one it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(text):
        folded = _fold(letter)
        letters.append(folded)
        origins += [place] * len(folded)
    return "".join(letters), origins


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    bare = re.sub(MARKS, "", unicodedata.normalize("NFKD", letter).casefold())
    return unicodedata.normalize("NFC", bare)


def _joined(found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
