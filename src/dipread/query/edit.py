"""The edits that a facet makes to a query: include, exclude, only this, and off again."""

from __future__ import annotations

from typing import Literal

from dipread.model import Has, Not, Query, Words
from dipread.model.question import all_of, clauses, without_field
from dipread.query.fields import FIELDS

Mode = Literal["include", "exclude", "only", "off"]


def choice(query: Query, name: str, code: str) -> Literal["in", "out", ""]:
    """How a value of a field stands in the query: asked for, left out, or neither."""
    for clause in clauses(query):
        if isinstance(clause, Has) and clause.field == name and code in clause.values:
            return "in"
        if _excludes(clause, name) and code in clause.of.values:  # type: ignore[union-attr]
            return "out"
    return ""


def toggle(query: Query, name: str, code: str, mode: Mode) -> Query:
    """The query with one value of a field included, excluded, alone in its field, or off.

    A second country narrows (all of), a second value of another field widens (any of).
    """
    if mode == "only":
        return all_of((*clauses(without_field(query, name)), Has(name, (code,))))
    kept = [left for clause in clauses(query) if (left := _without(clause, name, code)) is not None]
    if mode == "exclude":
        kept.append(Not(Has(name, (code,))))
    elif mode == "include":
        same = next(
            (i for i, each in enumerate(kept) if isinstance(each, Has) and each.field == name), None
        )
        if same is None or FIELDS[name].adds_up:
            kept.append(Has(name, (code,)))
        else:
            kept[same] = Has(name, (*kept[same].values, code))  # type: ignore[union-attr]
    return all_of(tuple(kept))


def narrowed(query: Query, phrase: str) -> Query:
    """The query, and these very words."""
    words = " ".join(phrase.replace('"', " ").split())
    return all_of((*clauses(query), Words(words, phrase=True))) if words else query


def drop_last(query: Query) -> Query:
    """The query without its last clause."""
    return all_of(clauses(query)[:-1])


def _excludes(clause: Query, name: str) -> bool:
    return isinstance(clause, Not) and isinstance(clause.of, Has) and clause.of.field == name


def _without(clause: Query, name: str, code: str) -> Query | None:
    if isinstance(clause, Has) and clause.field == name:
        values = tuple(value for value in clause.values if value != code)
        return Has(name, values) if values else None
    if isinstance(clause, Not) and _excludes(clause, name):
        rest = _without(clause.of, name, code)
        return Not(rest) if rest else None
    return clause
