"""`dipread backup` and `restore`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dipread.cli.context import places
from dipread.config import (
    Paths,
    check_own_files,
    clear_unfinished,
    own_files,
    put_back,
    read_secrets,
)
from dipread.errors import StoreDamaged, UsageError
from dipread.library import utc_now
from dipread.store import Copied, check_copy, put_aside, save_copy, take_copy
from dipread.text.plural import plural


def backup(arguments: argparse.Namespace) -> int:
    """Write the archive and the reader's settings into one file; its path is the output."""
    paths, database = places(arguments)
    path: Path = arguments.file or _next(paths, "dipread")
    if arguments.file and path.exists() and not arguments.force:
        raise UsageError(f"{path}: is there already", "Name another file, or say --force.")
    copied = _save(database, paths, path)
    print(path)
    if not arguments.quiet:
        files = ", ".join(copied.files) or "none"
        sys.stderr.write(
            f"dipread: {plural(copied.stories, 'story', 'stories')}, and all you wrote, in it; files of settings: {files}\n"
        )
        if read_secrets(paths.config):
            sys.stderr.write(
                "dipread: passwords of feeds (secrets.toml) are not; keep them apart\n"
            )
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a saved archive and its settings in the place of those that are there, which are saved before.

    What the settings of today say is not read: a fault in them may be why they are to be replaced.
    """
    paths, database = places(arguments)
    copied = check_copy(arguments.file)
    files = {} if arguments.archive_only else copied.files
    check_own_files(files, arguments.file)
    said, readable = "", True
    if database.exists():
        before = _next(paths, "before-restore")
        said = f"what was there is kept in {before}"
        try:
            _save(database, paths, before)
        except StoreDamaged:
            put_aside(database, before)
            said = f"what was there can't be read, and lies as it was in {before}; settings are kept as .bak"
            readable = False
    take_copy(arguments.file, database)
    changed = put_back(files, paths.config, keep=not readable)
    if said and not arguments.quiet:
        sys.stderr.write(f"dipread: {said}\n")
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {plural(copied.stories, 'story', 'stories')} back\n")
        if changed:
            sys.stderr.write(f"dipread: settings as they were then: {', '.join(changed)}\n")
        later = sorted({*own_files(paths.config)} - {*files}) if files else []
        if later:
            sys.stderr.write(f"dipread: not in it, and left as they are: {', '.join(later)}\n")
    return 0


def _save(database: Path, paths: Paths, path: Path) -> Copied:
    clear_unfinished(path.parent, utc_now())
    return save_copy(database, path, own_files(paths.config))


def _next(paths: Paths, name: str) -> Path:
    """A file of the folder for backups that is not there yet."""
    folder = paths.data / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{name}-{utc_now():%Y-%m-%dT%H%M%SZ}"
    path, number = folder / f"{stem}.db", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    return path
