"""Cleaning at the door."""

from __future__ import annotations

import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.text import cleaning, markup
from dipread.text.cleaning import (
    _MAY_COMPOSE,
    _SIGNS,
    TITLE_LENGTH,
    clean_block,
    clean_line,
    single_spaced,
    unescape,
)
from dipread.text.markup import html_to_text


def harmless(text: str) -> bool:
    return all(unicodedata.category(char) not in ("Cc", "Cs") or char == "\n" for char in text)


@given(st.text())
def test_a_clean_line_is_one_harmless_line_and_cleaning_it_again_changes_nothing(text: str) -> None:
    line = clean_line(text)
    assert harmless(line)
    assert "\n" not in line
    assert len(line) <= TITLE_LENGTH
    assert clean_line(line) == line or "&" in text


@given(st.text(alphabet=st.sampled_from("<>/ab p\n\t&;=\"'li\x1b\u202e\u200bé漢")))
def test_no_html_breaks_the_reader_and_links_point_at_their_labels(source: str) -> None:
    plain = html_to_text(source)
    assert harmless(plain.text)
    assert "\u202e" not in plain.text
    assert all(0 <= start < end <= len(plain.text) for start, end, _ in plain.links)


def test_escape_sequences_and_overrides_lose_their_power() -> None:
    assert clean_line("\x1b]52;c;ZXZpbA==\x07Talks \u202eksuM\u202c") == "]52;c;ZXZpbA==Talks ksuM"


def test_joiners_stay_where_a_script_or_an_emoji_needs_them() -> None:
    assert (
        clean_line("می\u200cخواهم 👩\u200d🚀 in\u200dvisible")
        == "می\u200cخواهم 👩\u200d🚀 invisible"
    )


def test_entities_escaped_twice_are_decoded_but_a_lone_ampersand_is_kept() -> None:
    assert unescape("Q&amp;amp;A at R&D") == "Q&A at R&D"


def test_a_title_keeps_comparisons_and_brackets() -> None:
    assert clean_line("GDP < 3 % and [b]bold[/b] claims") == "GDP < 3 % and [b]bold[/b] claims"


def test_a_heap_of_combining_marks_is_cut_to_four() -> None:
    assert len(clean_line("Z" + "\u0316" * 40)) == 5


def test_what_is_taken_for_composed_at_a_glance_can_be_no_part_of_a_composition() -> None:
    plain = {chr(code) for code in range(0x3000) if not _MAY_COMPOSE.search(chr(code))}
    parts = (unicodedata.decomposition(chr(code)).split() for code in range(0x110000))
    composing = {chr(int(two[1], 16)) for two in parts if len(two) == 2 and two[0][0] != "<"}
    assert {"e", "é", "ж", "й", *_SIGNS} <= plain
    assert all(unicodedata.is_normalized("NFC", each) for each in plain)
    assert not any(map(unicodedata.combining, plain))
    assert plain.isdisjoint(composing)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_single_spaced_text_is_composed_and_has_no_two_blanks(text: str) -> None:
    spaced = single_spaced(text)
    assert spaced == single_spaced(f" \t{text}\n")
    assert unicodedata.is_normalized("NFC", spaced)
    assert "  " not in spaced
    assert spaced == spaced.strip()


def test_html_keeps_paragraphs_lists_and_tables_and_drops_scripts() -> None:
    source = (
        "<style>p{}</style><p>First.<br>Second.</p><script>alert(1)</script><ol><li><p>One</p></li><li>Two</li></ol>"
        "<table><tr><th>Country</th><th>Vote</th></tr><tr><td>Japan</td><td>Yes</td></tr></table>Last"
    )
    assert (
        html_to_text(source).text
        == "First.\nSecond.\n\n• One\n• Two\n\nCountry | Vote\nJapan | Yes\n\nLast"
    )


