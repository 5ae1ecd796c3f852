"""From what a feed says of one item to a clean Story: the one place where texts are cleaned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from time import struct_time

from dipread.fetch.dates import read_date
from dipread.fetch.links import clean_link
from dipread.model import Link, Story
from dipread.text import clean_line, html_to_text

AUTHOR_LENGTH = 200
CATEGORY_LENGTH = 80
MOST_CATEGORIES = 50
MOST_LINKS = 200
MOST_STORIES = 20_000
GUID_LENGTH = 2_000
UNTITLED_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as its feed wrote it, in whatever markup and encoding of dates."""

    guid: str = ""
    link: str = ""
    title: str = ""
    html: str = ""
    published: str = ""
    published_hint: struct_time | None = None
    lang: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


def stories_of(entries: Iterable[Entry], base: str) -> list[Story]:
    """The entries as stories, in the feed's order; `base` is what relative links are relative to.

    A guid that the feed gives to different links does not name a story, so there the link joins it.
    """
    entries = list(entries)[:MOST_STORIES]
    links: dict[str, set[str]] = {}
    for entry in entries:
        links.setdefault(entry.guid, set()).add(entry.link)
    return [_story(entry, base, shared=len(links[entry.guid]) > 1) for entry in entries]


def _story(entry: Entry, base: str, *, shared: bool) -> Story:
    link = clean_link(entry.link, base)
    guid = clean_line(entry.guid, GUID_LENGTH)
    body = html_to_text(entry.html)
    date = read_date(clean_line(entry.published, 200), entry.published_hint)
    title = clean_line(entry.title) or _untitled(body.text) or link
    if guid and not shared:
        uid = _uid("guid", guid)
    elif link:
        uid = _uid("link", guid, link)
    else:
        uid = _uid("title", guid, title, date.moment.strftime("%Y-%m-%d") if date.moment else "")
    return Story(
        uid=uid,
        guid=guid,
        link=link,
        title=title,
        text=body.text,
        published=date.moment,
        published_raw=clean_line(entry.published, 200),
        zone_known=date.zone_known,
        lang=clean_line(entry.lang, 35).replace("_", "-").lower(),
        authors=_few(entry.authors, AUTHOR_LENGTH, 20),
        categories=_few(entry.categories, CATEGORY_LENGTH, MOST_CATEGORIES),
        media=tuple(url for each in entry.media[:20] if (url := clean_link(each, base))),
        links=tuple(
            Link(start, end, url)
            for start, end, raw in body.links[:MOST_LINKS]
            if (url := clean_link(raw, base))
        ),
    )


def _untitled(text: str) -> str:
    """What to call a story that has no headline: the beginning of its text."""
    line = text.split("\n", 1)[0].removeprefix("• ")
    return (
        line
        if len(line) <= UNTITLED_LENGTH
        else line[: UNTITLED_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    )


def _few(texts: tuple[str, ...], length: int, most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in texts if (text := clean_line(each, length))))[:most]


def _uid(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
