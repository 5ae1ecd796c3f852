"""The only reader of the environment, of paths and of the files a person edits."""

from dipread.config.feeds import check_url, parse_feeds, read_feeds
from dipread.config.settings import (
    FLAVOURS,
    Config,
    Paths,
    find_paths,
    load_config,
    read_flavour,
    read_rules,
    rules_folder,
)
from dipread.config.written import Place, parse_toml, read_text, replace_text

__all__ = [
    "FLAVOURS",
    "Config",
    "Paths",
    "Place",
    "check_url",
    "find_paths",
    "load_config",
    "parse_feeds",
    "parse_toml",
    "read_feeds",
    "read_flavour",
    "read_rules",
    "read_text",
    "replace_text",
    "rules_folder",
]
