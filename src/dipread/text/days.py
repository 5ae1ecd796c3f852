"""Days and lengths of time as people write them."""

from __future__ import annotations

from datetime import date, timedelta

from dipread.errors import UsageError


def read_day(text: str, today: date) -> date | None:
    """The day that a text names: a date, today, or so many days on; None for none. Raises UsageError.

    >>> read_day("7d", date(2026, 9, 1)), read_day("2026-12-01", date(2026, 9, 1))
    (datetime.date(2026, 9, 8), datetime.date(2026, 12, 1))
    """
    words = text.strip().casefold()
    days = {"today": 0, "tomorrow": 1}.get(words)
    if words in ("none", ""):
        return None
    if days is None and words[:-1].isdecimal() and words[-1] in "dw":
        days = int(words[:-1]) * (7 if words[-1] == "w" else 1)
    try:
        return today + timedelta(days=days) if days is not None else date.fromisoformat(words)
    except (ValueError, OverflowError):
        raise UsageError(f"'{text}' is no day", "Write 2026-12-01, today, 7d or 2w.") from None


def lasting(time: timedelta) -> str:
    """A length of time in its largest unit.

    >>> lasting(timedelta(minutes=45)), lasting(timedelta(hours=30)), lasting(timedelta(days=12))
    ('45 min', '30 h', '12 days')
    """
    minutes = round(time.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 60 * 48 else f"{minutes // 1440} days"
