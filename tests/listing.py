"""Feeds as feeds.toml lists them, and what they serve."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from msgspec.structs import asdict

from dipread.config import FeedList
from dipread.model import Feed


def listed(feeds: Iterable[Feed]) -> FeedList:
    """The list of just these feeds."""
    return FeedList("feeds.toml", "".join(map(_told, feeds)))


def _told(feed: Feed) -> str:
    told = (
        f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in asdict(feed).items()
    )
    return "\n".join(("[[feed]]", *told, ""))


START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)


def a_feed(name: str, every: int = 60) -> Feed:
    """A feed on a host of its own, to be asked every so many minutes."""
    return Feed(f"http://{name}.example/feed", name, name, "INT", "press", "en", "G", every)


def rss(name: str, stories: int) -> bytes:
    """A feed of so many stories, one of every half day from START on."""
    items = "".join(
        f"<item><guid>{name}-{number}</guid><title>Talks {number} in Oslo</title>"
        f"<pubDate>{format_datetime(START + number * timedelta(hours=12))}</pubDate></item>"
        for number in range(stories)
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode()
