"""`dipread config`: where things live, and whether what the reader wrote can be read."""

from __future__ import annotations

import argparse

from dipread.cli.context import configuration
from dipread.cli.outdated import warn_if_outdated
from dipread.library import Library


def settings(arguments: argparse.Namespace) -> int:
    """`path` prints the places; `check` reads every file a person writes, and fails on the first fault."""
    config = configuration(arguments)
    if arguments.what == "check":
        desk = Library(config)
        print(f"{len(config.feeds)} feeds and the rules ({desk.knowledge.hash}) read well")
        warn_if_outdated(desk)
        return 0
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
