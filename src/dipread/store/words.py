"""Text as the search index holds it, and words as it is asked for them.

The index parts words at spaces. Chinese, Japanese and Thai have none, so each of their characters is
indexed as a word of its own, and a word of theirs is asked for as a phrase. SQLite takes accents off
Latin letters only, so case, accents, points and joiners are taken off here, in every script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

UNSPACED = r"[\u0e00-\u0e7f\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""A character that is a word of its own."""
LEAST_BEGINNING = 3
_LETTER = r"[^\W_]"
# Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, joiners. Not the marks that make
# another letter: the sounding marks of kana, the vowels of Indian scripts.
MARKS = r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200c-\u200f]+"


def indexed(text: str) -> str:
    """What the index is given for `text`; the same text always gives the same.

    >>> indexed("日伊首脳 met"), indexed("Ελλάδα")
    ('日 伊 首 脳 met', 'ελλαδα')
    """
    if not text.isascii():
        bare = re.sub(MARKS, "", unicodedata.normalize("NFKD", text).casefold())
        text = unicodedata.normalize("NFC", bare)
    return " ".join(re.sub(f"({UNSPACED})", r" \1 ", text.replace("\x00", " ")).split())


Endings = Callable[[str], Sequence[str]]
"""The words of the index that begin with some letters; none when they are too many to name."""


def match_expression(
    text: str, *, phrase: bool, column: str = "", endings: Endings = lambda beginning: ()
) -> str:
    """The FTS5 expression for words of a query; empty when they hold no letter or digit.

    A bare word matches words that begin with it, a phrase just these words in this order. One or two
    plain letters match whole words: thousands of words begin with them, and nobody means them all.

    >>> match_expression("tariff", phrase=False, column="title")
    'title : "tariff" *'
    >>> match_expression("the deal", phrase=True)
    '"the deal"'
    >>> match_expression("tariff", phrase=False, endings=lambda beginning: ["tariff", "tariffs"])
    '("tariff" OR "tariffs")'
    """
    if not re.search(_LETTER, text):
        return ""
    whole = is_whole(text, phrase=phrase)
    words = indexed(text.rstrip("*"))
    spelled = () if whole or not words.isalnum() else endings(words.lower())
    if spelled:
        told = "(" + " OR ".join(f'"{each}"' for each in spelled) + ")"
    else:
        told = '"' + words.replace('"', '""') + '"' + ("" if whole else " *")
    return (f"{column} : " if column else "") + told


def is_whole(text: str, *, phrase: bool) -> bool:
    """Whether the last word is asked for as it is, and not as the beginning of one."""
    bare = text.rstrip("*")
    return phrase or (bare.isascii() and len(bare.rsplit(" ", 1)[-1]) < LEAST_BEGINNING)
