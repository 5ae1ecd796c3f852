"""`dipread backup` and `restore`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dipread.cli.context import configuration
from dipread.config import Config, check_own_files, own_files, put_back, read_secrets
from dipread.errors import UsageError
from dipread.library import utc_now
from dipread.store import Copied, check_copy, save_copy, take_copy


def backup(arguments: argparse.Namespace) -> int:
    """Write the archive and the reader's settings into one file; its path is the output."""
    config = configuration(arguments)
    path: Path = arguments.file or _next(config, "dipread")
    if arguments.file and path.exists() and not arguments.force:
        raise UsageError(f"{path}: is there already", "Name another file, or say --force.")
    copied = _save(config, path)
    print(path)
    if not arguments.quiet:
        files = ", ".join(copied.files) or "none"
        sys.stderr.write(
            f"dipread: {copied.stories:,} stories, and all you wrote, are in it; files of settings: {files}\n"
        )
        if read_secrets(config.paths.config):
            sys.stderr.write(
                "dipread: passwords of feeds (secrets.toml) are not; keep them apart\n"
            )
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a saved archive and its settings in the place of those that are there, which are saved before."""
    config = configuration(arguments)
    copied = check_copy(arguments.file)
    files = {} if arguments.archive_only else copied.files
    check_own_files(files, arguments.file)
    if config.database.exists():
        before = _next(config, "before-restore")
        _save(config, before)
        if not arguments.quiet:
            sys.stderr.write(f"dipread: what was there is kept in {before}\n")
    take_copy(arguments.file, config.database)
    changed = put_back(files, config.paths.config)
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {copied.stories:,} stories are back\n")
        if changed:
            sys.stderr.write(f"dipread: settings as they were then: {', '.join(changed)}\n")
        later = sorted({*own_files(config.paths.config)} - {*files}) if files else []
        if later:
            sys.stderr.write(f"dipread: not in it, and left as they are: {', '.join(later)}\n")
    return 0


def _save(config: Config, path: Path) -> Copied:
    return save_copy(config.database, path, own_files(config.paths.config))


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
