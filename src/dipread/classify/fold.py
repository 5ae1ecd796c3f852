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
from functools import cache, lru_cache

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
_BLANKS = r"\t\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_RARE_BLANK = re.compile(f"[{_BLANKS}]")
"""Every blank but the plain one: most texts have none."""
_BROKEN = re.compile(r"\n(?:(?<= \n)|(?= ))")
"""A line that ends or begins with a blank; found fast, for the search is for one character."""
_GAP = r"[^\S\n]+\n[^\S\n]*(?!\n)|\n[^\S\n]+(?!\n)|[^\S\n]{2,}"
"""Blanks in a row, and those beside a line's end."""
_PAGES = ("latin-1", "cp1252", "cp1251", "cp1256", "cp1254", "cp1255")
"""Code pages: a text in the letters of one is folded by looking each of its bytes up in a table of 256."""
_TURNING = re.compile(
    r"[^a-z0-9 \u0430-\u0438\u043a-\u044f\u05d0-\u05ea\u0627\u0628\u062a-\u063f\u0641-\u0648\u064a\u0900-\u0957"
    r"\u0e01-\u0e32\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]"
)
"""What may fold to something else: any character but those of which whole texts are made, and that do not."""


def _is_uneven(character: str) -> bool:
    return len(_TABLE[ord(character)]) != 1 or _RARE_BLANK.match(character) is not None


def _latin_table() -> bytes:
    """What each byte of Latin-1 folds to; none, which nothing folds to, where that is not one byte."""
    folded = [(chr(byte), fold_character(chr(byte))) for byte in range(256)]
    return b"".join(
        b"\0" if _is_uneven(each) or new > "\xff" else new.encode("latin-1") for each, new in folded
    )


_LATIN = _latin_table()
_SIGNS = "".join(
    sign
    for sign in bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
    if fold_character(sign) == " "
)
"""Quotes, dashes and other signs that stand between Latin letters, beyond Latin-1."""


class Folded(Struct, frozen=True):
    """Folded text and how to find a position of it in the original.

    `turns` are the folded positions after which the shift between the two changes, `shifts` by how
    much the original then lies ahead, `places` the turns in the original; all are empty when the two
    have the same length.
    """

    text: str
    turns: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()
    places: tuple[int, ...] = ()

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
        if not self.turns:
            return offset
        at = bisect_left(self.places, offset)
        position = offset - (self.shifts[at - 1] if at else 0)
        return min(position, self.turns[at]) if at < len(self.turns) else position


def fold(text: str) -> Folded:
    """Fold a text.

    >>> fold("Côte d\u2019Ivoire, Cu\u0301cuta").text
    'cote d ivoire  cucuta'
    """
    latin = _latin(text)
    level, odd = (latin, "") if latin is not None else _level(text)
    gaps = "  " in text or _BROKEN.search(text) is not None or _RARE_BLANK.search(odd) is not None
    if not gaps and not odd:
        return Folded(level)
    pieces: list[str] = []
    turns: list[int] = []
    shifts: list[int] = []
    read = written = 0
    for run in _parting(odd, gaps).finditer(text):
        start, end = run.span()
        pieces.append(level[read:start])
        written += start - read
        for source in (run[0],) if run[0].isspace() else run[0]:
            folded = " " if source.isspace() else _TABLE[ord(source)]
            pieces.append(folded)
            if len(source) != len(folded):
                for within in range(len(source), len(folded)):  # a ligature is one place, not two
                    turns.append(written + within)
                    shifts.append(start - written - within)
                turns.append(written + len(folded))
                shifts.append(start + len(source) - written - len(folded))
            start += len(source)
            written += len(folded)
        read = end
    pieces.append(level[read:])
    places = (turn + shift for turn, shift in zip(turns, shifts, strict=True))
    return Folded("".join(pieces), tuple(turns), tuple(shifts), tuple(places))


def _latin(text: str) -> str | None:
    """The folding of a text in Latin letters, byte by byte; None when it holds others, or what does not fold to one."""
    try:
        encoded = text.encode("latin-1")
    except UnicodeEncodeError as first:
        if text[first.start] not in _SIGNS:
            return None
        for sign in _SIGNS:
            text = text.replace(sign, " ")
        try:
            encoded = text.encode("latin-1")
        except UnicodeEncodeError:
            return None
    folded = encoded.translate(_LATIN)
    return None if b"\0" in folded else folded.decode("latin-1")


def _level(text: str) -> tuple[str, str]:
    """The text with every character folded that is one thereafter too, and which characters of it are not,
    or are rare blanks: these are left in it.
    """
    for page in _PAGES:
        try:
            encoded = text.encode(page)
        except UnicodeEncodeError:
            continue
        strict, kept, uneven = _folded_page(page)
        try:
            return codecs.charmap_decode(encoded, "strict", strict)[0], ""
        except UnicodeDecodeError:
            odd = "".join(each for each in uneven if each in text)
            return codecs.charmap_decode(encoded, "strict", kept)[0], odd
    turning = {each: _TABLE[ord(each)] for each in set(_TURNING.findall(text))}
    folded = {each: new for each, new in turning.items() if each != new}
    odd = "".join(sorted(each for each in folded if _is_uneven(each)))
    for each in odd:
        del folded[each]
    if not folded.keys().isdisjoint(
        folded.values()
    ):  # a small capital above the line, say, and a capital
        return text.translate({ord(each): new for each, new in folded.items()}), odd
    for each, new in folded.items():
        text = text.replace(each, new)
    return text, odd


@cache
def _folded_page(page: str) -> tuple[str, str, str]:
    """What each byte of a code page folds to, twice, and which letters are uneven: at first these are U+FFFE,
    which no text may hold, and then themselves.
    """
    letters = [bytes([byte]).decode(page, "replace") for byte in range(256)]
    uneven = [each for each in letters if _is_uneven(each)]
    kept = "".join(each if each in uneven else fold_character(each) for each in letters)
    strict = "".join("\ufffe" if each in uneven else each for each in kept)
    return strict, kept, "".join(sorted(uneven))


@lru_cache(maxsize=64)  # most texts have none of them, or those of their language
def _parting(odd: str, gaps: bool) -> re.Pattern[str]:
    """Finds the characters whose folding changes the length of a text; and blanks in a row, where there are any."""
    found = [f"[{re.escape(odd)}]"] if odd else []
    return re.compile("|".join([_GAP, *found] if gaps else found))


def fold_alias(text: str) -> str:
    """A name as queries look it up: folded, single blanks, none at the ends.

    >>> fold_alias(" Türkiye "), fold_alias("supply-chain")
    ('turkiye', 'supply chain')
    """
    return " ".join(fold(text).text.split())
