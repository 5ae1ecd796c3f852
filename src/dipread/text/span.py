"""The stretches of time that queries name: `3d`, `2026-03`, `2026-W12`, `2026-03-01..2026-03-09`.

All in UTC. A stretch is half-open: its start belongs to it, its end does not.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """From `start` up to, not including, `end`; None is open."""

    start: datetime | None
    end: datetime | None


_UNITS = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}
_DAY = timedelta(days=1)
_AGO = re.compile(r"(\d{1,4})([hdwmy])")
_DURATION = re.compile(
    r"p(?:(\d{1,4})y)?(?:(\d{1,4})m)?(?:(\d{1,4})w)?(?:(\d{1,4})d)?(?:t(\d{1,4})h)?"
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-?q([1-4])")
_COMPARED = re.compile(r"(>=|<=|>|<|=)(.+)")


def span(value: str, now: datetime) -> Span:
    """The stretch that `value` names, counted from `now`; raises ValueError when it names none.

    `3d` is the last three days; `a..b` (ISO: `a/b`, `a/P7D`) reaches from the start of a to the end of
    b; `>=a`, `>a`, `<=a`, `<a` are open to one side.

    >>> now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    >>> [each.isoformat()[:10] for each in span("2026-02", now) if each]
    ['2026-02-01', '2026-03-01']
    >>> [each.isoformat()[:13] for each in span("3d..1d", now) if each]
    ['2026-03-06T12', '2026-03-08T12']
    """
    value = value.strip().lower()
    try:
        if compared := _COMPARED.fullmatch(value):
            return _compared(compared[1], _whole(compared[2].strip(), now))
        for sign in ("..", "/"):
            first, found, last = value.partition(sign)
            if found:
                return _between(first.strip(), last.strip(), now)
        return _whole(value, now)
    except OverflowError:
        raise ValueError(f"not a date: {value}") from None


def is_span(value: str) -> bool:
    """Whether `span` can read the value, whatever the time is."""
    try:
        span(value, datetime(2026, 6, 15, tzinfo=UTC))
    except ValueError:
        return False
    return True


def _whole(value: str, now: datetime) -> Span:
    """A stretch that is named as one: an age, a day, a week, a month, a quarter, a year, an instant."""
    now = now.astimezone(UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if value == "now":
        return Span(now, None)
    if value == "today":
        return Span(midnight, midnight + _DAY)
    if value == "yesterday":
        return Span(midnight - _DAY, midnight)
    if ago := _AGO.fullmatch(value):
        return Span(now - int(ago[1]) * _UNITS[ago[2]], None)
    if week := _WEEK.fullmatch(value):
        monday = datetime.fromisocalendar(int(week[1]), int(week[2]), 1).replace(tzinfo=UTC)
        return Span(monday, monday + 7 * _DAY)
    if quarter := _QUARTER.fullmatch(value):
        first = datetime(int(quarter[1]), 3 * int(quarter[2]) - 2, 1, tzinfo=UTC)
        return Span(first, _months_on(first, 3))
    if date := _DATE.fullmatch(value):
        year, month, day = (int(each) if each else None for each in date.groups())
        assert year is not None
        start = datetime(year, month or 1, day or 1, tzinfo=UTC)
        if day:
            return Span(start, start + _DAY)
        return Span(start, _months_on(start, 1 if month else 12))
    if "t" in value or ":" in value:
        instant = datetime.fromisoformat(value.upper())
        instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
        return Span(instant, instant + timedelta(seconds=1))
    raise ValueError(f"not a date: {value}")


def _between(first: str, last: str, now: datetime) -> Span:
    if not first and not last:
        raise ValueError("a range needs an end")
    if (length := _length(last)) is not None:
        start = _whole(first, now).start
        return Span(start, start + length if start else None)
    if (length := _length(first)) is not None:
        end = _end(last, now)
        return Span(end - length if end else None, end)
    start = _whole(first, now).start if first else None
    return Span(start, _end(last, now) if last else None)


def _end(value: str, now: datetime) -> datetime | None:
    """Where a range ends that is closed by `value`: after a day or month, at an age or `now`."""
    whole = _whole(value, now)
    return whole.start if whole.end is None else whole.end


def _length(value: str) -> timedelta | None:
    """An ISO 8601 duration; None when it is none."""
    found = _DURATION.fullmatch(value)
    if not found or not any(found.groups()):
        return None
    return sum(
        (int(n or 0) * _UNITS[u] for n, u in zip(found.groups(), "ymwdh", strict=True)),
        timedelta(),
    )


def _compared(sign: str, whole: Span) -> Span:
    end = whole.start if whole.end is None else whole.end
    match sign:
        case ">=":
            return Span(whole.start, None)
        case ">":
            return Span(end, None)
        case "<":
            return Span(None, whole.start)
        case "<=":
            return Span(None, end)
        case _:
            return whole


def _months_on(start: datetime, months: int) -> datetime:
    months += start.month - 1
    return start.replace(year=start.year + months // 12, month=months % 12 + 1)
