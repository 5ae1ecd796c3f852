"""When two deliveries are the same story."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dipread.model import Story

_PLAIN = re.compile(
    r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)(/[\w.~%/+-]*)(\?[\w.~%/+=&-]+)?", re.ASCII
)
"""Most links: nothing in them has to be taken apart."""


def link_key(link: str) -> str:
    """What two links to the same page share; empty when a link names no page of its own.

    Scheme, `www.`, a fragment that is only a place in the page, and a closing slash make no difference.

    >>> link_key("http://www.Example.org/a/?id=1#top"), link_key("https://example.org/")
    ('example.org/a?id=1', '')
    """
    if plain := _PLAIN.fullmatch(link):
        host, path, query = plain[1], plain[2].rstrip("/"), plain[3] or ""
        return host + path + query if path or query else ""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not host or not (path or parts.query):
        return ""
    route = "#" + parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return host + port + path + ("?" + parts.query if parts.query else "") + route


def text_hash(story: Story) -> bytes:
    """Names one wording of a story: its title and text."""
    return _digest(f"{story.title}\n\n{story.text}")[:16]


def key_hash(key: str) -> int:
    """A link key as a whole number below 2^63, 0 for the empty one: what the archive looks links up by."""
    return int.from_bytes(_digest(key)[:8]) >> 1 if key else 0


def _digest(text: str) -> bytes:
    from hashlib import sha256  # OpenSSL takes 4 ms to load, and who only reads names nothing

    return sha256(text.encode()).digest()