def test_html_that_was_escaped_twice_is_read_twice() -> None:
    assert (
        html_to_text("<div>&lt;p&gt;Hello &lt;b&gt;there&lt;/b&gt;&lt;/p&gt;</div>").text
        == "Hello there"
    )


def test_only_web_links_are_kept() -> None:
    plain = html_to_text('<a href="javascript:x()">a</a> <a href="https://x.example/y">b c</a>')
    assert plain.text == "a b c"
    assert plain.links == ((2, 5, "https://x.example/y"),)


def test_long_texts_are_cut_and_never_split_a_line_feed_pair() -> None:
    assert len(clean_block("word " * 100_000)) <= 200_000
    assert len(html_to_text("<p>" + "word " * 100_000).text) <= 200_000


def test_a_whole_page_in_a_headline_leaves_its_words() -> None:
    page = '<!DOCTYPE html PUBLIC "x"> <html xmlns="y"><head><title>Talks</title></head> <body onload="z();">in Rome</body></html>'
    assert clean_line(page) == "Talks in Rome"
    assert clean_line("EU <3 Japan, and <title unknown") == "EU <3 Japan, and <title unknown"


@given(
    st.lists(st.sampled_from(["<p>", "<br>", "<b>", "<td>", "<li>", "words", " ", "é"])).map(
        "".join
    )
)
def test_no_more_text_is_kept_than_the_limit_gap_or_not(source: str) -> None:
    assert len(html_to_text(source, 7).text) <= 8  # a line may end with the gap before what was cut


HALF_OPEN = (
    '<p title="a>b">One</p>',
    "<p>3 < 4</p>",
    "<!-- <p>no</p> --><p>Yes",
    "<script>x<y</script>Z",
    "<a",
    "a<b>",
)


@pytest.mark.parametrize("odd", HALF_OPEN)
def test_a_page_reads_the_same_beside_what_must_be_read_with_care(odd: str) -> None:
    plain = '<p>Talks in <a href="https://a.example/">Geneva</a>.</p><ul><li>One<li>Two</ul>'
    assert html_to_text(plain + odd).text.startswith(html_to_text(plain).text)
    assert html_to_text(plain + odd).links == html_to_text(plain).links


PIECES = [
    "<p>",
    "</p>",
    "<BR/>",
    "<li>",
    "<td>",
    "<b>",
    "<a href='/x'>",
    "<a href=/y />",
    "&#1;",
    "\u0301",
    "</a>",
    '<i title="a">',
    "<svg>",
    "</svg>",
    "<script>",
    "</script>",
    "<!-- ",
    " -->",
    "<",
    ">",
    "'",
    '"',
    " ",
    "\n",
    "&amp;",
    "word",
    "é",
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(MARKUP, st.sampled_from([9, 10_000]))
def test_a_page_taken_apart_in_one_search_reads_as_one_read_with_care(
    source: str, limit: int
) -> None:
    with patch.object(markup, "_PLAIN", frozenset()):
        walked = html_to_text(source, limit)
    with patch.object(markup, "_needs_care", lambda *_: True):
        carefully = html_to_text(source, limit)
    assert html_to_text(source, limit) == walked == carefully


@given(st.lists(st.sampled_from(["&amp;", "&", "a", " ", ";", "copy", "lt;", "<b>", "=", "é"])))
def test_a_line_of_nothing_but_ampersands_is_cleaned_quickly_to_the_same(parts: list[str]) -> None:
    line = "".join(parts)
    assert clean_line(line) == clean_line(f"\u200b{line}")  # what is not ASCII goes the long way


INDIC = st.text(st.sampled_from("कख़ज़ि्ंন়োொ \u0301\u0323\u0338\u2000é\n\u00a0"), max_size=60)


@given(INDIC | st.text(max_size=30))
def test_texts_are_composed_word_by_word_as_in_one_piece(text: str) -> None:
    plainly = unicodedata.normalize("NFC", cleaning._PILE.sub(r"\1", text))
    assert cleaning._composed(text) == plainly
