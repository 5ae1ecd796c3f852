"""Links of stories: absolute, to the web, and without the parameters that track who follows them."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from dipread import data
from dipread.text.cleaning import clean_line

LENGTH = 2_000
_PLAIN = re.compile(  # most addresses; nothing in them needs a second look
    r"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?)(/[\w.~%!$'()*+,;:@=/-]*)?(\?[^#\s]+)?(#\S+)?",
    re.ASCII,
)


_CLEAN = re.compile(rf"[!-:=-~]{{1,{LENGTH}}}")  # neither blank nor tag, nor the end of an entity


def clean_link(link: str, base: str = "") -> str:
    """The address a story's link means, or nothing when it is not one to open.

    >>> clean_link("/a?id=7&utm_source=rss#part", "https://example.org/feed")
    'https://example.org/a?id=7#part'
    >>> clean_link("javascript:alert(1)"), clean_link("https://user:pw@example.org/")
    ('', '')
    """
    if not _CLEAN.fullmatch(link):
        link = clean_line(link, LENGTH)
    if not link:
        return ""
    if link.startswith("/") and not link.startswith("//") and "/." not in link:
        link = _root(base) + link
    if plain := _PLAIN.fullmatch(link):
        return link if "?" not in link else _without_tracking(plain)
    try:
        parts = urlsplit(urljoin(base, link) if base else link)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.username
        or parts.password
        or " " in link
    ):
        return ""
    return urlunsplit(parts._replace(query=_untracked(parts.query)))


@lru_cache(64)
def _root(base: str) -> str:
    """What an address from the root of its site is put behind, when it is a plain one."""
    found = _PLAIN.fullmatch(base)
    return found[1] if found else ""


def _without_tracking(plain: re.Match[str]) -> str:
    query = _untracked((plain[3] or "")[1:])
    return plain[1] + (plain[2] or "") + ("?" + query if query else "") + (plain[4] or "")


def _untracked(query: str) -> str:
    return "&".join(each for each in query.split("&") if not _tracks(each))


def join(base: str, link: str) -> str:
    """Where `link` leads from `base`: `base` itself when it is empty or can't be read.

    >>> join("https://example.org/feed", "/news/"), join("https://example.org/feed", "http://[")
    ('https://example.org/news/', 'https://example.org/feed')
    """
    try:
        return urljoin(base, link)
    except ValueError:
        return base


@lru_cache(4_096)
def _tracks(parameter: str) -> bool:
    return bool(_tracking().fullmatch(parameter.partition("=")[0]))


@cache
def _tracking() -> re.Pattern[str]:
    names = tomllib.loads(data.read("tracking.toml"))["parameters"]
    return re.compile(
        "|".join(re.escape(name).replace(r"\*", ".*") for name in names), re.IGNORECASE
    )
