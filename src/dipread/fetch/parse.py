"""Bytes to stories: RSS, RDF and Atom by feedparser, JSON Feed by our own small reader."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from dipread.errors import FeedParseError
from dipread.fetch.encodings import with_mark, without_strange_charset, without_strange_codec
from dipread.fetch.entry import (
    MOST_STORIES,
    NOTHING_SEEN,
    Entry,
    Repeated,
    Seen,
    named,
    read_entries,
)
from dipread.fetch.jsonfeed import read_json_feed
from dipread.fetch.links import join
from dipread.fetch.quick import read_quickly
from dipread.model import Story
from dipread.text.cleaning import clean_line

_FEED_ROOT = re.compile(rb"<\s*(?:\w+:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
_PAGE_ROOT = re.compile(rb"<\s*(!doctype\s+html|html)\b", re.IGNORECASE)
_END = re.compile(rb"</\s*(?:\w+:)?(rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_HEAD = 4_096
_TAIL = 1_024


class ParsedFeed(Struct, frozen=True):
    """What one body held. `title` is what the feed calls itself; `cut` says what is missing, if anything is.

    `repeated` are the entries that were not read, for they are as they were; `written` tells all of them
    the next time.
    """

    title: str
    stories: tuple[Story, ...]
    cut: str = ""
    repeated: tuple[Repeated, ...] = ()
    written: bytes = b""


def parse_feed(
    body: bytes, url: str = "", content_type: str = "", seen: Seen = NOTHING_SEEN
) -> ParsedFeed:
    """The stories of a feed's bytes, in its order; raises FeedParseError and nothing else.

    `url` is where the bytes came from, for relative links; `content_type` the header that came with
    them, whose charset counts as the format's rules say; what was `seen` before is not read again.
    """
    if not body.strip():
        raise FeedParseError("not a feed: the answer is empty")
    body = without_strange_codec(with_mark(body))
    content_type = without_strange_charset(content_type)
    if (text := _json_text(body)) is not None:
        title, home, entries = read_json_feed(text)
        return _parsed(title, entries, join(url, home), seen)
    return _quickly(body, url, content_type, seen) or _judged(body, url, content_type, seen)


def _quickly(
    body: bytes, url: str, content_type: str, seen: Seen = NOTHING_SEEN
) -> ParsedFeed | None:
    """The stories of a feed of the common kind."""
    quick = read_quickly(body, content_type)
    return quick and _parsed(quick.title, quick.entries, join(url, quick.link), seen)


def _judged(body: bytes, url: str, content_type: str, seen: Seen = NOTHING_SEEN) -> ParsedFeed:
    """The stories of a feed that is not of the common kind, as feedparser sees them."""
    parsed = _feedparser(body, content_type)
    if (
        not parsed.get("version")
        and not parsed.get("entries")
        and not _FEED_ROOT.search(body[:_HEAD].replace(b"\x00", b""))
    ):
        if _PAGE_ROOT.search(body[:_HEAD]):
            raise FeedParseError(
                "not a feed but a web page", "Look for the feed's own address on that page."
            )
        raise FeedParseError("not a feed: neither RSS, Atom nor JSON Feed")
    feed = parsed.get("feed", {})
    language = _text(feed.get("language"))
    base = join(url, _text(feed.get("link")))
    atom = _text(parsed.get("version")).startswith("atom")
    entries = [_entry(each, language, atom) for each in parsed.get("entries", [])]
    cut_off = parsed.get("bozo") and not _END.search(body[-_TAIL:].replace(b"\x00", b""))
    cut = "cut off in the middle" if cut_off else ""
    return _parsed(_text(feed.get("title")), entries, base, seen, cut)


def _parsed(title: str, entries: list[Entry], base: str, seen: Seen, cut: str = "") -> ParsedFeed:
    if len(entries) > MOST_STORIES:
        cut = f"only the first {MOST_STORIES:,} of {len(entries):,} stories kept"
    stories, repeated, written = read_entries(entries, base, seen)
    return ParsedFeed(clean_line(title, 200), stories, cut, repeated, written)


def _feedparser(body: bytes, content_type: str) -> dict[str, Any]:
    import feedparser

    headers = {"content-type": content_type} if content_type else {}
    try:
        # A file object, never bytes or a string: those may be taken for a path or an address to open.
        parsed: dict[str, Any] = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as fault:  # bytes that claim an encoding they are not in, and the like
        raise FeedParseError(f"not readable as a feed ({type(fault).__name__})") from fault
    return parsed


def _entry(item: Any, language: str, atom: bool) -> Entry:
    summary = item.get("summary_detail") or {"value": item.get("summary")}
    bodies = [*item.get("content", []), summary]
    body = max(bodies, key=lambda each: len(_text(each.get("value"))))
    # dict.get, for feedparser's own get passes one date off as another, with a warning.
    dated = next(
        (name for name in ("published", "updated", "created") if dict.get(item, name)), "published"
    )
    return Entry(
        guid=_text(item.get("id")),
        link=_text(item.get("link")),
        title=_text(item.get("title")),
        html=_text(body.get("value")),
        published=_text(dict.get(item, dated)),
        published_hint=dict.get(item, f"{dated}_parsed"),
        lang=_text((item.get("title_detail") or {}).get("language")) or language,
        authors=tuple(_authors(item, atom)) or (_text(item.get("author")),),
        categories=tuple(_text(each.get("term")) for each in item.get("tags", [])),
        media=tuple(
            _text(each.get("href") or each.get("url"))
            for each in [*item.get("enclosures", []), *item.get("media_content", [])]
        ),
        base=_text(body.get("base")),
    )


def _authors(item: Any, atom: bool) -> Iterator[str]:
    """The authors by name. RSS demands an address, so that most there are nobody's; of several, feedparser
    gives the address of one to the next.
    """
    authors = [each for each in item.get("authors", []) if each]
    for each in authors:
        mail = _text(each.get("email")) if atom and len(authors) == 1 else ""
        yield named(_text(each.get("name")), mail)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _json_text(body: bytes) -> str | None:
    """The text of a body that is a JSON object, else None."""
    start = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return None
    return body.decode("utf-8-sig", errors="replace")
