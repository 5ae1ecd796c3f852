"""Folding: text as the matcher reads it, with the way back to the offsets of the original.

Folded text is lower case without accents; every punctuation mark and line break is a space, and a run
of blanks is one. Invisible characters vanish. So `U.S.` reads `u s`, and a comma with the blank after
it reads as two spaces, which keeps a phrase from being found across it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
)
_LETTERS = {
    "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0142": "l", "\u0111": "d",
    "\u0131": "i", "\u0640": "",
    "\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0649": "\u064a", "\u0629": "\u0647",
}  # fmt: skip
"""Letters that no decomposition folds; in Arabic the spellings that writers use for one another."""


def fold_character(character: str) -> str:
    """What one character becomes: usually one character, none when invisible, two for a ligature.

    >>> [fold_character(each) for each in "É\\u2019ßİ\\u200b"]
    ['e', ' ', 'ss', 'i', '']
    """
    if unicodedata.category(character) == "Cf":
        return ""
    lowered = "".join(_LETTERS.get(each, each) for each in character.casefold())
    plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", lowered)))
    plain = "".join(_LETTERS.get(each, each) for each in plain)
    if not plain or plain.isalnum():
        return plain
    if unicodedata.category(character)[0] == "M":  # vowel signs of Indic scripts and Thai
        return character
    return " "


class _Table(dict[int, str]):
    """Folds a character when it is first seen."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code))
        return folded


_TABLE = _Table({code: fold_character(chr(code)) for code in range(0x80)})
_ODD = (
    r"\u00ad\u00df\u00c6\u00e6\u0152\u0153\u1e9e\ufb00-\ufb06\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u061c"
    r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
)
_BLANKS = r"\t\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_RARE_BLANK = re.compile(f"[{_BLANKS}]")
"""Every blank but the plain one: most texts have none."""
_UNEVEN = re.compile(rf"[^\S\n]+\n[^\S\n]*(?!\n)|\n[^\S\n]+(?!\n)|[^\S\n]{{2,}}|[{_ODD}]+")
"""Where folding changes the length: blanks in a row, invisible characters, marks and ligatures."""
_UNEVEN_SIGNS = re.compile(f"[{_ODD}]+")
"""The same of a text that has no blanks in a row, found in a fraction of the time."""
_NOT_ONE = re.compile(f"[{_ODD}{_BLANKS}]")
_PAGES = ("latin-1", "cp1252", "cp1251", "cp1256", "cp1254", "cp1255")
"""Code pages: a text in the letters of one is folded by looking each of its bytes up in a table of 256."""


class Folded(Struct, frozen=True):
    """Folded text and how to find a position of it in the original.

    `turns` are the folded positions after which the shift between the two changes, `shifts` by how
    much the original then lies ahead; both are empty when the two have the same length.
    """

    text: str
    turns: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def original(self, position: int) -> int:
        """The offset in the original of a folded position; marks belong to the letter before them."""
        if not self.turns:
            return position
        at = bisect_right(self.turns, position)
        return position + (self.shifts[at - 1] if at else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original of a folded span."""
        if not self.turns:
            return start, end
        return self.original(start), self.original(end)

    def position(self, offset: int) -> int:
        """The folded position of an offset in the original: the way back of `original`."""
        at = bisect_left(
            range(len(self.turns)), offset, key=lambda turn: self.turns[turn] + self.shifts[turn]
        )
        position = offset - (self.shifts[at - 1] if at else 0)
        return min(position, self.turns[at]) if at < len(self.turns) else position


def fold(text: str) -> Folded:
    """Fold a text.

    >>> fold("Côte d\u2019Ivoire, Cu\u0301cuta").text
    'cote d ivoire  cucuta'
    """
    gaps = "  " in text or " \n" in text or "\n " in text
    if not gaps and (level := _level(text)) is not None:
        return Folded(level)
    uneven = _UNEVEN if gaps or _RARE_BLANK.search(text) else _UNEVEN_SIGNS
    pieces: list[str] = []
    turns: list[int] = []
    shifts: list[int] = []
    read = written = 0
    for source, folded in _pieces(text, uneven):
        pieces.append(folded)
        if len(source) != len(folded):
            for within in range(len(source), len(folded)):  # a ligature is one place, not two
                turns.append(written + within)
                shifts.append(read - written - within)
            turns.append(written + len(folded))
            shifts.append(read + len(source) - written - len(folded))
        read += len(source)
        written += len(folded)
    return Folded("".join(pieces), tuple(turns), tuple(shifts))


def _level(text: str) -> str | None:
    """The folded text, in which every character is one; None when that is not so, or can't be told quickly."""
    for page in _PAGES:
        try:
            return codecs.charmap_decode(text.encode(page), "strict", _folded_page(page))[0]
        except UnicodeEncodeError:
            continue
        except UnicodeDecodeError:
            return None
    return None


@cache
def _folded_page(page: str) -> str:
    """What each byte of a code page folds to; U+FFFE, which no text may hold, where that is not one character."""
    letters = [bytes([byte]).decode(page, "replace") for byte in range(256)]
    folded = ("" if _NOT_ONE.match(each) else fold_character(each) for each in letters)
    return "".join(each if len(each) == 1 else "\ufffe" for each in folded)


def fold_alias(text: str) -> str:
    """A name as queries look it up: folded, single blanks, none at the ends.

    >>> fold_alias(" Türkiye "), fold_alias("supply-chain")
    ('turkiye', 'supply chain')
    """
    return " ".join(fold(text).text.split())


def _pieces(text: str, parting: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The text in pieces with what each folds to; a piece that changes its length is short."""
    here = 0
    for uneven in parting.finditer(text):
        yield from _even(text[here : uneven.start()])
        run = uneven[0]
        if run[0].isspace():
            yield run, " "
        else:
            yield from ((each, _TABLE[ord(each)]) for each in run)
        here = uneven.end()
    yield from _even(text[here:])


def _even(source: str) -> Iterator[tuple[str, str]]:
    """One piece when folding keeps its length, else a piece for every character."""
    folded = _level(source)
    if folded is None:
        folded = source.translate(_TABLE)
    if len(folded) == len(source):
        yield source, folded
    else:
        yield from ((each, _TABLE[ord(each)]) for each in source)
