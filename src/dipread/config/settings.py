"""Where things live, and what config.toml says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from dipread.config.feeds import SHIPPED_FEEDS, read_feeds
from dipread.config.written import expanded, is_there, parse_toml, places_of, read_text
from dipread.errors import ConfigError
from dipread.model import Feed
from dipread.text import redact

THEMES = ("ink", "paper")


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things live. Only `cache` may be deleted."""

    config: Path
    data: Path
    state: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml may say."""

    theme: str = "ink"
    export_folder: str = "~/dipread"
    allow_private: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run depends on besides its arguments.

    `allow_private` names each `host:port` of a private network that feeds may come from.
    """

    paths: Paths
    database: Path
    feeds_file: Path | None
    feeds: tuple[Feed, ...]
    theme: str
    export_folder: Path
    colour: bool
    offline: bool = False
    allow_private: frozenset[str] = frozenset()
    proxy: str = ""


def find_paths(env: Mapping[str, str]) -> Paths:
    """The folders of this user: below DIPREAD_HOME if set, else XDG's, else the system's own."""
    if home := env.get("DIPREAD_HOME"):
        root = expanded(home, "DIPREAD_HOME")
        return Paths(root / "config", root / "data", root / "state", root / "cache")
    dirs = platformdirs.PlatformDirs("dipread", appauthor=False)
    return Paths(
        dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path
    )


def load_config(
    env: Mapping[str, str],
    database: Path | None = None,
    feeds_file: Path | None = None,
    *,
    offline: bool = False,
) -> Config:
    """The configuration of this run; arguments go before files, files before defaults.

    Raises ConfigError naming file, line and what to do.
    """
    paths = find_paths(env)
    settings = _read_settings(paths.config / "config.toml")
    own = paths.config / SHIPPED_FEEDS
    chosen = feeds_file or (own if is_there(own) else None)
    return Config(
        paths=paths,
        database=database or paths.data / "dipread.db",
        feeds_file=chosen,
        feeds=read_feeds(chosen),
        theme=settings.theme,
        export_folder=expanded(settings.export_folder, "export_folder"),
        colour="NO_COLOR" not in env,
        offline=offline,
        allow_private=_allowed(settings.allow_private, "allow_private")
        | _allowed(env.get("DIPREAD_ALLOW_PRIVATE", ""), "DIPREAD_ALLOW_PRIVATE"),
        proxy=settings.proxy,
    )


def read_rules(paths: Paths) -> dict[str, str]:
    """The reader's own rules: path to text of every `rules.d/*.toml`, in the order of their names."""
    return {str(path): read_text(path) for path in sorted(rules_folder(paths).glob("*.toml"))}


def rules_folder(paths: Paths) -> Path:
    """Where the reader's own rules lie."""
    return paths.config / "rules.d"


def _allowed(said: str, setting: str) -> frozenset[str]:
    """Each `host:port` of a list with commas."""
    allowed = frozenset(each.strip() for each in said.split(",") if each.strip())
    for each in allowed:
        if not re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\s:/@]+):\d{1,5}", each):
            raise ConfigError(
                f"{setting}: '{each}' is no host with a port", "Write it as nas.home:8080."
            )
    return allowed


def _read_settings(path: Path) -> Settings:
    if not is_there(path):
        return Settings()
    text = read_text(path)
    table = parse_toml(text, str(path))
    top, _ = places_of(text, str(path))
    known = {each.name for each in fields(Settings)}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            raise ConfigError(
                f"{top.at(key)}: unknown setting '{key}'",
                f"Did you mean '{near[0]}'?"
                if near
                else f"Settings are {', '.join(sorted(known))}.",
            )
        if not isinstance(value, str):
            raise ConfigError(
                f"{top.at(key)}: '{key}' must be a text", f'Write it as {key} = "..."'
            )
    settings = Settings(**table)
    if settings.proxy and not re.match(r"(https?|socks5h?)://[^\s/]+", settings.proxy):
        raise ConfigError(
            f"{top.at('proxy')}: not the address of a proxy: '{redact(settings.proxy)}'",
            'Write it as proxy = "http://host:port".',
        )
    if settings.theme not in THEMES:
        raise ConfigError(
            f"{top.at('theme')}: unknown theme '{settings.theme}'",
            f"Themes are {', '.join(THEMES)}.",
        )
    return settings
