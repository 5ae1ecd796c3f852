"""From what a feed says of one item to a clean Story: the one place where texts are cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from hashlib import sha256
from itertools import islice
from time import struct_time
from typing import NamedTuple

from msgspec import Struct

from dipread import __version__
from dipread.fetch.dates import read_date
from dipread.fetch.links import clean_link, join
from dipread.model import Link, Story
from dipread.text.cleaning import clean_line
from dipread.text.markup import html_to_text

AUTHOR_LENGTH = 200
CATEGORY_LENGTH = 80
DATE_LENGTH = 200
GUID_LENGTH = 2_000
LANGUAGE_LENGTH = 35
MOST_AUTHORS = 20
MOST_CATEGORIES = 50
MOST_LINKS = 200
MOST_MEDIA = 20
MOST_REMEMBERED = 1_000
MOST_STORIES = 20_000
UNTITLED = "untitled"
UNTITLED_LENGTH = 100
_WRITTEN = 8  # bytes that tell an entry from another of its feed


class Entry(Struct, frozen=True):
    """An item as its feed wrote it, in whatever markup and encoding of dates.

    `base` is what links inside the text are relative to, where that is not the feed's own base.
    """

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
    base: str = ""


def named(name: str, mail: str) -> str:
    """An author as a feed gives them: by name, with the address for letters behind it if there is one.

    >>> named("Ann", "ann@a.example"), named("Ann", ""), named("", "ann@a.example")
    ('Ann (ann@a.example)', 'Ann', 'ann@a.example')
    """
    return f"{name} ({mail})" if name and mail else name or mail


class Seen(Struct, frozen=True):
    """What need not be read again: entries that are `written` as they were, of the stories called `names`."""

    names: Container[str] = frozenset()
    written: Container[bytes] = frozenset()


class Repeated(NamedTuple):
    """An entry that its feed gave in the same words before: the name of its story, and the link."""

    uid: str
    link: str


class Told(NamedTuple):
    """What the entries of a feed came to; `written` tells them next time, eight bytes each."""

    stories: tuple[Story, ...]
    repeated: tuple[Repeated, ...]
    written: bytes


NOTHING_SEEN = Seen()


def read_entries(entries: Iterable[Entry], base: str, seen: Seen = NOTHING_SEEN) -> Told:
    """The entries as stories, in the feed's order; `base` is what relative links are relative to.

    A guid that the feed gives to different links does not name a story, so there the link joins it;
    nor does a link that it gives to different headlines.
    """
    drafts = [_draft(entry, base) for entry in islice(entries, MOST_STORIES)]
    loose_guids = _with_several((draft.guid, draft.link) for draft in drafts)
    loose_links = _with_several((draft.link, draft.title) for draft in drafts if not draft.guid)
    names = [_name(draft, loose_guids, loose_links) for draft in drafts]
    times = Counter(names)
    stories: list[Story] = []
    repeated: list[Repeated] = []
    told: list[bytes] = []
    for draft, name in zip(drafts, names, strict=True):
        written = _written(draft.entry) if name and times[name] == 1 else b""
        told.append(written)
        if written in seen.written and name in seen.names:
            repeated.append(Repeated(name, draft.link))
        else:
            stories.append(_story(draft, name))
    return Told(tuple(stories), tuple(repeated), b"".join(told[:MOST_REMEMBERED]))


def parted(written: bytes) -> frozenset[bytes]:
    """What `written` of an earlier time says, entry by entry."""
    return frozenset(written[at : at + _WRITTEN] for at in range(0, len(written), _WRITTEN))


def _written(entry: Entry) -> bytes:
    """Names the words of an entry as its feed has them and as this dipread reads them."""
    words = "\x1f".join((__version__, entry.guid, entry.link, entry.title, entry.html))
    return sha256(words.encode("utf-8", "surrogatepass")).digest()[:_WRITTEN]


class _Draft(NamedTuple):
    """An entry whose guid, link and headline are clean."""

    entry: Entry
    base: str
    guid: str
    link: str
    title: str


def _draft(entry: Entry, base: str) -> _Draft:
    return _Draft(
        entry,
        join(base, entry.base),
        guid=clean_line(entry.guid, GUID_LENGTH),
        link=clean_link(entry.link, base),
        title=clean_line(entry.title),
    )


def _with_several(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names that stand beside more than one value."""
    values: dict[str, set[str]] = {}
    for name, value in pairs:
        values.setdefault(name, set()).add(value)
    return {name for name, each in values.items() if len(each) > 1}


def _name(draft: _Draft, loose_guids: set[str], loose_links: set[str]) -> str:
    """What a story is called in its feed, empty when only its headline and day can name it."""
    if draft.guid and draft.guid not in loose_guids:
        return _uid("guid", draft.guid)
    if draft.link and draft.link not in loose_links:
        return _uid("link", draft.guid, draft.link)
    return ""


def _story(draft: _Draft, name: str) -> Story:
    entry, base, guid, link, title = draft
    body = html_to_text(entry.html)
    raw_date = clean_line(entry.published, DATE_LENGTH)
    date = read_date(raw_date, entry.published_hint)
    day = date.moment.strftime("%Y-%m-%d") if date.moment and not name else ""
    return Story(
        uid=name or _uid("title", guid, title or _untitled(body.text), day),
        guid=guid,
        link=link,
        title=title or _untitled(body.text) or link or UNTITLED,
        text=body.text,
        published=date.moment,
        published_raw=raw_date,
        zone_known=date.zone_known,
        lang=clean_line(entry.lang, LANGUAGE_LENGTH).replace("_", "-").lower(),
        authors=_few(entry.authors, AUTHOR_LENGTH, MOST_AUTHORS),
        categories=_few(entry.categories, CATEGORY_LENGTH, MOST_CATEGORIES),
        media=tuple(url for each in entry.media[:MOST_MEDIA] if (url := clean_link(each, base))),
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
    return sha256("\x1f".join(parts).encode()).hexdigest()[:20]
