"""Common feeds are read quickly, and to just the stories that feedparser would have made of them."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.errors import FeedParseError
from dipread.fetch.encodings import with_mark
from dipread.fetch.parse import ParsedFeed, _judged, _quickly, parse_feed

GOLDEN = Path(__file__).with_name("golden")
HOME = "https://desk.example/feed"


def both(body: bytes, content_type: str = "") -> tuple[ParsedFeed | None, ParsedFeed]:
    return _quickly(body, HOME, content_type), _judged(body, HOME, content_type)


@pytest.mark.parametrize("content_type", ["", "application/rss+xml", "text/xml; charset=utf-8"])
def test_every_recording_is_read_as_feedparser_reads_it_or_left_to_it(
    shared: Path, content_type: str
) -> None:
    folder, quick = shared / "data/feeds", 0
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        names = [row["file"] for row in csv.DictReader(file, delimiter="\t")]
    for name in names:
        body = with_mark((folder / name).read_bytes())
        mine = _quickly(body, HOME, content_type)
        if mine is not None:
            quick += 1
            assert mine == _judged(body, HOME, content_type), name
    assert quick >= 40


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.xml")) + sorted(GOLDEN.glob("*.atom")))
def test_every_example_is_read_as_feedparser_reads_it_or_left_to_it(path: Path) -> None:
    mine, judged = both(path.read_bytes())
    assert mine in (None, judged)


def test_feedparsers_own_examples_are_read_as_it_reads_them() -> None:
    """The tests of its sdist on PyPI, which DIPREAD_FEEDPARSER_TESTS names."""
    named = os.environ.get("DIPREAD_FEEDPARSER_TESTS")
    if not named:
        pytest.skip("DIPREAD_FEEDPARSER_TESTS names no folder: tests/ of feedparser's sdist")
    seen = 0
    for path in sorted(Path(named).glob("**/*.xml")):
        body = with_mark(path.read_bytes())
        mine = _quickly(body, HOME, "application/xml")
        if mine is not None:
            assert mine == _judged(body, HOME, "application/xml"), path
        try:
            parse_feed(body, HOME, "application/xml")
            seen += 1
        except FeedParseError:
            pass
    assert seen > 2_000


RSS = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'>"
    "<channel><title>Desk</title><link>https://desk.example/</link><language>fr</language>{}</channel></rss>"
)
_PARTS = [
    "<title>Talks &amp;amp; aid</title>", "<title> a &lt;b&gt;bold&lt;/b&gt; é </title>", "<title/>",
    "<link>/a?x=1&amp;y=2</link>", "<link>https://a.example/1</link>", "<link/>",
    "<guid>https://a.example/g</guid>", "<guid isPermaLink='false'>7</guid>", "<guid>7</guid>",
    "<description>Short</description>", "<description><![CDATA[<p>One<p>Two]]></description>",
    "<content:encoded><![CDATA[<p>All of <a href='/x'>it</a>]]></content:encoded>",
    "<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>", "<pubDate>20 novembre 2026</pubDate>",
    "<dc:date>2026-11-20T08:00:00+01:00</dc:date>", "<dc:creator>Ann</dc:creator>",
    "<author>ann@a.example (Ann)</author>", "<author>Bob</author>",
    "<category domain='d'>Trade</category>", "<category>Energy</category>", "<category/>",
    "<dc:subject>Oil</dc:subject>", "<enclosure url='https://a.example/a.mp3' type='a/b' length='1'/>",
    "<media:content url='https://a.example/p.jpg'/>",
    "<media:content url='/p.jpg'><media:title>Not the headline</media:title></media:content>",
    "<media:description>Nor the text</media:description>", "<source url='https://b.example/'>B</source>",
    "<comments>https://a.example/c</comments>", "<title>CafÃ©</title>", "<link>https:///a</link>",
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(_PARTS), max_size=7), min_size=1, max_size=3))
def test_whatever_an_item_is_made_of_both_make_the_same_of_it(items: list[list[str]]) -> None:
    body = RSS.format("".join(f"<item>{''.join(each)}</item>" for each in items)).encode()
    mine, judged = both(body)
    assert mine in (None, judged)


ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Desk</title>"
    "<link href='https://desk.example/'/>{}</feed>"
)
_ATOM_PARTS = [
    "<id>urn:1</id>", "<id>https://a.example/1</id>", "<title>Talks</title>", "<title type='html'>a &lt;i&gt;b</title>",
    "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></title>",
    "<link href='/a'/>", "<link rel='alternate' type='text/html' href='https://a.example/b'/>",
    "<link rel='enclosure' href='https://a.example/c.mp3'/>", "<link rel='self' href='/s'/>",
    "<link type='application/json' href='/j'/>", "<summary>Short</summary>",
    "<summary type='html'>&lt;p&gt;Longer than that</summary>", "<content type='html'>&lt;p&gt;All of it</content>",
    "<content src='https://a.example/c'/>", "<updated>2026-11-20T08:00:00Z</updated>",
    "<published>2026-11-19T08:00:00Z</published>", "<updated>gestern</updated>",
    "<author><name>Ann</name></author>", "<author><name>Bob</name><email>b@a.example</email></author>",
    "<category term='Trade'/>", "<category term='Oil' label='Öl'/>", "<rights>None</rights>",
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(_ATOM_PARTS), max_size=7), min_size=1, max_size=3))
def test_whatever_an_entry_is_made_of_both_make_the_same_of_it(entries: list[list[str]]) -> None:
    body = ATOM.format("".join(f"<entry>{''.join(each)}</entry>" for each in entries)).encode()
    mine, judged = both(body)
    assert mine in (None, judged)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]>"
        + RSS.format("<item><title>&a;</title></item>").encode(),
        b"<?xml version='1.0' encoding='iso-8859-1'?>" + RSS.format("<item/>").encode(),
        RSS.format("<item><title>half").encode(),
        RSS.format("<item><title>a</title><title>b</title></item>").encode(),
        RSS.format("<item><itunes:title xmlns:itunes='i'>a</itunes:title></item>").encode(),
    ],
)
def test_what_is_not_common_is_left_to_feedparser(body: bytes) -> None:
    assert _quickly(body, HOME, "") is None
