"""Feeds as feeds.toml lists them."""

from __future__ import annotations

import json
from collections.abc import Iterable

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
