"""The only reader of the environment, of paths and of the files a person edits: feeds.toml, config.toml."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import platformdirs

from dipread import data
from dipread.errors import ConfigError
from dipread.model import Feed, FeedKind

SHIPPED_FEEDS = "feeds.toml"
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


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run depends on besides its arguments."""

    paths: Paths
    database: Path
    feeds_file: Path | None
    feeds: tuple[Feed, ...]
    theme: str
    export_folder: Path
    colour: bool
    offline: bool = False


def find_paths(env: Mapping[str, str]) -> Paths:
    """The folders of this user: below DIPREAD_HOME if set, else XDG's, else the system's own."""
    if home := env.get("DIPREAD_HOME"):
        root = Path(home).expanduser()
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
    chosen = feeds_file or (own if own.exists() else None)
    return Config(
        paths=paths,
        database=database or paths.data / "dipread.db",
        feeds_file=chosen,
        feeds=read_feeds(chosen),
        theme=settings.theme,
        export_folder=Path(settings.export_folder).expanduser(),
        colour="NO_COLOR" not in env,
        offline=offline,
    )


def read_feeds(path: Path | None) -> tuple[Feed, ...]:
    """The feeds of a feeds.toml, or the shipped ones when `path` is None; raises ConfigError."""
    if path is None:
        return parse_feeds(data.read(SHIPPED_FEEDS), SHIPPED_FEEDS)
    return parse_feeds(_read_text(path), str(path))


def parse_feeds(text: str, name: str) -> tuple[Feed, ...]:
    """The [[feed]] tables of `text`; `name` is what errors call it. Raises ConfigError on the first fault."""
    document = _parse_toml(text, name)
    for key in document:
        if key != "feed":
            raise ConfigError(
                f"{name}:{_line_of_key(text, key)}: unknown table or key '{key}'",
                "Only [[feed]] tables belong in this file.",
            )
    tables = document.get("feed", [])
    if not isinstance(tables, list):
        raise ConfigError(f"{name}:{_line_of_key(text, 'feed')}: [feed] must be written [[feed]]")
    starts = [
        number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[feed]]"
    ]
    feeds: list[Feed] = []
    seen: dict[str, int] = {}
    for position, table in enumerate(tables):
        start = starts[position] if position < len(starts) else 1
        place = _Place(name, text, start)
        feed = _check_feed(table, place)
        if feed.url in seen:
            raise ConfigError(
                f"{place.at('url')}: this feed is listed already, on line {seen[feed.url]}: {feed.url}",
                "Remove one of the two [[feed]] tables.",
            )
        seen[feed.url] = start
        feeds.append(feed)
    return tuple(feeds)


# ------------------------------------------------------------------------------------------- checking


@dataclass(frozen=True, slots=True)
class _Place:
    """One [[feed]] table in a file, to say where a fault is."""

    name: str
    text: str
    start: int

    def at(self, key: str) -> str:
        """`file:line` of a key in this table, or of the table itself."""
        lines = self.text.splitlines()
        for number in range(self.start, len(lines)):
            if lines[number].lstrip().startswith("["):
                break
            if re.match(rf"\s*{re.escape(key)}\s*=", lines[number]):
                return f"{self.name}:{number + 1}"
        return f"{self.name}:{self.start}"


_KINDS = get_args(FeedKind)
_TEXTS = ("url", "title", "publisher", "country", "kind", "language", "group")
_KNOWN = tuple(each.name for each in fields(Feed))


def _check_feed(table: Mapping[str, Any], place: _Place) -> Feed:
    for key in table:
        if key not in _KNOWN:
            near = difflib.get_close_matches(key, _KNOWN, 1)
            raise ConfigError(
                f"{place.at(key)}: unknown key '{key}'",
                f"Did you mean '{near[0]}'?"
                if near
                else f"A feed has these keys: {', '.join(_KNOWN)}.",
            )
    for key in _TEXTS:
        if key not in table:
            raise ConfigError(
                f"{place.at(key)}: this [[feed]] has no '{key}'", f'Add a line: {key} = "..."'
            )
        if not isinstance(table[key], str) or not table[key].strip():
            raise ConfigError(f"{place.at(key)}: '{key}' must be a text in quotes")
    check_url(table["url"], place.at("url"))
    if table["kind"] not in _KINDS:
        raise ConfigError(
            f"{place.at('kind')}: unknown kind '{table['kind']}'", f"Kinds are {', '.join(_KINDS)}."
        )
    if not re.fullmatch(r"[A-Z]{2}|INT", table["country"]):
        raise ConfigError(
            f"{place.at('country')}: '{table['country']}' is no country code",
            "Use two capital letters (ISO 3166-1), or INT for an international body.",
        )
    minutes = table.get("interval_minutes", 60)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 5 <= minutes <= 10_080:
        raise ConfigError(
            f"{place.at('interval_minutes')}: interval_minutes must be a whole number from 5 to 10080"
        )
    return Feed(**table)


def check_url(url: str, place: str) -> None:
    """Raises ConfigError unless `url` is an http or https address; `place` starts the message."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as fault:
        raise ConfigError(
            f"{place}: bad address: {fault}", "Write it as https://host/path."
        ) from None
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or re.search(r"[\s\x00-\x20]", url)
    ):
        raise ConfigError(f"{place}: not a web address: {url!r}", "Write it as https://host/path.")
    if parts.username or parts.password:
        raise ConfigError(f"{place}: an address must not hold a name or password")


def _read_settings(path: Path) -> Settings:
    if not path.exists():
        return Settings()
    text = _read_text(path)
    table = _parse_toml(text, str(path))
    known = {each.name for each in fields(Settings)}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            raise ConfigError(
                f"{path}:{_line_of_key(text, key)}: unknown setting '{key}'",
                f"Did you mean '{near[0]}'?"
                if near
                else f"Settings are {', '.join(sorted(known))}.",
            )
        if not isinstance(value, str):
            raise ConfigError(f"{path}:{_line_of_key(text, key)}: '{key}' must be a text in quotes")
    settings = Settings(**table)
    if settings.theme not in THEMES:
        raise ConfigError(
            f"{path}:{_line_of_key(text, 'theme')}: unknown theme '{settings.theme}'",
            f"Themes are {', '.join(THEMES)}.",
        )
    return settings


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        said = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(fault))
        where, what = (f"{name}:{said[2]}:{said[3]}", said[1]) if said else (name, str(fault))
        raise ConfigError(
            f"{where}: not valid TOML: {what}", "Texts need quotes, tables look like [[feed]]."
        ) from None


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise ConfigError(
            f"{path}: not UTF-8 text (byte {fault.start})", "Save the file as UTF-8."
        ) from None
    except OSError as fault:
        raise ConfigError(f"{path}: can't be read: {fault.strerror}") from None


def _line_of_key(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf'\s*(\[+\s*)?"?{re.escape(key)}\b', line):
            return number
    return 1
