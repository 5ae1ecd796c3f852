"""From a feed's bytes to stories: golden pairs, recordings, and whatever bytes there may be."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import NODEFAULT, to_builtins
from msgspec.structs import fields

from dipread.errors import FeedParseError
from dipread.fetch import ParsedFeed, parse_feed
from dipread.fetch.entry import MOST_STORIES
from dipread.model import Story

GOLDEN = Path(__file__).with_name("golden")
FEEDS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")
UNSET = {each.name: each.default for each in fields(Story) if each.default is not NODEFAULT}


def as_json(parsed: ParsedFeed) -> dict[str, Any]:
    """What the .json beside a golden feed holds: all but uids, and no field that was left unset."""
    stories = [
        {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in to_builtins(story, builtin_types=(datetime,)).items()
            if name != "uid" and (name not in UNSET or value != UNSET[name])
        }
        for story in parsed.stories
    ]
    as_read: dict[str, Any] = json.loads(json.dumps({"title": parsed.title, "stories": stories}))
    return as_read


@pytest.mark.parametrize("feed", FEEDS, ids=[path.name for path in FEEDS])
def test_a_feed_gives_just_the_stories_written_beside_it(feed: Path) -> None:
    parsed = parse_feed(feed.read_bytes(), "https://where.example/it/came/from.xml")
    expected = json.loads(feed.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_json(parsed) == expected
    assert len({story.uid for story in parsed.stories}) == len(parsed.stories)


REFUSED = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t ", "empty"),
    "a web page": (b"<!DOCTYPE html><html><head><title>Hi</title></head></html>", "web page"),
    "an old web page": (b"<HTML><body>rss</body></HTML>", "web page"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "neither RSS"),
    "zeros": (b"\0" * 400, "neither RSS"),
    "words": (b"Service unavailable", "neither RSS"),
    "another document": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "neither"),
    "other JSON": (b'{"error": "no such feed"}', "without a list of items"),
    "broken JSON": (b'{"items": [', "broken JSON"),
    "nested JSON": (b'{"items":' + b"[" * 100_000, "broken JSON"),
    "an endless number": (b'{"items": [1' + b"0" * 5_000 + b"]}", "broken JSON"),
    "a path": (b"/etc/hosts", "neither RSS"),
    "an address": (b"https://feeds.example/rss", "neither RSS"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_feed_is_refused_in_words(body: bytes, said: str) -> None:
    with pytest.raises(FeedParseError, match=said):
        parse_feed(body, "https://feeds.example/rss")


def test_a_feed_without_stories_is_a_feed() -> None:
    assert parse_feed(b"<rss version='2.0'><channel><title>T</title></channel></rss>").stories == ()
    assert parse_feed(b'{"items": []}').stories == ()


def test_the_charset_of_the_answer_counts() -> None:
    body = "<rss><channel><title>Élysée</title></channel></rss>".encode("iso-8859-15")
    assert parse_feed(body, content_type="application/xml; charset=iso-8859-15").title == "Élysée"


def test_no_more_stories_are_taken_than_a_feed_may_hold() -> None:
    body = json.dumps({"items": [{"id": number} for number in range(MOST_STORIES + 5)]})
    assert len(parse_feed(body.encode()).stories) == MOST_STORIES


# ------------------------------------------------------------------------------------- recordings


@cache
def manifest(folder: Path) -> dict[str, int]:
    """How many items each recorded feed holds, by file name."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8") as file:
        return {row["file"]: int(row["items"]) for row in csv.DictReader(file, delimiter="\t")}


def test_every_recording_gives_as_many_stories_as_it_has_items(shared: Path) -> None:
    folder = shared / "data/feeds"
    wrong = {
        name: (len(parsed.stories), items)
        for name, items in manifest(folder).items()
        if len((parsed := recorded(folder / name)).stories) != items
    }
    assert wrong == {}


