"""Text to query, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.errors import QueryError
from dipread.model import EVERYTHING, And, Has, Not, Or, Vocabulary, Words
from dipread.query import advice, parse_query, print_query


def test_an_empty_query_asks_for_everything(vocabulary: Vocabulary) -> None:
    assert parse_query("  ", vocabulary) == EVERYTHING


def test_names_demonyms_and_codes_mean_the_same_country(vocabulary: Vocabulary) -> None:
    for name in ("jp", "JPN", "japan", "日本", '"Japan"'):
        assert parse_query(f"country:{name}", vocabulary) == Has("country", ("JP",))
    assert parse_query('country:"Côte d’Ivoire"', vocabulary) == Has("country", ("CI",))


def test_commas_are_any_of_and_a_repeated_field_is_all_of(vocabulary: Vocabulary) -> None:
    assert parse_query("country:Japan,IT", vocabulary) == Has("country", ("JP", "IT"))
    assert parse_query("country:JP country:IT", vocabulary) == And(
        (Has("country", ("JP",)), Has("country", ("IT",)))
    )


def test_and_binds_tighter_than_or_and_brackets_tighter_still(vocabulary: Vocabulary) -> None:
    assert parse_query("a b OR c", vocabulary) == Or((And((Words("a"), Words("b"))), Words("c")))
    assert parse_query("a (b | c)", vocabulary) == And((Words("a"), Or((Words("b"), Words("c")))))


def test_a_hyphen_negates_only_before_an_atom(vocabulary: Vocabulary) -> None:
    assert parse_query("COVID-19 U.S.-China", vocabulary) == And(
        (Words("COVID-19"), Words("U.S.-China"))
    )
    assert parse_query("-sector:trade NOT visit", vocabulary) == And(
        (Not(Has("sector", ("trade",))), Not(Words("visit")))
    )


def test_a_pair_is_the_same_either_way_round(vocabulary: Vocabulary) -> None:
    assert (
        parse_query("pair:JP-IT", vocabulary)
        == parse_query("pair:italy-japan", vocabulary)
        == Has("pair", ("IT-JP",))
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "hint"),
    [
        ("sector:trde", 7, 11, "sector:trade"),
        ("x country:Japn", 10, 14, "country:Japan"),
        ("sector:supply-chian", 7, 19, "sector:supply_chain"),
        ('"open', 0, 5, '"'),
        ("(a b", 0, 1, ")"),
        ("a )", 2, 3, "bracket"),
        ("country:", 0, 8, "country"),
        ("a OR", 4, 5, "word"),
        ("a AND", 2, 5, "AND"),
        ("since:soon", 6, 10, "3d"),
        ("is:unred", 3, 8, "is:unread"),
        ("pair:nowhere", 5, 12, "JP-IT"),
        ("conf:many", 5, 9, "0.7"),
        ("limit:0", 6, 7, "20"),
        ("title:/(/", 6, 9, "plain words"),
        ("is:unred,read", 3, 8, "is:unread"),
        ("kind:pres", 5, 9, "kind:press"),
        ("country:@g", 8, 10, "@g7"),
        ("a -", 2, 3, ""),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_do(
    vocabulary: Vocabulary, text: str, start: int, end: int, hint: str
) -> None:
    if text == "a -":  # a lone hyphen is a word like any other
        assert parse_query(text, vocabulary) == And((Words("a"), Words("-")))
        return
    with pytest.raises(QueryError) as caught:
        parse_query(text, vocabulary)
    assert (caught.value.start, caught.value.end) == (start, end)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "text", ["NOT -", "-(-a)", "NOT -a", "a NOT - b", "NOT NOT --x", 'NOT "-"']
)
def test_a_negated_hyphen_is_printed_as_it_is_read(text: str, vocabulary: Vocabulary) -> None:
    query = parse_query(text, vocabulary)
    assert parse_query(print_query(query), vocabulary) == query


def test_an_unknown_field_is_text_with_a_did_you_mean(vocabulary: Vocabulary) -> None:
    query = parse_query("sectr:trade http://example.org foo:bar", vocabulary)
    assert query == And((Words("sectr:trade"), Words("http://example.org"), Words("foo:bar")))
    assert advice(query) == (
        "'sectr:trade' was searched as words; did you mean sector:trade?",
        "'foo:bar' was searched as words; there is no field foo",
    )


def test_a_name_that_several_share_or_that_belongs_elsewhere_is_pointed_to(
    vocabulary: Vocabulary,
) -> None:
    for text, hint in (
        ("country:EU", "Did you mean forum:eu?"),
        ("country:Korea", 'Did you mean country:"South Korea" or country:"North Korea"?'),
        ("country:XX", ""),
    ):
        with pytest.raises(QueryError) as caught:
            parse_query(text, vocabulary)
        assert caught.value.hint == hint


def test_people_and_languages_are_asked_for_by_name_and_code(vocabulary: Vocabulary) -> None:
    assert parse_query('person:"Giorgia Meloni" lang:JA', vocabulary) == And(
        (Has("person", ("Giorgia Meloni",)), Has("lang", ("ja",)))
    )
    with pytest.raises(QueryError, match="no language"):
        parse_query("lang:Japanese!", vocabulary)


def test_tags_dates_and_groups_have_a_sign_of_their_own() -> None:
    known = Vocabulary({"members": {"g7": "JP IT"}}, {"forum": {"g7": "g7"}})
    assert parse_query("#urgent -#no @3d @2026-03 @G7 @nobody # @ C# a@b.c", known) == And(
        (
            Has("tag", ("urgent",)),
            Not(Has("tag", ("no",))),
            Has("date", ("3d",)),
            Has("date", ("2026-03",)),
            Has("country", ("@g7",)),
            *(Words(each) for each in ("@nobody", "#", "@", "C#", "a@b.c")),
        )
    )


def test_shares_numbers_patterns_and_homes_are_read(vocabulary: Vocabulary) -> None:
    query = parse_query(
        'conf:.7 conf:>50% limit:20 title:/a, (b)/i body:"/x/" from:int,JP', vocabulary
    )
    assert query == And(
        (
            Has("conf", (">=0.7",)),
            Has("conf", (">0.5",)),
            Has("limit", ("20",)),
            Has("title", ("/a, (b)/i",)),
            Has("body", ("x",)),
            Has("from", ("INT", "JP")),
        )
    )
    assert parse_query(print_query(query), vocabulary) == query


@pytest.mark.parametrize("text", ["-limit:3", "rice OR sort:oldest", "(limit:3 rice)"])
def test_order_and_limit_hold_for_the_whole_query(text: str, vocabulary: Vocabulary) -> None:
    if text.startswith("("):  # brackets around everything change nothing
        assert parse_query(text, vocabulary) == And((Has("limit", ("3",)), Words("rice")))
        return
    with pytest.raises(QueryError, match="whole query"):
        parse_query(text, vocabulary)


PIECES = st.sampled_from(
    ["country:JP", "country:Japan,IT", "sector:trade", "-sector:trade", "pair:IT-JP", "is:unread", "since:3d", "title:talks",
     'feed:"UN News"', "talks", '"trade talks"', "(", ")", "OR", "AND", "NOT", "-", "|", "日本", "x:y", 'feed:"', "country:", "\x00", "#tag", "@3d", "@g7", "@", "conf:>=.7", "title:/a b/i", "title:/", "date:2026-01..2026-02", "limit:3", "sort:oldest"]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=9).map(" ".join), st.text(max_size=40)))
def test_no_text_raises_anything_but_a_query_error_and_printing_is_stable(text: str) -> None:
    vocabulary = Vocabulary(
        {}, {"country": {"jp": "JP", "japan": "JP", "it": "IT"}, "sector": {"trade": "trade"}}
    )
    try:
        query = parse_query(text, vocabulary)
    except QueryError as raised:
        fault = raised
    else:
        assert parse_query(print_query(query), vocabulary) == query
        return
    assert 0 <= fault.start <= fault.end <= len(text) + 1
