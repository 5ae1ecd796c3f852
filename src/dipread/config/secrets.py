"""Passwords and tokens of feeds: in a file of their own that only the reader can open, never in feeds.toml."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from dipread.config.written import is_there, parse_toml, read_text
from dipread.errors import ConfigError

NAME = "secrets.toml"
_HEAD = (
    '# Passwords and tokens of feeds, by address: "name:password", or "?token=...".\n'
    "# Written by `dipread feeds add`; keep it to yourself.\n\n"
)


def read_secrets(folder: Path) -> dict[str, str]:
    """The secret of each feed that has one, by its address; raises ConfigError when others can read the file."""
    path = folder / NAME
    if not is_there(path):
        return {}
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(f"{path}: others can read this file", f"Run: chmod 600 {path}")
    table = parse_toml(read_text(path), str(path))
    for url, secret in table.items():
        if not isinstance(secret, str):
            raise ConfigError(f"{path}:1: the secret of {url} must be a text", 'Write "name:pw".')
    return table


def keep_secret(folder: Path, url: str, secret: str | None) -> None:
    """Keep the secret of a feed, or forget it when it is None; raises OSError."""
    secrets = {**read_secrets(folder)}
    if secret is None:
        if secrets.pop(url, None) is None:
            return
    else:
        secrets[url] = secret
    _write(folder / NAME, secrets)


def _write(path: Path, secrets: Mapping[str, str]) -> None:
    """The whole file anew, closed to others before anything is in it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f".{NAME}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_HEAD)
        for url, secret in sorted(secrets.items()):  # a JSON string is a TOML string
            file.write(f"{json.dumps(url)} = {json.dumps(secret)}\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
