"""The common feeds read some thirty times as fast as feedparser reads them, to the same entries; others not at all.

Well-formed RSS 2.0 and Atom 1.0 in UTF-8, of elements that are known here by name, each as often as it
belongs there. Whatever is not so is feedparser's to judge, whose rules these are: what it makes of a feed
and what this makes of it are held against one another on every recorded feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser

from dipread.fetch.dates import is_plain
from dipread.fetch.entry import Entry, named

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_IDLE = (
    "{http://purl.org/rss/1.0/modules/slash/}",
    "{http://wellformedweb.org/CommentAPI/}",
    "{http://rssnamespace.org/feedburner/ext/1.0}",
    "{http://purl.org/syndication/thread/1.0}",
    "{com-wordpress:feed-additions:1}",
    f"{_MEDIA}credit",
)
"""Names that say nothing that is kept."""
_ONCE = frozenset(
    ("title", "link", "description", "pubDate", "guid", "author", f"{_DC}creator", f"{_DC}date",
     f"{_CONTENT}encoded", f"{_ATOM}title", f"{_ATOM}id", f"{_ATOM}updated", f"{_ATOM}published",
     f"{_ATOM}summary", f"{_ATOM}content")
)  # fmt: skip
_OFTEN = frozenset(
    ("category", "enclosure", "comments", "source", f"{_DC}subject", f"{_MEDIA}content",
     f"{_MEDIA}thumbnail", f"{_ATOM}link", f"{_ATOM}category", f"{_ATOM}author", f"{_ATOM}rights")
)  # fmt: skip
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = (None, "text", "html", "text/html", "text/plain")
_ODD = (*map(chr, range(0x80, 0xA0)), "\ufffd")
_AUTHOR = re.compile(r"[^()<>@]+")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_DEFINES = re.compile(rb"<!(?i:DOCTYPE|ENTITY)")
_BROKEN_QUERY = re.compile(r"&([A-Za-z0-9_]+);")


class QuickFeed(NamedTuple):
    """What a common feed says."""

    title: str
    link: str
    entries: list[Entry]


class _NotCommon(Exception):
    """Something that feedparser has to judge."""


def read_quickly(body: bytes, content_type: str) -> QuickFeed | None:
    """The entries of a feed; None when it is not one of the common kind."""
    declared = _DECLARED.match(body[:200].removeprefix(b"\xef\xbb\xbf"))
    charset = content_type.lower().partition("charset=")[2].strip("\"' ")
    if (
        (declared and declared[1].lower() not in (b"utf-8", b"utf8"))
        or charset not in ("", "utf-8", "utf8")
        or b"\0" in body[:200]
        or _DEFINES.search(body)
    ):
        return None
    try:
        parser = XMLParser(encoding="utf-8")
        parser.feed(body)
        root: Element = parser.close()
        if root.tag not in ("rss", f"{_ATOM}feed"):
            return None
        feed = _rss(root) if root.tag == "rss" else _atom(root)
        return feed if feed.title and feed.entries else None
    except (ParseError, ValueError, _NotCommon):
        return None


# --------------------------------------------------------------------------------------------- RSS


def _rss(root: Element) -> QuickFeed:
    channel, *more = root
    if more or channel.tag != "channel" or _language(root) or _language(channel):
        raise _NotCommon
    language = _only(channel, "language")
    feed = QuickFeed(_only(channel, "title"), _only(channel, "link"), [])
    if any(each.tag == f"{_ATOM}link" and each.get("rel") != "self" for each in channel):
        raise _NotCommon
    feed.entries.extend(_item(each, language) for each in channel.iterfind("item"))
    return feed


def _item(item: Element, language: str) -> Entry:
    found = _children(item)
    link = found.get("link")
    guid, name = found.get("guid"), _value(found.get("guid"))
    leads = guid is not None and _attribute(guid, "isPermaLink", "true") == "true"
    if link is not None and link.attrib:
        raise _NotCommon
    author = _value(found.get("author")) or _value(found.get(f"{_DC}creator"))
    if ("author" in found and f"{_DC}creator" in found) or not (
        _AUTHOR.fullmatch(author) or not author
    ):
        raise _NotCommon
    return Entry(
        guid=name,
        link=_query(_value(link)) if link is not None else name if leads else "",
        title=_value(found.get("title")),
        html=_longest(found.get(f"{_CONTENT}encoded"), found.get("description")),
        published=_date(found.get("pubDate"), found.get(f"{_DC}date")),
        lang=language,
        authors=(author,) if author else ("",),
        categories=tuple(_value(e) for e in item if e.tag in ("category", f"{_DC}subject")),
        media=(
            *(e.get("url", "") for e in item if e.tag == "enclosure"),
            *(e.get("url", "") for e in item if e.tag == f"{_MEDIA}content"),
        ),
    )


# -------------------------------------------------------------------------------------------- Atom


def _atom(root: Element) -> QuickFeed:
    language = _language(root)
    link = ""
    for each in root:
        if each.tag == f"{_ATOM}link" and _is_page(each):
            link = each.get("href", "")
        elif each.tag == f"{_ATOM}id" and not link:
            link = _value(each)
    feed = QuickFeed(_only(root, f"{_ATOM}title"), link, [])
    feed.entries.extend(_entry(each, language) for each in root.iterfind(f"{_ATOM}entry"))
    return feed


def _entry(entry: Element, language: str) -> Entry:
    found = _children(entry)
    for name in ("title", "summary", "content"):
        each = found.get(f"{_ATOM}{name}")
        if each is not None and (each.get("type") not in _TEXTS or "src" in each.attrib):
            raise _NotCommon
    links = [each for each in entry if each.tag == f"{_ATOM}link"]
    pages = [each.get("href", "") for each in links if _is_page(each)]
    guid = _value(found.get(f"{_ATOM}id"))
    return Entry(
        guid=guid,
        link=pages[-1] if pages else guid,
        title=_value(found.get(f"{_ATOM}title")),
        html=_longest(found.get(f"{_ATOM}content"), found.get(f"{_ATOM}summary")),
        published=_date(found.get(f"{_ATOM}published"), found.get(f"{_ATOM}updated")),
        lang=language,
        authors=tuple(_names(entry)) or ("",),
        categories=tuple(_term(each) for each in entry if each.tag == f"{_ATOM}category"),
        media=tuple(each.get("href", "") for each in links if each.get("rel") == "enclosure"),
    )


def _is_page(link: Element) -> bool:
    if not link.get("href") or link.text:
        raise _NotCommon
    kind = link.get("type", "text/html").lower()
    return link.get("rel", "alternate") == "alternate" and kind in _PAGES


def _names(entry: Element) -> Iterator[str]:
    authors = entry.findall(f"{_ATOM}author")
    for author in authors:
        mail = _only(author, f"{_ATOM}email") if len(authors) == 1 else ""
        yield named(_only(author, f"{_ATOM}name", needed=True), mail)


def _term(category: Element) -> str:
    if (category.text or "").strip() or len(category) or not category.get("term"):
        raise _NotCommon
    return category.get("term", "")


# ------------------------------------------------------------------------------------------- either


def _children(item: Element) -> dict[str, Element]:
    """The elements of an item by name; raises unless each is known, plain, and there as often as it may be."""
    found: dict[str, Element] = {}
    if _language(item):
        raise _NotCommon
    for each in item:
        tag = each.tag
        if tag in _ONCE:
            if tag in found:
                raise _NotCommon
            found[tag] = each
        elif tag not in _OFTEN and not tag.startswith(_IDLE):
            raise _NotCommon
        if (len(each) and not _may_hold(each)) or (each.attrib and _language(each)):
            raise _NotCommon
    return found


def _may_hold(element: Element) -> bool:
    """Whether what an element holds is known: an author's name, or who took a picture."""
    if element.tag == f"{_MEDIA}content":
        return all(each.tag in (f"{_MEDIA}credit", f"{_MEDIA}thumbnail") for each in element)
    return bool(element.tag == f"{_ATOM}author")


