"""The feeds that a web page says it has."""

from __future__ import annotations

from html.parser import HTMLParser

from dipread.fetch.links import clean_link
from dipread.text.cleaning import clean_line

_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_WORDS = ("rss", "atom", "feed")
_MOST = 20
_READ = 1_000_000


def linked_feeds(page: bytes, url: str) -> list[tuple[str, str]]:
    """Address and title of each feed that a page links to: those of its head first, then what looks like one.

    >>> linked_feeds(b"<link rel=alternate type=application/rss+xml href=/rss title=News>", "https://a.example/x")
    [('https://a.example/rss', 'News')]
    """
    reader = _Reader(url)
    reader.feed(page[:_READ].decode("utf-8", "replace"))
    return list({**dict(reversed(reader.likely)), **dict(reversed(reader.said))}.items())[::-1][
        :_MOST
    ]


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, str]] = []
        self.likely: list[tuple[str, str]] = []
        self._base = base

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        link = clean_link(given.get("href", ""), self._base)
        if tag == "base" and link:
            self._base = link
        elif tag == "link" and link and "alternate" in given.get("rel", "").lower().split():
            if given.get("type", "").split(";")[0].strip().lower() in _KINDS:
                self.said.append((link, clean_line(given.get("title", ""), 200)))
        elif tag == "a" and link:
            path = link.lower().partition("://")[2].partition("/")[2]
            if any(word in path for word in _WORDS):
                self.likely.append((link, ""))
