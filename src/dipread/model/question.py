"""What every room may ask of a query: its parts, and the order of its answer."""

from __future__ import annotations

from typing import NamedTuple

from dipread.model import EVERYTHING, And, Has, Not, Query


def clauses(query: Query) -> tuple[Query, ...]:
    """The parts that must all hold, outermost level only."""
    return query.of if isinstance(query, And) else (query,)


def all_of(parts: tuple[Query, ...]) -> Query:
    """The query that asks for all of `parts`, without a needless `And`."""
    if not parts:
        return EVERYTHING
    return parts[0] if len(parts) == 1 else And(parts)


def without_field(query: Query, name: str) -> Query:
    """The query without the clauses that only speak of one field."""
    return all_of(tuple(each for each in clauses(query) if not _speaks_of(each, name)))


def _speaks_of(clause: Query, name: str) -> bool:
    asked = clause.of if isinstance(clause, Not) else clause
    return isinstance(asked, Has) and asked.field == name


class Order(NamedTuple):
    """How the stories of a query are to be listed: oldest first instead of newest, and how many at most."""

    oldest_first: bool = False
    limit: int | None = None


def ordered(query: Query) -> tuple[Query, Order]:
    """The query without its outermost `sort:` and `limit:`, and what they said; the last word counts."""
    parts, order = [], Order()
    for clause in clauses(query):
        if isinstance(clause, Has) and clause.field == "sort":
            order = order._replace(oldest_first=clause.values[-1] == "oldest")
        elif isinstance(clause, Has) and clause.field == "limit":
            order = order._replace(limit=min(map(int, clause.values)))
        else:
            parts.append(clause)
    return all_of(tuple(parts)), order
