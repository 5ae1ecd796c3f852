"""The only reader of the environment, of paths and of the files a person edits."""

from typing import TYPE_CHECKING

from dipread.lazily import lazily

if TYPE_CHECKING:
    from dipread.config.feeds import INTERVALS, check_url, parse_feeds
    from dipread.config.feeds_file import (
        add_all_to_list,
        add_to_list,
        change_in_list,
        exchange_in_list,
        feed_tables,
        keep_groups,
        list_text,
        take_from_list,
    )
    from dipread.config.keys import meant_key, read_keys
    from dipread.config.outlines import (
        Outline,
        feed_of,
        kept_of,
        read_outlines,
        read_urls,
        write_outlines,
    )
    from dipread.config.passages import Passage, differing
    from dipread.config.secrets import (
        bring_back_secrets,
        forget_secrets,
        keep_secret,
        read_secrets,
        set_aside_secrets,
    )
    from dipread.config.set_aside import check_own_files, own_files, put_back
    from dipread.config.settings import (
        DATABASE,
        FLAVOURS,
        SHIPPED_FEEDS,
        Config,
        FeedList,
        Paths,
        find_paths,
        load_config,
        read_feeds,
        read_flavour,
        read_rules,
        rules_folder,
    )
    from dipread.config.written import (
        Place,
        clear_unfinished,
        parse_toml,
        read_bytes,
        read_text,
        replace_text,
        unfinished,
    )

__all__ = [
    "DATABASE",
    "FLAVOURS",
    "INTERVALS",
    "SHIPPED_FEEDS",
    "Config",
    "FeedList",
    "Outline",
    "Passage",
    "Paths",
    "Place",
    "add_all_to_list",
    "add_to_list",
    "bring_back_secrets",
    "change_in_list",
    "check_own_files",
    "check_url",
    "clear_unfinished",
    "differing",
    "exchange_in_list",
    "feed_of",
    "feed_tables",
    "find_paths",
    "forget_secrets",
    "keep_groups",
    "keep_secret",
    "kept_of",
    "list_text",
    "load_config",
    "meant_key",
    "own_files",
    "parse_feeds",
    "parse_toml",
    "put_back",
    "read_bytes",
    "read_feeds",
    "read_flavour",
    "read_keys",
    "read_outlines",
    "read_rules",
    "read_secrets",
    "read_text",
    "read_urls",
    "replace_text",
    "rules_folder",
    "set_aside_secrets",
    "take_from_list",
    "unfinished",
    "write_outlines",
]
__getattr__ = lazily(
    __name__,
    feeds=("INTERVALS", "check_url", "parse_feeds"),
    feeds_file=(
        "add_all_to_list", "add_to_list", "change_in_list", "exchange_in_list", "feed_tables", "keep_groups", "list_text",
        "take_from_list",
    ),
    passages=("Passage", "differing"),
    outlines=("Outline", "feed_of", "kept_of", "read_outlines", "read_urls", "write_outlines"),
    set_aside=("check_own_files", "own_files", "put_back"),
    secrets=(
        "bring_back_secrets",
        "forget_secrets",
        "keep_secret",
    "bring_back_secrets",
    "forget_secrets",
    "set_aside_secrets",
        "read_secrets",
        "set_aside_secrets",
    ),
    keys=("meant_key", "read_keys"),
    settings=(
        "DATABASE", "FLAVOURS", "SHIPPED_FEEDS", "Config", "FeedList", "Paths", "find_paths", "load_config", "read_feeds", "read_flavour", "read_rules",
        "rules_folder",
    ),
    written=("Place", "clear_unfinished", "parse_toml", "read_bytes", "read_text", "replace_text", "unfinished"),
)  # fmt: skip
