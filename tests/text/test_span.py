"""The stretches of time that queries name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.text.span import is_span, span

NOW = datetime(2026, 3, 9, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("today", "2026-03-09", "2026-03-10"),
        ("Yesterday", "2026-03-08", "2026-03-09"),
        ("36h", "2026-03-08T00:30", ""),
        ("3d", "2026-03-06T12:30", ""),
        ("2w", "2026-02-23T12:30", ""),
        ("1m", "2026-02-07T12:30", ""),
        ("1y", "2025-03-09T12:30", ""),
        (" 2026 ", "2026-01-01", "2027-01-01"),
        ("2026-02", "2026-02-01", "2026-03-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-2-3", "2026-02-03", "2026-02-04"),
        ("2026-W10", "2026-03-02", "2026-03-09"),
        ("2026-Q4", "2026-10-01", "2027-01-01"),
        ("2026-02-03T10:00", "2026-02-03T10:00", "2026-02-03T10:00:01"),
        ("2026-02-03T10:00+09:00", "2026-02-03T01:00", "2026-02-03T01:00:01"),
        ("3d..1d", "2026-03-06T12:30", "2026-03-08T12:30"),
        ("2026-01..2026-02", "2026-01-01", "2026-03-01"),
        ("2026-01-05/2026-01-09", "2026-01-05", "2026-01-10"),
        ("2026-01-05/P7D", "2026-01-05", "2026-01-12"),
        ("P1W/2026-01-09", "2026-01-03", "2026-01-10"),
        ("2026-02-03..now", "2026-02-03", "2026-03-09T12:30"),
        ("2026-02..", "2026-02-01", ""),
        ("..2026-02", "", "2026-03-01"),
        ("..3d", "", "2026-03-06T12:30"),
        (">=2026-02", "2026-02-01", ""),
        (">2026-02", "2026-03-01", ""),
        ("<2026-02", "", "2026-02-01"),
        ("<=2026-02", "", "2026-03-01"),
        ("=2026-02", "2026-02-01", "2026-03-01"),
    ],
)
def test_a_value_names_a_stretch(value: str, start: str, end: str) -> None:
    wanted = tuple(
        datetime.fromisoformat(each).replace(tzinfo=UTC) if each else None for each in (start, end)
    )
    assert span(value, NOW) == wanted


def test_today_begins_at_midnight_utc_wherever_the_clock_stands() -> None:
    auckland = datetime(2026, 3, 10, 1, 0, tzinfo=timezone(timedelta(hours=13)))
    assert span("today", auckland) == span("today", NOW)


@pytest.mark.parametrize(
    "value",
    ["", "soon", "..", "/", "a..b", "2026-13", "2026-02-30", "2026-W60", "2026-q5", "9999-12", "9999", "3x", ">", "p", "P7D", "T", "99:99"],
)  # fmt: skip
def test_what_names_none_is_refused(value: str) -> None:
    assert not is_span(value)
    with pytest.raises(ValueError, match=r"."):
        span(value, NOW)


@given(st.text(alphabet="0123456789-wqdhmyp./<>=t:+ ", max_size=24))
def test_whatever_is_written_is_a_stretch_or_refused(value: str) -> None:
    if is_span(value):
        start, end = span(value, NOW)
        assert all(each is None or each.tzinfo is not None for each in (start, end))
