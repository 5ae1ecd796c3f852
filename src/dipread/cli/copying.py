"""`dipread backup` and `restore`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dipread.cli.context import configuration
from dipread.config import Config
from dipread.errors import UsageError
from dipread.library import utc_now
from dipread.store import check_copy, save_copy, take_copy


def backup(arguments: argparse.Namespace) -> int:
    """Write the archive into one file; its path is the output."""
    config = configuration(arguments)
    path: Path = arguments.file or _next(config, "dipread")
    if arguments.file and path.exists() and not arguments.force:
        raise UsageError(f"{path}: is there already", "Name another file, or say --force.")
    stories = save_copy(config.database, path)
    print(path)
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {stories:,} stories, and all you wrote, are in it\n")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a saved archive in the place of the one that is there, which is saved before."""
    config = configuration(arguments)
    stories = check_copy(arguments.file)
    if config.database.exists():
        before = _next(config, "before-restore")
        save_copy(config.database, before)
        if not arguments.quiet:
            sys.stderr.write(f"dipread: what was there is kept in {before}\n")
    take_copy(arguments.file, config.database)
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {stories:,} stories are back\n")
    return 0


def _next(config: Config, name: str) -> Path:
    """A file of the folder for backups that is not there yet."""
    folder = config.paths.data / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{name}-{utc_now():%Y-%m-%dT%H%M%SZ}"
    path, number = folder / f"{stem}.db", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    return path
