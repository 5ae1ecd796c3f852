"""JSON Feed: what its items say, whatever shape they are in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.errors import FeedParseError
from dipread.fetch.entry import Entry
from dipread.fetch.jsonfeed import read_json_feed


def entry(**item: object) -> Entry:
    """The one entry of a feed with this item."""
    (read,) = read_json_feed(json.dumps({"items": [item]}))[2]
    return read


def test_a_feed_says_its_title_and_home_page() -> None:
    text = '{"title": "T", "home_page_url": "https://a.example/", "items": []}'
    assert read_json_feed(text) == ("T", "https://a.example/", [])


def test_html_goes_before_plain_text_and_plain_text_before_the_summary() -> None:
    assert entry(content_html="<p>h</p>", content_text="t", summary="s").html == "<p>h</p>"
    assert entry(content_text="t", summary="s").html == "t"
    assert entry(summary="s").html == "s"


def test_plain_text_holds_no_markup() -> None:
    assert entry(content_text="a < b & c").html == "a &lt; b &amp; c"


def test_the_page_itself_goes_before_the_page_it_speaks_of() -> None:
    assert entry(url="https://a.example/", external_url="https://b.example/").link[8] == "a"
    assert entry(external_url="https://b.example/").link[8] == "b"


def test_version_one_and_its_successor_name_authors_alike() -> None:
    assert entry(author={"name": "Ann"}).authors == ("Ann",)
    assert entry(authors=[{"name": "Ann"}, {"name": "Bo"}]).authors == ("Ann", "Bo")


def test_numbers_may_stand_for_texts_but_nothing_else_may() -> None:
    assert entry(id=7, title=True, url=["x"], tags={"a": 1}) == Entry(guid="7")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"items": {}}', '{"items": [', "{'items': []}"])
def test_what_is_no_json_feed_is_refused(text: str) -> None:
    with pytest.raises(FeedParseError, match="not a feed"):
        read_json_feed(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "url", "title", "content_html", "content_text", "tags", "authors", "author", "attachments"]
)  # fmt: skip


@given(st.lists(st.dictionaries(KEYS, JSON) | JSON))
def test_items_of_any_shape_are_read(items: list[object]) -> None:
    entries = read_json_feed(json.dumps({"items": items}))[2]
    assert len(entries) == sum(isinstance(item, dict) for item in items)
