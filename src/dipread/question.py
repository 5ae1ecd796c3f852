"""What every room may ask of a query: its parts, and the instants its dates mean."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

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


_SPAN = re.compile(r"(\d{1,4})([hdwmy])")
_UNITS = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def moment(value: str, now: datetime) -> datetime:
    """The instant that `value` names, in UTC; raises ValueError when it names none.

    >>> moment("3d", datetime(2026, 3, 9, 12, tzinfo=UTC)).isoformat()
    '2026-03-06T12:00:00+00:00'
    >>> moment("2026-02", datetime(2026, 3, 9, tzinfo=UTC)).isoformat()
    '2026-02-01T00:00:00+00:00'
    """
    value = value.strip().lower()
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if value == "today":
        return midnight
    if value == "yesterday":
        return midnight - timedelta(days=1)
    if span := _SPAN.fullmatch(value):
        return now.astimezone(UTC) - int(span[1]) * _UNITS[span[2]]
    if day := _DAY.fullmatch(value):
        return datetime(int(day[1]), int(day[2] or 1), int(day[3] or 1), tzinfo=UTC)
    raise ValueError(f"not a date: {value}")


def is_moment(value: str) -> bool:
    """Whether `moment` can read the value, whatever the time is."""
    try:
        moment(value, datetime(2026, 6, 15, tzinfo=UTC))
    except (ValueError, OverflowError):
        return False
    return True
