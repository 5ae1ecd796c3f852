"""keys.toml: a set of keys to begin with, and single keys changed by their id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dipread import data
from dipread.config.settings import Paths
from dipread.config.written import is_there, parse_toml, places_of, read_text
from dipread.errors import ConfigError
from dipread.text.near import nearest

KEYS = "keys.toml"
DEFAULT = "dipread"


def read_keys(paths: Paths) -> dict[str, str]:
    """The keys that differ from the usual ones, by their ids. Raises ConfigError naming file, line and what to do."""
    path = paths.config / KEYS
    if not is_there(path):
        return {}
    text = read_text(path)
    table = parse_toml(text, str(path))
    top, _ = places_of(text, str(path))
    for key in table:
        if key not in ("preset", "keys"):
            raise ConfigError(
                f"{top.at(key)}: unknown key '{key}'",
                'This file has preset = "..." and a table [keys].',
            )
    presets = parse_toml(data.read(KEYS), KEYS)
    preset = table.get("preset", DEFAULT)
    if preset not in (DEFAULT, *presets):
        raise ConfigError(
            f"{top.at('preset')}: unknown preset '{preset}'",
            f"Presets are {', '.join((DEFAULT, *presets))}.",
        )
    chosen = {**presets.get(preset, {}), **_own(table.get("keys", {}), str(path))}
    chosen.pop("about", None)
    return chosen


def _own(keys: Mapping[str, Any], path: str) -> Mapping[str, str]:
    if not isinstance(keys, dict):
        raise ConfigError(f"{path}: 'keys' is not a table", "Write [keys] above the keys.")
    for name, value in keys.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(
                f"{path}: the key of '{name}' must be a text", f'Write it as "{name}" = "x".'
            )
    return keys


def meant_key(name: str, known: list[str]) -> str:
    """What to say of an id that there is not."""
    near = nearest(name, known)
    return f"Did you mean '{near[0]}'?" if near else "docs/keys.md lists them."
