"""Text to query: `or` of `and` of `not`, by recursive descent.

query = or ; or = and {("OR"|"|") and} ; and = not {["AND"] not} ; not = ["-"|"NOT"] atom
atom  = "(" or ")" | NAME ":" value {"," value} | word | "phrase"
"""

from __future__ import annotations

import re

from dipread.errors import QueryError
from dipread.model import EVERYTHING, And, Has, Not, Or, Query, Vocabulary, Words
from dipread.query.fields import FIELDS, STATES, QueryField
from dipread.query.hints import meant, meant_among
from dipread.query.lexer import Token, tokens
from dipread.question import is_moment
from dipread.text import fold_name

NESTING = 50


def parse_query(text: str, vocabulary: Vocabulary) -> Query:
    """The tree of `text`; an empty text asks for everything.

    Raises QueryError with the place of the fault in `text` and a hint. A bare word is never an error.
    """
    return _Parser(tokens(text, FIELDS.keys() | set()), vocabulary).whole()


class _Parser:
    def __init__(self, found: list[Token], vocabulary: Vocabulary) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._vocabulary = vocabulary

    def whole(self) -> Query:
        if self._sees("end"):
            return EVERYTHING
        query = self._or()
        if not self._sees("end"):
            raise _fault("nothing is open here to be closed", "Remove the bracket.", self._here)
        return query

    @property
    def _here(self) -> Token:
        return self._tokens[self._at]

    def _sees(self, *kinds: str) -> bool:
        return self._here.kind in kinds

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _or(self) -> Query:
        sides = [self._and()]
        while self._sees("or"):
            self._take()
            sides.append(self._and())
        return sides[0] if len(sides) == 1 else Or(tuple(sides))

    def _and(self) -> Query:
        parts: list[Query] = []
        while True:
            if self._sees("end", ")", "or"):
                break
            if self._sees("and"):
                sign = self._take()
                if not parts or self._sees("end", ")", "or", "and"):
                    raise _fault(
                        "AND needs something on both sides",
                        "Write the second part, or remove AND.",
                        sign,
                    )
            part = self._not()
            parts.extend(part.of if isinstance(part, And) else (part,))
        if not parts:
            raise _fault("something is missing here", "Write a word or field:value.", self._here)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self) -> Query:
        turns = 0
        while self._sees("not"):
            sign = self._take()
            turns += 1
            if self._sees("end", ")", "or", "and"):
                raise _fault("nothing follows the NOT", "Write what to leave out.", sign)
        atom = self._atom()
        return Not(atom) if turns % 2 else atom

    def _atom(self) -> Query:
        token = self._take()
        if token.kind == "(":
            self._depth += 1
            if self._depth > NESTING:
                raise _fault(
                    f"more than {NESTING} brackets inside one another",
                    "Ask for less at once.",
                    token,
                )
            if self._sees(")"):
                raise _fault("the brackets are empty", "Write something inside.", token)
            inside = self._or()
            if not self._sees(")"):
                raise _fault("the bracket is not closed", "Add a ) at the end.", token)
            self._take()
            self._depth -= 1
            return inside
        if token.kind == "field":
            return self._has(token)
        return Words(token.text, phrase=token.kind == "phrase")

    def _has(self, token: Token) -> Has:
        asked = FIELDS[token.text]
        if not any(value.strip() for value, _, _ in token.values):
            raise _fault(f"{token.text}: needs a value", f"It takes {_takes(asked)}.", token)
        values = [self._value(asked, *value) for value in token.values if value[0].strip()]
        return Has(token.text, tuple(dict.fromkeys(values)))

    def _value(self, asked: QueryField, value: str, start: int, end: int) -> str:
        if asked.takes == "text":
            return value.strip()
        if asked.takes == "date":
            if not is_moment(value):
                raise QueryError(
                    f"'{value}' is no date",
                    "Write 3d, 12h, today, 2026-03 or 2026-03-09.",
                    start,
                    end,
                )
            return value.strip().lower()
        if asked.takes == "language":
            if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value.strip()):
                raise QueryError(
                    f"'{value}' is no language", "Write its code, as en, fr or ja.", start, end
                )
            return value.strip().lower()
        if asked.takes == "state":
            if value.lower() not in STATES:
                raise QueryError(
                    f"is:{value} is unknown",
                    meant_among("is", value, STATES),
                    start,
                    end,
                )
            return value.lower()
        if asked.takes == "pair":
            return self._pair(value, start, end)
        return self._code(asked.name, asked.takes, value, start, end)

    def _code(self, name: str, kind: str, value: str, start: int, end: int) -> str:
        known = self._vocabulary.codes.get(kind, {})
        code = known.get(fold_name(value))
        if code is None:
            raise QueryError(
                f"no {kind} is called '{value}'",
                meant(name, kind, value, self._vocabulary),
                start,
                end,
            )
        return code

    def _pair(self, value: str, start: int, end: int) -> str:
        for gap in re.finditer(r"[-\u2010-\u2015/]", value):
            sides = value[: gap.start()], value[gap.end() :]
            known = self._vocabulary.codes.get("country", {})
            codes = [known.get(fold_name(side)) for side in sides]
            if codes[0] and codes[1] and codes[0] != codes[1]:
                return "-".join(sorted(code for code in codes if code))
        raise QueryError(
            f"'{value}' names no two countries", "Write two of them as pair:JP-IT.", start, end
        )


def _fault(message: str, hint: str, token: Token) -> QueryError:
    return QueryError(message, hint, token.start, max(token.end, token.start + 1))


def _takes(asked: QueryField) -> str:
    examples = {
        "country": "a country: a code or a name",
        "pair": "two countries, as JP-IT",
        "sector": "a sector, as trade",
        "event": "an event, as visit",
        "forum": "a forum, as g7",
        "state": ", ".join(STATES),
        "date": "a date, as 3d or 2026-03",
        "language": "a language, as en",
        "text": "words",
    }
    return examples[asked.takes]
