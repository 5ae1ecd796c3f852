"""Passwords and tokens of feeds: in a file of their own that only the reader can open, never in feeds.toml.

Those of feeds that were taken off the list are set aside there for a while, so that it can be undone.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from dipread.config.written import is_there, parse_toml, read_text
from dipread.errors import ConfigError

NAME = "secrets.toml"
_HEAD = (
    '# Passwords and tokens of feeds, by address: "name:password", or "?token=...".\n'
    "# Written by `dipread feeds add`; keep it to yourself.\n\n"
)
_ASIDE = "removed"
_HEAD_ASIDE = "\n[{}.{}]  # of feeds taken off the list that day; forgotten a month later\n"


class _Secrets(Struct):
    """What the file holds: the secret of each feed, and those set aside by the day they were."""

    of: dict[str, str]
    aside: dict[str, dict[str, str]]


def read_secrets(folder: Path) -> dict[str, str]:
    """The secret of each feed that has one, by its address; raises ConfigError when others can read the file."""
    return _read(folder).of


def keep_secret(folder: Path, url: str, secret: str) -> None:
    """Keep the secret of a feed; raises ConfigError."""
    secrets = _read(folder)
    secrets.of[url] = secret
    _write(folder, secrets)


def set_aside_secrets(folder: Path, urls: Iterable[str], day: date) -> None:
    """Use the secrets of these feeds no more, but have them at hand; raises ConfigError."""
    secrets = _read(folder)
    gone = {url: secrets.of.pop(url) for url in urls if url in secrets.of}
    if gone:
        secrets.aside.setdefault(day.isoformat(), {}).update(gone)
        _write(folder, secrets)


def bring_back_secrets(folder: Path, urls: Iterable[str]) -> None:
    """Use the secrets of these feeds again that were set aside, the last of each; raises ConfigError."""
    secrets = _read(folder)
    wanted = set(urls)
    back = {
        url: secret
        for _, aside in sorted(secrets.aside.items())
        for url in wanted & aside.keys()
        for secret in [aside.pop(url)]
    }
    if back:
        secrets.of = {**back, **secrets.of}
        _write(folder, secrets)


def forget_secrets(folder: Path, before: date) -> None:
    """Forget what was set aside before a day; raises ConfigError."""
    secrets = _read(folder)
    kept = {day: aside for day, aside in secrets.aside.items() if day >= before.isoformat()}
    if kept != secrets.aside:
        secrets.aside = kept
        _write(folder, secrets)


def _read(folder: Path) -> _Secrets:
    path = folder / NAME
    if not is_there(path):
        return _Secrets({}, {})
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(f"{path}: others can read this file", f"Run: chmod 600 {path}")
    table = parse_toml(read_text(path), str(path))
    aside = table.pop(_ASIDE, {})
    if not isinstance(aside, dict) or not all(isinstance(each, dict) for each in aside.values()):
        raise ConfigError(f"{path}:1: '{_ASIDE}' is no table of days", f"Write [{_ASIDE}.DAY].")
    for of in (table, *aside.values()):
        for url, secret in of.items():
            if not isinstance(secret, str):
                raise ConfigError(
                    f"{path}:1: the secret of {url} must be a text", 'Write "name:pw".'
                )
    return _Secrets(table, aside)


def _write(folder: Path, secrets: _Secrets) -> None:
    """The whole file anew, closed to others before anything is in it."""
    path = folder / NAME
    new = path.with_name(f".{NAME}.new")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(_HEAD + _lines(secrets.of))
            for day, aside in sorted(secrets.aside.items()):
                if aside:
                    file.write(_HEAD_ASIDE.format(_ASIDE, day) + _lines(aside))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as fault:
        raise ConfigError(
            f"{path}: the secret of a feed can't be kept: {fault.strerror}",
            "Make room or the folder writable.",
        ) from None


def _lines(secrets: Mapping[str, str]) -> str:
    """A line each; a JSON string is a TOML string."""
    return "".join(
        f"{json.dumps(url)} = {json.dumps(secret)}\n" for url, secret in sorted(secrets.items())
    )