def test_every_recorded_headline_is_plain_and_every_date_in_utc(shared: Path) -> None:
    folder = shared / "data/feeds"
    stories = [s for name in manifest(folder) for s in recorded(folder / name).stories]
    assert len(stories) > 4_000
    assert [s.title for s in stories if not s.title or re.search(r"</?\w+|&#?\w+;", s.title)] == []
    dates = [s.published for s in stories if s.published is not None]
    assert all(date.tzinfo is UTC and date < datetime(2026, 9, 1, tzinfo=UTC) for date in dates)
    assert [s.published_raw for s in stories if s.published_raw and s.published is None] == []


@cache
def recorded(path: Path) -> ParsedFeed:
    return parse_feed(path.read_bytes(), f"https://recorded.example/{path.name}")


# --------------------------------------------------------------------------------- any bytes at all

TOKENS = st.sampled_from(
    [
        *(b"<rss>", b"<channel>", b"<item>", b"</item>", b"<title>", b"<link>", b"<pubDate>", b"<guid>"),
        *(b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"<updated/>", b"<content>"),
        *(b"<link href='http://['/>", b"xml:base='http://['", b"<media:content url='x'/>", b"]]>"),
        *(b"<?xml version='1.0' encoding='undefined'?>", b"<?xml encoding='utf-7'?>", b"<![CDATA["),
        *(b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"&#xd800;", b"&lol;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>"),
        *(b'{"items": [', b'{"id": ', b'"\\ud800"', b"1e999", b"}", b"]", b",", b"Mon, 1 Foo/Bar"),
    ]
)  # fmt: skip


@given(st.binary() | st.lists(TOKENS | st.binary(max_size=9), max_size=12).map(b"".join))
def test_no_bytes_raise_anything_but_a_feed_parse_error(body: bytes) -> None:
    assert is_read_or_refused(body)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_feed_raises_anything_but_a_feed_parse_error(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from(FEEDS)).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 40))] = data.draw(TOKENS | st.binary(max_size=6))
    assert is_read_or_refused(bytes(body))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_damage_to_a_recording_raises_anything_but_a_feed_parse_error(
    shared: Path, data: st.DataObject
) -> None:
    folder = shared / "data/feeds"
    body = bytearray((folder / data.draw(st.sampled_from(sorted(manifest(folder))))).read_bytes())
    del body[20_000:]
    at = data.draw(st.integers(0, len(body)))
    body[at : at + data.draw(st.integers(0, 400))] = data.draw(TOKENS | st.binary(max_size=40))
    assert is_read_or_refused(bytes(body))


def is_read_or_refused(body: bytes) -> bool:
    """Whether parse_feed gives clean stories or a FeedParseError with words."""
    try:
        stories = parse_feed(body, "https://any.example/").stories
    except FeedParseError as fault:
        return bool(fault.message)
    return all(story.uid and story.title and "\x1b" not in story.title for story in stories)


def test_a_feed_that_is_too_long_is_cut_and_that_is_said() -> None:
    items = "".join(f"<item><title>t{n}</title><guid>g{n}</guid></item>" for n in range(20_010))
    body = f"<rss version='2.0'><channel><title>L</title>{items}</channel></rss>".encode()
    parsed = parse_feed(body)
    assert len(parsed.stories) == 20_000
    assert parsed.cut == "only the first 20,000 of 20,010 stories kept"


def test_a_feed_that_ends_in_the_middle_gives_what_is_whole_and_says_so() -> None:
    body = b"<rss version='2.0'><channel><title>D</title><item><title>One</title></item><item><title>Tw"
    parsed = parse_feed(body)
    assert parsed.stories[0].title == "One"
    assert parsed.cut == "cut off in the middle"


def test_an_author_of_atom_has_the_address_that_the_feed_gives_and_nobody_has_anothers() -> None:
    ann, bob = "<name>Ann</name><email>ann@a.example</email>", "<name>Bob</name>"
    one, two = f"<author>{ann}</author>", f"<author>{ann}</author><author>{bob}</author>"
    for authors, told in ((one, ("Ann (ann@a.example)",)), (two, ("Ann", "Bob"))):
        body = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id>{authors}</entry></feed>"
        )
        assert [story.authors for story in parse_feed(body.encode()).stories] == [told]
