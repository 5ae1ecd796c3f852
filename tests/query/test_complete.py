"""What is offered while a query is typed can be read by itself, and is what was begun."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.model import Vocabulary
from dipread.query import FIELDS, Known, complete, parse_query

VOCABULARY = Vocabulary(
    {
        "country": {"JP": "Japan", "JO": "Jordan", "IT": "Italy", "CI": "Côte d’Ivoire"},
        "sector": {"trade": "Trade", "supply_chain": "Supply chains"},
        "forum": {"g7": "G7"},
        "members": {"g7": "JP IT"},
    },
    {
        "country": {"jp": "JP", "japan": "JP", "日本": "JP", "jordan": "JO", "jo": "JO", "it": "IT", "italy": "IT", "italie": "IT", "cote divoire": "CI", "ci": "CI"},
        "sector": {"trade": "trade", "supply chain": "supply_chain"},
        "forum": {"g7": "g7"},
    },
)  # fmt: skip
KNOWN = Known(
    VOCABULARY,
    {"country": {"JO": 9, "JP": 4}, "sector": {"trade": 2}, "pair": {"IT-JP": 3}},
    {"feed": ("UN News", "Wire"), "view": ("morning",), "tag": ("urgent",)},
)


def offered(text: str) -> list[str]:
    return [each.text for each in complete(text, len(text), KNOWN).candidates]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("country:ja", ["country:JP"]),
        ("country:jo", ["country:JO"]),
        ("country:j", ["country:JO", "country:JP"]),
        ("country:日", ["country:JP"]),
        ("country:JP,ita", ["country:JP,IT"]),
        ("x -about:ital", ["about:IT"]),
        ("(country:@g", ["country:@g7"]),
        ("sector:sup", ["sector:supply_chain"]),
        ("pair:ita", ["pair:IT-JP"]),
        ("is:un", ["is:unread"]),
        ("feed:ne", ['feed:"UN News"']),
        ('feed:"un n', ['feed:"UN News"']),
        ("view:m", ["view:morning"]),
        ("tag:u", ["tag:urgent"]),
        ("since:3", ["since:3d", "since:30d"]),
        ("jap", ["country:JP"]),
        ("sec", ["sector:"]),
        ("rice trad", ["sector:trade"]),
        ("nothing:x", []),
        ("", []),
        ("rice ", []),
    ],
)
def test_what_was_begun_is_offered_the_most_told_of_first(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first
    if not first:
        assert offered(text) == []


def test_a_candidate_says_what_it_is_and_how_many_stories_it_gives() -> None:
    (japan,) = complete("country:jap", 11, KNOWN).candidates
    assert (japan.label, japan.stories) == ("Japan", 4)


def test_only_what_stands_before_the_cursor_is_replaced() -> None:
    completion = complete("rice country:ja since:3d", 15, KNOWN)
    assert (completion.start, completion.end) == (5, 15)


@given(
    st.text(alphabet=':"(|-, @jtsiu', max_size=12)
    | st.sampled_from([f"{name}:" for name in FIELDS])
)
def test_what_is_offered_can_be_read(text: str) -> None:
    completion = complete(text, len(text), KNOWN)
    for each in completion.candidates:
        if not each.text.endswith(":"):
            parse_query(each.text, VOCABULARY)
