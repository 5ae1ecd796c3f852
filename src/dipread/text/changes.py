"""What an edit changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

How = Literal["same", "removed", "added"]
MOST = 3_000
"""Longer stretches are not compared word by word: the time may grow with the square."""
_WORD = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\W_]+(?:['’-][^\W_]+)*|\s+|.",
    re.DOTALL,
)


class Piece(NamedTuple):
    """Words that stayed, went or came."""

    how: How
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """What became of a text, in reading order; the texts are whole in it.

    >>> [(p.how, p.text) for p in word_changes("Talks open in Rome", "Talks end in Rome")]
    [('same', 'Talks '), ('removed', 'open'), ('added', 'end'), ('same', ' in Rome')]
    """
    lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
    pieces: list[Piece] = []
    for how, old, new in _compared(*lines):
        if how == "same":
            pieces.append(Piece("same", old))
        else:
            pieces += _inside(old, new)
    return tuple(_joined(pieces))


def _inside(old: str, new: str) -> Iterator[Piece]:
    words = _WORD.findall(old), _WORD.findall(new)
    for how, gone, come in _compared(*words):
        if how == "same":
            yield Piece("same", gone)
        else:
            yield from (Piece("removed", gone), Piece("added", come))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Stretches that are the same or not: `how`, what was there, what is there."""
    if max(len(old), len(new)) > MOST:
        yield "other", "".join(old), "".join(new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield "same" if tag == "equal" else "other", "".join(old[a:b]), "".join(new[c:d])


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for how, some in groupby((each for each in pieces if each.text), key=lambda each: each.how):
        yield Piece(how, "".join(each.text for each in some))
