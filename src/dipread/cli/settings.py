"""`dipread config`: where things live, and whether what the reader wrote can be read."""

from __future__ import annotations

import argparse
import sys

from dipread.cli.context import configuration
from dipread.cli.outdated import warn_if_outdated
from dipread.config import Config, read_keys
from dipread.library import Library
from dipread.text.plural import plural


def settings(arguments: argparse.Namespace) -> int:
    """`path` prints the places; `check` reads every file a person writes, and fails on the first fault."""
    config = configuration(arguments)
    if arguments.what == "check":
        desk = Library(config)
        print(
            f"{plural(len(config.feeds), 'feed')} and the rules ({desk.knowledge.hash}) read well"
        )
        warn_if_outdated(desk)
        return _check_keys(config)
    places = {
        "config": config.paths.config,
        "feeds": config.feeds_file
        or "shipped with dipread; yours would be " + str(config.paths.config / "feeds.toml"),
        "rules": config.paths.config / "rules.d",
        "database": config.database,
        "exports": config.export_folder,
    }
    for name, place in places.items():
        print(f"{name:<9} {place}")
    return 0


def _check_keys(config: Config) -> int:
    """Say which keys of keys.toml can't act; most readers have none, and wait for no screen to be read."""
    keys = read_keys(config.paths)
    if not keys:
        return 0
    from dipread.tui.bind import choose

    choose(keys)
    from dipread.tui.keymap import problems

    found = problems(keys)
    for each in found:
        sys.stderr.write(f"dipread: {each}\n")
    if not found:
        print(f"{len(keys)} keys of keys.toml read well")
    return 1 if found else 0
