"""Text to query: `or` of `and` of `not`, by recursive descent.

query = or ; or = and {("OR"|"|") and} ; and = not {["AND"] not} ; not = ["-"|"NOT"] atom
atom  = "(" or ")" | NAME ":" value {"," value} | "#" tag | "@" (span | group) | word | "phrase"
value = word | "phrase" | "/" pattern "/"
"""

from __future__ import annotations

from dipread.errors import QueryError
from dipread.model import EVERYTHING, And, Has, Not, Or, Query, Vocabulary, Words
from dipread.model.question import ordered
from dipread.query.fields import FIELDS, GROUP, TAKES
from dipread.query.lexer import Token, tokens
from dipread.query.values import group_code, read_value
from dipread.text.span import is_span

NESTING = 50


def parse_query(text: str, vocabulary: Vocabulary) -> Query:
    """The tree of `text`; an empty text asks for everything.

    Raises QueryError with the place of the fault in `text` and a hint. A bare word is never an error.
    """
    query = _Parser(tokens(text, FIELDS.keys() | set()), vocabulary).whole()
    for name in ("sort", "limit"):
        if _speaks_of(ordered(query)[0], name):
            raise QueryError(
                f"{name}: holds for the whole query", "Move it outside of OR, NOT and brackets.", 0, len(text)
            )  # fmt: skip
    return query


def _speaks_of(query: Query, name: str) -> bool:
    """Whether any part of a query names a field."""
    match query:
        case And(of) | Or(of):
            return any(_speaks_of(each, name) for each in of)
        case Not(of):
            return _speaks_of(of, name)
        case _:
            return isinstance(query, Has) and query.field == name


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
        if turns % 2:
            return atom.of if isinstance(atom, Not) else Not(atom)
        return atom

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
        if token.kind == "tag":
            return Has("tag", (token.text,))
        if token.kind == "at":
            return self._at_sign(token)
        return Words(token.text, phrase=token.kind == "phrase")

    def _has(self, token: Token) -> Has:
        asked = FIELDS[token.text]
        given = [value for value in token.values if value[0].strip('" \t')]
        if not given:
            raise _fault(f"{token.text}: needs a value", f"It takes {TAKES[asked.takes]}.", token)
        values = [read_value(asked, *value, self._vocabulary) for value in given]
        return Has(token.text, tuple(dict.fromkeys(values)))

    def _at_sign(self, token: Token) -> Query:
        """`@3d` is a date, `@g7` a group of countries; anything else is a word."""
        if is_span(token.text):
            return Has("date", (token.text.lower(),))
        group = group_code(token.text, self._vocabulary)
        return Has("country", (GROUP + group,)) if group else Words(GROUP + token.text)


def _fault(message: str, hint: str, token: Token) -> QueryError:
    return QueryError(message, hint, token.start, max(token.end, token.start + 1))
