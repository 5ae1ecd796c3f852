"""A query's text as tokens that know their place, so that any fault can be underlined."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from dipread.errors import QueryError

Kind = Literal["(", ")", "and", "or", "not", "field", "tag", "at", "word", "phrase", "end"]


class Token(NamedTuple):
    """`text` is a word, a phrase, a field's name, or what follows # or @.

    `values` are the field's values with their places; a quoted value keeps its quotes.
    """

    kind: Kind
    text: str
    start: int
    end: int
    values: tuple[tuple[str, int, int], ...] = ()


_SPACE = re.compile(r"\s+")
_NAME = re.compile(r"([A-Za-z]+):")
_WORD = re.compile(r'[^\s()"|]+')
_VALUE = re.compile(r'[^\s()",|]+')
_PATTERN = re.compile(r"/(?:[^/\\]|\\.)+/i?(?=[\s,)|]|$)")
_SIGNED = re.compile(r'([#@])([^\s()",|#@]+)(?=[\s()|]|$)')
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}


def tokens(text: str, names: frozenset[str] | set[str]) -> list[Token]:
    """The tokens of `text`, closed by an `end`; `names` are the fields, any other `x:y` is a word.

    Raises QueryError for a quote that is not closed.
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        token = _next(text, at, names)
        found.append(token)
        at = token.end
    found.append(Token("end", "", len(text), len(text)))
    return found


def _next(text: str, at: int, names: frozenset[str] | set[str]) -> Token:
    char = text[at]
    if char == "(":
        return Token("(", char, at, at + 1)
    if char == ")":
        return Token(")", char, at, at + 1)
    if char == "|":
        return Token("or", char, at, at + 1)
    if char == '"':
        inside, end = _quoted(text, at)
        return Token("phrase", inside, at, end)
    if (
        char == "-"
        and at + 1 < len(text)
        and not text[at + 1].isspace()
        and text[at + 1] not in ")|-"
    ):
        return Token("not", "-", at, at + 1)
    if signed := _SIGNED.match(text, at):
        return Token("tag" if signed[1] == "#" else "at", signed[2], at, signed.end())
    name = _NAME.match(text, at)
    if name and name[1].lower() in names:
        return _field(text, name)
    word = _WORD.match(text, at)
    assert word, "every character that is no space, bracket, quote or bar begins a word"
    if word[0] in _OPERATORS:
        return Token(_OPERATORS[word[0]], word[0], at, word.end())
    return Token("word", word[0], at, word.end())


def _field(text: str, name: re.Match[str]) -> Token:
    values: list[tuple[str, int, int]] = []
    at = name.end()
    while at < len(text):
        start = at
        if text[at] == '"':
            _, at = _quoted(text, at)
            values.append((text[start:at], start, at))
        elif value := _PATTERN.match(text, at) or _VALUE.match(text, at):
            at = value.end()
            values.append((value[0], start, at))
        if at < len(text) and text[at] == ",":
            at += 1
            continue
        break
    return Token("field", name[1].lower(), name.start(), at, tuple(values))


def _quoted(text: str, at: int) -> tuple[str, int]:
    close = text.find('"', at + 1)
    if close < 0:
        raise QueryError(
            "the quote is not closed", 'Add a " at the end of the phrase.', at, len(text)
        )
    return text[at + 1 : close], close + 1
