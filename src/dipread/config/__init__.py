"""The only reader of the environment, of paths and of the files a person edits."""

from typing import TYPE_CHECKING

from dipread.lazily import lazily

if TYPE_CHECKING:
    from dipread.config.feeds import check_url, parse_feeds
    from dipread.config.keys import nearest, read_keys
    from dipread.config.settings import (
        Config,
        FeedList,
        Paths,
        find_paths,
        load_config,
        read_feeds,
        read_rules,
        rules_folder,
    )
    from dipread.config.written import parse_toml, read_text, replace_text

__all__ = [
    "Config",
    "FeedList",
    "Paths",
    "check_url",
    "find_paths",
    "load_config",
    "nearest",
    "parse_feeds",
    "parse_toml",
    "read_feeds",
    "read_keys",
    "read_rules",
    "read_text",
    "replace_text",
    "rules_folder",
]
__getattr__ = lazily(
    __name__,
    feeds=("check_url", "parse_feeds"),
    keys=("nearest", "read_keys"),
    settings=(
        "Config", "FeedList", "Paths", "find_paths", "load_config", "read_feeds", "read_rules",
        "rules_folder",
    ),
    written=("parse_toml", "read_text", "replace_text"),
)  # fmt: skip
