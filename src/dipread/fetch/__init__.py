"""Feeds from the network: bytes by `download`, stories by `parse_feed`."""

from typing import TYPE_CHECKING

from dipread.lazily import lazily

if TYPE_CHECKING:
    from dipread.fetch.entry import Seen, parted
    from dipread.fetch.guard import is_public
    from dipread.fetch.pages import linked_feeds
    from dipread.fetch.parse import ParsedFeed, parse_feed
    from dipread.fetch.transfer import Reply, Request, host_of
    from dipread.fetch.way_out import WayOut, download

__all__ = [
    "ParsedFeed",
    "Reply",
    "Request",
    "Seen",
    "WayOut",
    "download",
    "host_of",
    "is_public",
    "linked_feeds",
    "parse_feed",
    "parted",
]
__getattr__ = lazily(
    __name__,
    entry=("Seen", "parted"),
    guard=("is_public",),
    pages=("linked_feeds",),
    parse=("ParsedFeed", "parse_feed"),
    transfer=("Reply", "Request", "host_of"),
    way_out=("WayOut", "download"),
)
