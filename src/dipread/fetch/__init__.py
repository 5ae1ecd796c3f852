"""Feeds from the network: bytes by `download`, stories by `parse_feed`."""

from dipread.fetch.download import Reply, Request, download, download_ahead
from dipread.fetch.parse import ParsedFeed, parse_feed

__all__ = ["ParsedFeed", "Reply", "Request", "download", "download_ahead", "parse_feed"]
