"""The shipped list of feeds can be read, and every entry says all it has to."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from dipread.config import read_feeds
from dipread.model import FeedKind

ROOT = Path(__file__).parents[2]
FEEDS = tomllib.loads((ROOT / "feeds.toml").read_text(encoding="utf-8"))["feed"]
KEYS = {"url", "title", "publisher", "country", "kind", "language", "group"}
GROUPS = (
    "Ministries",
    "Institutions",
    "World press",
    "Regional press",
    "Think tanks",
    "Sectors",
)


def repeated(key: str) -> list[str]:
    """The values of `key` that more than one feed has, compared without case."""
    counts = Counter(feed[key].casefold() for feed in FEEDS)
    return [value for value, times in counts.items() if times > 1]


def test_the_list_is_long_enough_for_a_desk() -> None:
    assert len(FEEDS) >= 80


def test_the_list_holds_nothing_but_feeds() -> None:
    assert set(tomllib.loads((ROOT / "feeds.toml").read_text(encoding="utf-8"))) == {"feed"}


def test_no_two_feeds_share_an_address_or_a_title() -> None:
    assert repeated("url") == []
    assert repeated("title") == []


def test_the_list_reaches_many_countries_and_languages() -> None:
    assert len({feed["country"] for feed in FEEDS}) >= 20
    assert len({feed["language"] for feed in FEEDS}) >= 8


def test_every_group_is_used_and_stands_in_one_piece() -> None:
    order = [feed["group"] for feed in FEEDS]
    assert tuple(dict.fromkeys(order)) == GROUPS
    assert order == sorted(order, key=GROUPS.index)


@pytest.mark.parametrize("feed", FEEDS, ids=[feed["title"] for feed in FEEDS])
def test_a_feed_says_all_it_has_to(feed: dict[str, str]) -> None:
    assert set(feed) == KEYS
    assert all(value == value.strip() != "" for value in feed.values())
    assert feed["kind"] in get_args(FeedKind)
    assert re.fullmatch(r"[A-Z]{2}|INT", feed["country"])
    assert re.fullmatch(r"[a-z]{2,3}", feed["language"])


@pytest.mark.parametrize("feed", FEEDS, ids=[feed["title"] for feed in FEEDS])
def test_an_address_can_be_asked_for_as_it_stands(feed: dict[str, str]) -> None:
    url = urlsplit(feed["url"])
    assert url.scheme in {"http", "https"}
    assert url.hostname is not None
    assert "." in url.hostname
    assert not re.search(r"\s", feed["url"])
    assert feed["url"].isascii()


@pytest.mark.parametrize("feed", FEEDS, ids=[feed["title"] for feed in FEEDS])
def test_a_title_fits_a_narrow_list(feed: dict[str, str]) -> None:
    assert len(feed["title"]) <= 24


def test_the_program_reads_the_list_as_it_ships() -> None:
    feeds = read_feeds(None).feeds
    assert [feed.url for feed in feeds] == [feed["url"] for feed in FEEDS]
