"""A query as SQL: pure, so it can be read and tested without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from dipread.model import And, Has, Not, Or, Query, Words
from dipread.question import moment
from dipread.store.words import match_expression


class Condition(NamedTuple):
    """A condition on `stories`, with one argument for each `?`."""

    sql: str
    args: tuple[str | int, ...] = ()


_TRUE = Condition("1")
_FALSE = Condition("0")
_TAGGED = "stories.id IN (SELECT story FROM tags WHERE kind = ? AND code IN ({codes}){more})"
_STATES = {
    "read": "stories.id IN (SELECT story FROM states WHERE read)",
    "unread": "stories.id NOT IN (SELECT story FROM states WHERE read)",
    "starred": "stories.id IN (SELECT story FROM states WHERE starred)",
    "annotated": "stories.id IN (SELECT story FROM annotations)",
    "changed": "stories.revisions > 1",
}


def condition(query: Query, now: datetime) -> Condition:
    """What `query` asks of a row of `stories`; `now` is what its dates count from.

    >>> condition(And((Has("is", ("changed",)), Not(Has("sector", ("trade",))))), datetime(2026, 1, 1)).sql
    '(stories.revisions > 1 AND NOT stories.id IN (SELECT story FROM tags WHERE kind = ? AND code IN (?)))'
    """
    match query:
        case Words(text, phrase):
            return _words(text, phrase, column="")
        case Has():
            return _has(query, now)
        case Not(of):
            inner = condition(of, now)
            return Condition(f"NOT {inner.sql}", inner.args)
        case And(of):
            return _joined(" AND ", [condition(each, now) for each in of], _TRUE)
        case Or(of):
            return _joined(" OR ", [condition(each, now) for each in of], _FALSE)


def _joined(word: str, parts: list[Condition], empty: Condition) -> Condition:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return Condition(
        f"({word.join(part.sql for part in parts)})",
        tuple(arg for part in parts for arg in part.args),
    )


def _has(asked: Has, now: datetime) -> Condition:
    match asked.field:
        case "country":
            return _tagged("country", asked.values, " AND role <> 'dateline'")
        case "about":
            return _tagged("country", asked.values, " AND about")
        case "pair" | "sector" | "event" | "forum":
            return _tagged(asked.field, asked.values)
        case "is":
            return _any(Condition(_STATES[value]) for value in asked.values)
        case "since":
            return _any(
                Condition("stories.shown_at >= ?", (int(moment(value, now).timestamp()),))
                for value in asked.values
            )
        case "title":
            return _any(_words(value, " " in value, column="title") for value in asked.values)
        case "person":
            return _any(_person(value) for value in asked.values)
        case "lang":
            return _any(
                Condition("(stories.lang = ? OR stories.lang LIKE ?)", (value, f"{value}-%"))
                for value in asked.values
            )
        case "feed":
            return _any(_feed(value) for value in asked.values)
        case unknown:
            raise ValueError(f"no such field: {unknown}")


def _any(parts: Iterable[Condition]) -> Condition:
    return _joined(" OR ", list(parts), _FALSE)


def _tagged(kind: str, codes: tuple[str, ...], more: str = "") -> Condition:
    marks = ", ".join("?" * len(codes))
    return Condition(_TAGGED.format(codes=marks, more=more), (kind, *codes))


def _feed(value: str) -> Condition:
    """The feed of that very title; where there is none, every feed whose title or publisher holds the words."""
    like = _within(value)
    return Condition(
        "stories.id IN (SELECT story FROM feed_stories JOIN feeds ON feeds.id = feed WHERE CASE"
        " WHEN EXISTS (SELECT 1 FROM feeds WHERE title = ? COLLATE NOCASE) THEN title = ? COLLATE NOCASE"
        r" ELSE title LIKE ? ESCAPE '\' OR publisher LIKE ? ESCAPE '\' END)",
        (value, value, like, like),
    )


def _person(name: str) -> Condition:
    return Condition(
        "stories.id IN (SELECT story FROM tags WHERE kind = 'person' AND code LIKE ? ESCAPE '\\')",
        (_within(name),),
    )


def _within(value: str) -> str:
    """A LIKE pattern for any text that holds `value`."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", value) + "%"


def _words(text: str, phrase: bool, column: str) -> Condition:
    expression = match_expression(text, phrase=phrase, column=column)
    if not expression:
        return _TRUE
    return Condition("stories.id IN (SELECT rowid FROM search WHERE search MATCH ?)", (expression,))
