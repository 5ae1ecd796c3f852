"""Links of stories: absolute, to the web, and without the parameters that track who follows them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from dipread import data
from dipread.text import clean_line

LENGTH = 2_000


def clean_link(link: str, base: str = "") -> str:
    """The address a story's link means, or nothing when it is not one to open.

    >>> clean_link("/a?id=7&utm_source=rss#part", "https://example.org/feed")
    'https://example.org/a?id=7#part'
    >>> clean_link("javascript:alert(1)"), clean_link("https://user:pw@example.org/")
    ('', '')
    """
    link = clean_line(link, LENGTH)
    if not link:
        return ""
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
    query = "&".join(each for each in parts.query.split("&") if not _tracks(each))
    return urlunsplit(parts._replace(query=query))


def join(base: str, link: str) -> str:
    """Where `link` leads from `base`: `base` itself when it is empty or can't be read.

    >>> join("https://example.org/feed", "/news/"), join("https://example.org/feed", "http://[")
    ('https://example.org/news/', 'https://example.org/feed')
    """
    try:
        return urljoin(base, link)
    except ValueError:
        return base


def _tracks(parameter: str) -> bool:
    return bool(_tracking().fullmatch(parameter.partition("=")[0]))


@cache
def _tracking() -> re.Pattern[str]:
    names = tomllib.loads(data.read("tracking.toml"))["parameters"]
    return re.compile(
        "|".join(re.escape(name).replace(r"\*", ".*") for name in names), re.IGNORECASE
    )
