"""Cleaning, done once, at the door: what a feed says in, plain and harmless text out.

Everything here is pure and linear. Later rooms may trust any title or text that went through.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TITLE_LENGTH = 1_000
TEXT_LENGTH = 200_000

_DROPPED = [
    *range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0),  # C0, DEL, C1
    0x00AD, 0x061C, 0x180E, 0x200B, 0x2060, 0xFEFF,                          # invisible
    *range(0x202A, 0x202F), *range(0x2066, 0x206A),                          # bidi embeddings, overrides, isolates
    *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF,          # deprecated formats, annotations
    *range(0xE0000, 0xE0080),                                                # tag characters
]  # fmt: skip
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(_DROPPED),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x2028: "\n",
    0x2029: "\n\n",
    0x85: "\n",
}
# Joiners stay where a script or an emoji needs them: after a letter or symbol outside Latin.
_STRAY_JOINER = re.compile(
    r"(?<![\u0590-\u1fff\u2190-\u2bff\ufb1d-\ufefc\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_STRAY_MARK = re.compile(r"[\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(
    f"({_MARK}{_MARK}{{3}}){_MARK}+"
)  # a pattern that begins with one is found fastest
_MAY_COMPOSE = re.compile(
    r"[^\0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)
"""What is not Latin, Cyrillic or a common sign, and so may be a mark, or what composition changes."""
_SIGNS = "’“”‘–—…€"
_PRINTED = bytes(range(0x20, 0x7F))
_INDIC = re.compile("[\u0900-\u109f]")
"""Scripts from Devanagari to Burmese, whose vowel signs are marks that Python composes slowly: so each word but once,
for nothing is composed across a blank.
"""
_MARK_OR_INDIC = re.compile(rf"{_MARK[:-1]}\u0900-\u109f]")
_WORD_LENGTH = 40
_ANY_ENTITY = re.compile("&[^;]*;")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*\n\s*")
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|q|s|br|hr|em|li|ul|ol|td|th|tr|h[1-6]|div|img|pre|sub|sup|big|font|span|small|strong|table|tbody|center|"
    r"figure|blockquote|script|style|iframe|cite|code|mark|wbr|applet|blink|embed|frame|frameset|link|meta|object|input|"
    r"html|head|title|body|form|button|video|audio|source|dl|dt|dd|abbr|del|ins)(?:\s[^<>]*)?/?>|<!doctype\s[^<>]*>",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ACTIVE_END = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def clean_characters(text: str) -> str:
    """Without control, override and invisible characters; composed (NFC). Line feeds and tabs stay.

    >>> clean_characters("a\\x1b[31mb\\u202ec")
    'a[31mbc'
    """
    if (
        not text.isprintable()
    ):  # nothing that is dropped here is; most texts are, and stay as they are
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
        if not text.isascii():
            text = _STRAY_JOINER.sub("", text)
            if not _RIGHT_TO_LEFT.search(text):
                text = _STRAY_MARK.sub("", text)
    return _composed(text)


def is_clean(text: str) -> bool:
    """Whether a text has nothing that cleaning drops or changes but its line feeds and blanks; then no part of it has."""
    return _is_printable(text.replace("\n", "")) and _composed(text) == text


def _is_printable(text: str) -> bool:
    """The same as `str.isprintable`, in a fraction of the time for ASCII."""
    return not text.encode().translate(None, _PRINTED) if text.isascii() else text.isprintable()


def _composed(text: str) -> str:
    """In NFC, and without piles of marks."""
    if text.isascii() or _is_latin(text) or not _MAY_COMPOSE.search(text):
        return text
    if not _MARK_OR_INDIC.search(text):
        return unicodedata.normalize("NFC", text)
    if _INDIC.search(text):
        words = text.split(" ")
        if max(map(len, words)) <= _WORD_LENGTH:
            return " ".join(map(_composed_word, words))
    return _in_nfc(text)


def _in_nfc(text: str) -> str:
    return unicodedata.normalize("NFC", _PILE.sub(r"\1", text))


_composed_word = lru_cache(maxsize=8_192)(_in_nfc)


def _is_latin(text: str) -> bool:
    """Whether all of it is in Latin-1 or a common sign, where everything is composed: known in a fraction of a
    search's time.
    """
    try:
        return bool(text.encode("latin-1"))
    except UnicodeEncodeError as first:
        if text[first.start] not in _SIGNS:
            return False
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    try:
        return bool(text.encode("latin-1"))
    except UnicodeEncodeError:
        return False


def single_spaced(text: str) -> str:
    """Clean, and every gap one space.

    >>> single_spaced("  a\\t\\n b \u200b c ")
    'a b c'
    """
    if _is_printable(text) and "  " not in text:  # what is printable has no blank but the plain one
        return _composed(text.strip(" "))
    text = " ".join(text.split())
    if text.isprintable():
        return _composed(text)
    return " ".join(clean_characters(text).split())  # what was dropped may have stood between two


def clean_line(text: str, limit: int = TITLE_LENGTH) -> str:
    """One line of plain text: no tag, no entity, single spaces, at most `limit` code points.

    >>> clean_line("  Trade &amp;amp; aid:\\n <b>talks</b> ")
    'Trade & aid: talks'
    """
    if text.isascii() and "<" not in text and "  " not in text and text.isprintable():
        if "&" not in text:  # as most names and addresses are
            return text.strip(" ")[:limit].rstrip()
        plain = text.replace("&amp;", "&")
        if len(text) - len(plain) == 4 * text.count("&") and not _ANY_ENTITY.search(plain):
            return plain.strip(" ")[:limit].rstrip()
    text = unescape(text[: limit * 16])
    if holds_tags(text):
        text = _ACTIVE.sub("", text) if _ACTIVE_END.search(text) else text
        text = unescape(_TAG.sub("", text))
    return single_spaced(text)[:limit].rstrip()


def clean_block(text: str, limit: int = TEXT_LENGTH) -> str:
    """Plain text in paragraphs, parted by one empty line.

    >>> clean_block("One.  \\n\\n\\n Two\\x07 and\\tmore.")
    'One.\\n\\nTwo and more.'
    """
    lines = _SPACES.sub(" ", clean_characters(text))
    return (
        _BREAKS.sub("\n\n", "\n".join(line.strip() for line in lines.split("\n")))
        .strip()[:limit]
        .rstrip()
    )


def holds_tags(text: str) -> bool:
    """Whether a text holds tags of HTML, and not only brackets."""
    return "<" in text and bool(_TAG.search(text))


def unescape(text: str) -> str:
    """With its entities decoded, those too that were escaped twice.

    >>> unescape("Caf&amp;eacute; AT&T")
    'Café AT&T'
    """
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        from html import unescape as decoded  # its table of entities is long

        text = decoded(text)
    return text
