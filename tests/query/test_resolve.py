"""Views and groups spelled out."""

from __future__ import annotations

import pytest

from dipread.errors import QueryError
from dipread.model import And, Has, Not, Or, Query, Vocabulary, Words
from dipread.query import parse_query, resolve

GROUPS = Vocabulary(
    {"members": {"g7": "CA FR JP", "eu": "FR IT"}},
    {"country": {"jp": "JP", "japan": "JP", "fr": "FR", "cn": "CN"}, "forum": {"g7": "g7", "group of seven": "g7", "eu": "eu"}},
)  # fmt: skip


def asked(text: str, **views: str) -> Query:
    saved = {name: parse_query(each, GROUPS) for name, each in views.items()}
    return resolve(parse_query(text, GROUPS), GROUPS, lambda: saved)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("country:@g7", Has("country", ("CA", "FR", "JP"))),
        ("@eu", Has("country", ("FR", "IT"))),
        ('country:JP,"@Group of Seven"', Has("country", ("JP", "CA", "FR"))),
        ("-about:@eu", Not(Has("about", ("FR", "IT")))),
        ("from:@eu", Has("from", ("FR", "IT"))),
        ("pair:@eu-CN", Has("pair", ("CN-FR", "CN-IT"))),
        ("pair:@eu-@g7", Has("pair", ("CA-FR", "CA-IT", "FR-IT", "FR-JP", "IT-JP"))),
        ("pair:@eu", Has("pair", ("FR", "IT"))),
        ("pair:JP", Has("pair", ("JP",))),
    ],
)
def test_a_group_is_its_members(text: str, meant: Query) -> None:
    assert asked(text) == meant


def test_a_view_is_what_it_asks_and_may_ask_for_another() -> None:
    views = {"asia": "country:JP,CN", "morning": "view:asia since:1d (rice OR fish)"}
    parts = (Words("rice"), Words("fish"))
    assert asked("is:unread view:Morning", **views) == And(
        (
            Has("is", ("unread",)),
            And((Has("country", ("JP", "CN")), Has("since", ("1d",)), Or(parts))),
        )
    )
    assert asked("view:asia,morning", **views) == Or(
        (asked("view:asia", **views), asked("view:morning", **views))
    )


def test_views_that_ask_for_one_another_are_named() -> None:
    with pytest.raises(QueryError, match="a → b → a"):
        asked("view:a", a="view:b", b="rice view:A")


def test_a_view_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(QueryError, match="no view is called 'x'") as fault:
        asked("view:x", asia="JP")
    assert "asia" in fault.value.hint


def test_views_are_only_read_when_one_is_named() -> None:
    def views() -> dict[str, Query]:
        raise AssertionError("nobody asked")

    assert resolve(Words("rice"), GROUPS, views) == Words("rice")


@pytest.mark.parametrize("text", ["country:@nobody", "pair:@nobody-JP", "about:@"])
def test_a_group_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(QueryError) as fault:
        parse_query(text, GROUPS)
    assert fault.value.hint


def test_a_group_is_printed_as_it_was_asked() -> None:
    from dipread.query import print_query

    assert print_query(parse_query('@g7 pair:"@Group of Seven-CN"', GROUPS)) == (
        "country:@g7 pair:@g7-CN"
    )
