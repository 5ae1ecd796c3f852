"""What every room may ask of a query."""

from __future__ import annotations

import pytest

from dipread.model import EVERYTHING, And, Has, Not, Or, Query, Words
from dipread.model.question import Order, all_of, clauses, ordered, without_field

TRADE = Has("sector", ("trade",))
JAPAN = Has("country", ("JP",))
WORDS = Words("tariff")


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


def test_order_and_limit_are_said_apart_from_what_is_asked() -> None:
    oldest, few, fewer = Has("sort", ("oldest",)), Has("limit", ("20",)), Has("limit", ("9",))
    assert ordered(And((TRADE, oldest, few))) == (TRADE, Order(oldest_first=True, limit=20))
    assert ordered(And((few, fewer, Has("sort", ("newest",))))) == (EVERYTHING, Order(limit=9))
    assert ordered(JAPAN) == (JAPAN, Order())
