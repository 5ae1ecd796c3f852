"""When two deliveries are the same story."""

from __future__ import annotations

import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.model import Story
from dipread.store import identity
from dipread.store.identity import link_key, text_hash

PAGE = "https://news.example/a?id=1"


@pytest.mark.parametrize(
    "link",
    [
        "http://news.example/a?id=1",
        "https://www.news.example/a?id=1",
        "https://NEWS.example:443/a/?id=1",
        "http://news.example:80/a?id=1#comments",
    ],
)
def test_links_to_one_page_share_a_key(link: str) -> None:
    assert link_key(link) == link_key(PAGE)


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example/a?id=2",
        "https://news.example/A?id=1",
        "https://news.example:8443/a?id=1",
        "https://m.news.example/a?id=1",
        "https://news.example/a?id=1#!/b",
    ],
)
def test_links_to_different_pages_do_not(link: str) -> None:
    assert link_key(link) not in ("", link_key(PAGE))


@given(st.text() | st.text(alphabet="htps:/[]@?#.aw1").map("http://".__add__))
def test_no_link_raises(link: str) -> None:
    assert isinstance(link_key(link), str)


def test_title_and_text_make_the_wording_and_nothing_else_does(
    story: Callable[..., Story],
) -> None:
    a = text_hash(story("a", "T", "x"))
    assert a == text_hash(story("b", "T", "x", lang="fr"))
    assert len({a, text_hash(story("a", "T", "y")), text_hash(story("a", "U", "x"))}) == 3


LINKS = st.from_regex(
    r"https?://(www\.)?[a-z0-9.-]{1,12}(:80|:443|:8080)?(/[\w.~%/+-]{0,10})?(\?[\w=&-]{0,6})?(#[a-z!/]{0,4})?",
    fullmatch=True,
)


@given(LINKS)
def test_plain_links_have_the_key_that_taking_them_apart_gives(link: str) -> None:
    with patch.object(identity, "_PLAIN", re.compile(r"(?!)")):
        apart = link_key(link)
    assert link_key(link) == apart
