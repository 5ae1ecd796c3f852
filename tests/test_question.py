"""What every room may ask of a query, and the instants its dates mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.model import EVERYTHING, And, Has, Not, Or, Query, Words
from dipread.question import all_of, clauses, is_moment, moment, without_field

NOW = datetime(2026, 3, 9, 12, 30, tzinfo=UTC)
TRADE = Has("sector", ("trade",))
JAPAN = Has("country", ("JP",))
WORDS = Words("tariff")


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("today", "2026-03-09T00:00:00"),
        ("Yesterday", "2026-03-08T00:00:00"),
        ("36h", "2026-03-08T00:30:00"),
        ("3d", "2026-03-06T12:30:00"),
        ("2w", "2026-02-23T12:30:00"),
        ("1m", "2026-02-07T12:30:00"),
        ("1y", "2025-03-09T12:30:00"),
        (" 2026 ", "2026-01-01T00:00:00"),
        ("2026-02", "2026-02-01T00:00:00"),
        ("2026-02-03", "2026-02-03T00:00:00"),
    ],
)
def test_a_date_in_a_query_names_an_instant(value: str, instant: str) -> None:
    assert moment(value, NOW) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_today_begins_at_midnight_utc_wherever_the_clock_stands() -> None:
    auckland = datetime(2026, 3, 10, 1, 0, tzinfo=timezone(timedelta(hours=13)))
    assert moment("today", auckland) == datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", "soon", "3", "3x", "2026-13", "2026-02-30", "0", "d3"])
def test_what_is_no_date_is_refused(value: str) -> None:
    assert not is_moment(value)
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        moment(value, NOW)


@given(st.text(alphabet="0123456789hdwmy-"))
def test_is_moment_says_beforehand_whether_moment_will_answer(value: str) -> None:
    if is_moment(value):
        assert moment(value, datetime(2026, 6, 15, tzinfo=UTC)).tzinfo is UTC
    else:
        with pytest.raises((ValueError, OverflowError)):
            moment(value, datetime(2026, 6, 15, tzinfo=UTC))


@pytest.mark.parametrize("query", [EVERYTHING, WORDS, TRADE, Or((TRADE, JAPAN)), Not(TRADE)])
def test_the_clauses_of_a_query_make_the_query_again(query: Query) -> None:
    assert all_of(clauses(query)) == query


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        (TRADE, EVERYTHING),
        (Not(TRADE), EVERYTHING),
        (And((TRADE, JAPAN, WORDS)), And((JAPAN, WORDS))),
        (And((TRADE, JAPAN)), JAPAN),
        (Or((TRADE, JAPAN)), Or((TRADE, JAPAN))),
        (EVERYTHING, EVERYTHING),
    ],
)
def test_without_a_field_only_the_clauses_that_speak_of_nothing_else_go(
    query: Query, rest: Query
) -> None:
    assert without_field(query, "sector") == rest
