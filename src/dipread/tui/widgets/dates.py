"""The dates beside columns of a chart: as many as fit side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_NUMBER = len("12 ")


def dates_beside(days: Sequence[date], unit: str, wide: int) -> str:
    """What the columns that begin on these days stand for, each column so many cells wide.

    >>> dates_beside([date(2026, 11, day) for day in range(28, 31)], "day", 6)
    '28 Nov      30 '
    """
    text, before = "", ""
    for number, day in enumerate(days):
        name = _name(day, unit, number == 0, wide)
        if name and name != before and len(text) <= number * wide:
            text, before = text.ljust(number * wide) + name + " ", name
    return text


def _name(day: date, unit: str, first: bool, wide: int) -> str:
    if unit != "day":
        return f"{day:%b}" if unit == "week" else f"{day:%Y}"
    numbered = wide > _NUMBER
    if first or day.day == 1 or (day.weekday() == 0 and not numbered):
        return f"{day.day} {day:%b}"
    return str(day.day) if numbered else ""
