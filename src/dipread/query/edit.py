"""The edits that a facet makes to a query: include, exclude, only this, and off again."""

from __future__ import annotations

from typing import Literal

from dipread.model import EVERYTHING, And, Has, Not, Query
from dipread.query.fields import FIELDS

Mode = Literal["include", "exclude", "only", "off"]


def clauses(query: Query) -> tuple[Query, ...]:
    """The parts that must all hold, outermost level only."""
    return query.of if isinstance(query, And) else (query,)


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
        return _all((*clauses(without_field(query, name)), Has(name, (code,))))
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
    return _all(tuple(kept))


def without_field(query: Query, name: str) -> Query:
    """The query without the clauses that only speak of one field."""
    return _all(tuple(each for each in clauses(query) if not _speaks_of(each, name)))


def drop_last(query: Query) -> Query:
    """The query without its last clause."""
    return _all(clauses(query)[:-1])


def _all(parts: tuple[Query, ...]) -> Query:
    if not parts:
        return EVERYTHING
    return parts[0] if len(parts) == 1 else And(parts)


def _excludes(clause: Query, name: str) -> bool:
    return isinstance(clause, Not) and isinstance(clause.of, Has) and clause.of.field == name


def _speaks_of(clause: Query, name: str) -> bool:
    return (isinstance(clause, Has) and clause.field == name) or _excludes(clause, name)


def _without(clause: Query, name: str, code: str) -> Query | None:
    if isinstance(clause, Has) and clause.field == name:
        values = tuple(value for value in clause.values if value != code)
        return Has(name, values) if values else None
    if isinstance(clause, Not) and _excludes(clause, name):
        rest = _without(clause.of, name, code)
        return Not(rest) if rest else None
    return clause
