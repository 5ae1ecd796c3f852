"""The files of settings that a person wrote: gathered to be put away, and put back.

Passwords are not among them: a copy goes to places that `secrets.toml` should not.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from dipread.config.secrets import NAME as SECRETS
from dipread.config.written import read_bytes, replace_text
from dipread.errors import ConfigError

_NAME = re.compile(r"(?:(?:rules\.d|templates)/)?[^/\\\0:.][^/\\\0:]*\.toml")


def own_files(folder: Path) -> dict[str, bytes]:
    """What each file of settings holds, by its name below the folder for settings; raises ConfigError."""
    found = (
        *folder.glob("*.toml"),
        *folder.glob("rules.d/*.toml"),
        *folder.glob("templates/*.toml"),
    )
    names = {each.relative_to(folder).as_posix(): each for each in found if each.is_file()}
    return {
        name: read_bytes(names[name])
        for name in sorted(names)
        if name != SECRETS and _NAME.fullmatch(name)
    }


def check_own_files(files: Mapping[str, bytes], source: Path) -> None:
    """Raises ConfigError when one of them is no file of settings: nothing may be put anywhere else."""
    for name, body in files.items():
        try:
            body.decode()
        except UnicodeDecodeError:
            raise ConfigError(
                f"{source}: {name!r} in it is not UTF-8 text", "Nothing was changed."
            ) from None
        if name == SECRETS or not _NAME.fullmatch(name):
            raise ConfigError(
                f"{source}: {name!r} in it is no file of settings", "Nothing was changed."
            )


def put_back(files: Mapping[str, bytes], folder: Path, *, keep: bool = False) -> list[str]:
    """Have these files, which have been checked, hold what they held then; the names of those that changed.

    To `keep` what they hold now it is copied beside them, with `.bak` behind the name. Each is replaced whole or not at all; where one is a link to a file elsewhere, it stays one. Raises
    ConfigError.
    """
    changed = []
    for name, body in files.items():
        path = folder / name
        try:
            if path.is_file() and path.read_bytes() == body:
                continue
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if keep and path.is_file():
                shutil.copy(path, path.with_name(f"{path.name}.bak"))
            replace_text(path.resolve(), body.decode())
        except OSError as fault:
            raise ConfigError(
                f"{path}: can't be written to: {fault.strerror}",
                "The archive is back; mend the cause and restore again for the settings.",
            ) from None
        changed.append(name)
    return changed
