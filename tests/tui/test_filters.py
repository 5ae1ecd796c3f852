"""The rows of the filters, without a screen."""

from __future__ import annotations

import pytest

from dipread.data import read
from dipread.model import And, Facets, Has, Not, Vocabulary
from dipread.query.names import read_vocabulary
from dipread.tui.rows.filters import Filters, Heading, More, Value, chosen

FACETS = Facets(
    {
        "country": {"JP": 19, "IT": 14, "DE": 7, "CI": 2},
        "sector": {f"sector_{number}": 20 - number for number in range(9)},
        "feed": {"外交時報": 3, "Meridian Wire": 2},
    }
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(read("gazetteer.json"))


def _codes(filters: Filters, vocabulary: Vocabulary) -> list[str]:
    return [row.code for row in filters.rows(vocabulary) if isinstance(row, Value)]


def test_kinds_are_apart_and_long_ones_cut(vocabulary: Vocabulary) -> None:
    rows = list(Filters(FACETS).rows(vocabulary))
    assert rows[0] == Heading("COUNTRIES")
    assert rows.count(None) == 2
    assert More("sector", 3) in rows
    opened = Filters(FACETS, opened={"sector"})
    assert len(_codes(opened, vocabulary)) == 15


def test_what_is_chosen_comes_first_and_is_never_left_out(vocabulary: Vocabulary) -> None:
    asked = And((Has("country", ("CI",)), Not(Has("country", ("FJ",)))))
    filters = Filters(FACETS, asked)
    countries = [row for row in filters.rows(vocabulary) if isinstance(row, Value)][:3]
    assert [(row.code, row.choice, row.count) for row in countries] == [
        ("CI", "in", 2),
        ("FJ", "out", 0),
        ("JP", "", 19),
    ]
    assert filters.on == 2
    assert chosen(asked, "country") == {"CI", "FJ"}


@pytest.mark.parametrize("name", ["japan", "JAP", "日本", "Япония", "Giappone"])
def test_a_country_is_found_by_its_name_in_any_language(name: str, vocabulary: Vocabulary) -> None:
    assert _codes(Filters(FACETS, sought=name), vocabulary) == ["JP"]


def test_feeds_and_sectors_are_found_by_a_part_of_their_names(vocabulary: Vocabulary) -> None:
    assert _codes(Filters(FACETS, sought="wire"), vocabulary) == ["Meridian Wire"]
    assert _codes(Filters(FACETS, sought="côte"), vocabulary) == ["CI"]
    assert _codes(Filters(FACETS, sought="sector 8"), vocabulary) == ["sector_8"]
    assert not _codes(Filters(FACETS, sought="zzz"), vocabulary)


def test_rows_keep_the_order_they_are_given(vocabulary: Vocabulary) -> None:
    asked = Has("country", ("DE",))
    order = [("country", code) for code in ("IT", "JP", "DE")]
    rows = [row for row in Filters(FACETS, asked).rows(vocabulary, order) if isinstance(row, Value)]
    assert [row.code for row in rows[:4]] == ["IT", "JP", "DE", "CI"]
