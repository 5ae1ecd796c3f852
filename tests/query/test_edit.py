"""What facets do to a query."""

from __future__ import annotations

from dipread.model import EVERYTHING, And, Has, Not, Or, Words
from dipread.model.question import without_field
from dipread.query import choice, drop_last, print_query, toggle

JAPAN = Has("country", ("JP",))


def test_a_second_country_narrows_and_a_second_sector_widens() -> None:
    query = toggle(toggle(EVERYTHING, "country", "JP", "include"), "country", "IT", "include")
    assert print_query(query) == "country:JP country:IT"
    query = toggle(toggle(EVERYTHING, "sector", "trade", "include"), "sector", "energy", "include")
    assert print_query(query) == "sector:trade,energy"


def test_excluding_an_included_value_turns_it_round() -> None:
    query = toggle(And((JAPAN, Words("talks"))), "country", "JP", "exclude")
    assert print_query(query) == "talks -country:JP"
    assert choice(query, "country", "JP") == "out"
    assert toggle(query, "country", "JP", "off") == Words("talks")


def test_only_leaves_other_fields_alone() -> None:
    query = And((JAPAN, Not(Has("country", ("US",))), Has("sector", ("trade",))))
    assert print_query(toggle(query, "country", "IT", "only")) == "sector:trade country:IT"


def test_choices_are_read_from_the_outermost_level_only() -> None:
    query = And((Or((JAPAN, Words("x"))), Has("country", ("IT",))))
    assert choice(query, "country", "JP") == ""
    assert choice(query, "country", "IT") == "in"


def test_the_last_clause_can_be_dropped_until_nothing_is_left() -> None:
    assert drop_last(And((JAPAN, Words("x")))) == JAPAN
    assert drop_last(JAPAN) == EVERYTHING
    assert drop_last(EVERYTHING) == EVERYTHING


def test_a_field_is_taken_out_with_its_exclusions() -> None:
    query = And((JAPAN, Not(Has("country", ("US",))), Words("x")))
    assert without_field(query, "country") == Words("x")