def _language(element: Element) -> str:
    """The language that an element declares for what is in it; an address it declares is not common."""
    if element.attrib:
        if f"{_XML}base" in element.attrib or "lang" in element.attrib:
            raise _NotCommon
        return element.get(f"{_XML}lang", "")
    return ""


def _attribute(element: Element, name: str, default: str) -> str:
    if any(each.lower() == name.lower() and each != name for each in element.attrib):
        raise _NotCommon
    return element.get(name, default)


def _only(parent: Element, tag: str, *, needed: bool = False) -> str:
    """The text of the one child of this name."""
    found = parent.findall(tag)
    if len(found) > 1 or (needed and not found) or (found and (len(found[0]) or found[0].attrib)):
        raise _NotCommon
    return _value(found[0] if found else None)


def _value(element: Element | None) -> str:
    text = (element.text or "").strip() if element is not None else ""
    if ":///" in text:
        raise _NotCommon
    if text.isascii():
        return text
    if any(map(text.__contains__, _ODD)):  # each is found faster than all by a pattern
        raise _NotCommon
    try:  # UTF-8 that somebody took for Latin-1 and encoded again
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _longest(first: Element | None, second: Element | None) -> str:
    one, other = _value(first), _value(second)
    return one if len(one) >= len(other) else other


def _date(first: Element | None, second: Element | None) -> str:
    date = _value(first) or _value(second)
    if date and not is_plain(date):
        raise _NotCommon
    return date


def _query(link: str) -> str:
    return _BROKEN_QUERY.sub(r"&\1", link)
