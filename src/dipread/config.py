"""The only reader of the environment, of paths and of the files a person edits: feeds.toml, config.toml."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import platformdirs

from dipread import data
from dipread.errors import ConfigError
from dipread.model import Feed, FeedKind
from dipread.text import clean_line

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
        root = _expanded(home, "DIPREAD_HOME")
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
    chosen = feeds_file or (own if _is_there(own) else None)
    return Config(
        paths=paths,
        database=database or paths.data / "dipread.db",
        feeds_file=chosen,
        feeds=read_feeds(chosen),
        theme=settings.theme,
        export_folder=_expanded(settings.export_folder, "export_folder"),
        colour="NO_COLOR" not in env,
        offline=offline,
    )


def read_feeds(path: Path | None) -> tuple[Feed, ...]:
    """The feeds of a feeds.toml, or the shipped ones when `path` is None; raises ConfigError."""
    if path is None:
        return parse_feeds(data.read(SHIPPED_FEEDS), SHIPPED_FEEDS)
    return parse_feeds(_read_text(path), str(path))


def read_rules(paths: Paths) -> dict[str, str]:
    """The reader's own rules: path to text of every `rules.d/*.toml`, in the order of their names."""
    folder = paths.config / "rules.d"
    return {str(path): _read_text(path) for path in sorted(folder.glob("*.toml"))}


def parse_feeds(text: str, name: str) -> tuple[Feed, ...]:
    """The [[feed]] tables of `text`; `name` is what errors call it. Raises ConfigError on the first fault."""
    document = _parse_toml(text, name)
    top, places = _places(text, name)
    for key in document:
        if key != "feed":
            raise ConfigError(
                f"{top.at(key)}: unknown table or key '{key}'",
                "Only [[feed]] tables belong in this file.",
            )
    tables = document.get("feed", [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise ConfigError(
            f"{top.at('feed')}: 'feed' is not a list of tables", "Write [[feed]] above each feed."
        )
    if len(places) != len(tables):  # written in line: feed = [{url = "..."}]
        places = [top] * len(tables)
    feeds: list[Feed] = []
    seen: dict[str, str] = {}
    for table, place in zip(tables, places, strict=True):
        feed = _check_feed(table, place)
        if before := seen.get(address := _address(feed.url)):
            raise ConfigError(
                f"{place.at('url')}: this feed is listed already, at {before}: {feed.url}",
                "Remove one of the two [[feed]] tables.",
            )
        seen[address] = place.at("url")
        feeds.append(feed)
    return tuple(feeds)


# ------------------------------------------------------------------------------------------- checking


@dataclass(frozen=True, slots=True)
class _Place:
    """Some numbered lines of a file, to say where in it a fault is."""

    name: str
    lines: Sequence[tuple[int, str]]

    def at(self, key: str) -> str:
        """`file:line` of a key or table among these lines, else of the first of them."""
        wanted = re.compile(rf"""\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]""")
        for number, line in self.lines:
            if wanted.match(line):
                return f"{self.name}:{number}"
        return f"{self.name}:{self.lines[0][0] if self.lines else 1}"


def _places(text: str, name: str) -> tuple[_Place, list[_Place]]:
    """The outermost keys and headings of a file, and the lines of each [[feed]]."""
    lines = list(enumerate(text.split("\n"), 1))
    headings = [at for at, (_, line) in enumerate(lines) if re.match(r"\s*\[", line)]
    first = headings[0] if headings else len(lines)
    top = lines[:first] + [lines[at] for at in headings]
    starts = [at for at in headings if re.match(r"\s*\[\[\s*feed\s*\]\]", lines[at][1])]
    ends = [*starts, len(lines)][1:]
    return _Place(name, top), [
        _Place(name, lines[start:end]) for start, end in zip(starts, ends, strict=True)
    ]


def _address(url: str) -> str:
    """What two ways to write one address share."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}:{port}{parts.path or '/'}?{parts.query}"


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
        if not isinstance(table[key], str) or not clean_line(table[key]):
            raise ConfigError(
                f"{place.at(key)}: '{key}' must be a text", f'Write it as {key} = "..."'
            )
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
            f"{place.at('interval_minutes')}: 'interval_minutes' must be a whole number from 5 to 10080",
            "An hour is interval_minutes = 60, a day 1440.",
        )
    shown = {key: clean_line(table[key]) for key in ("title", "publisher", "group")}
    return Feed(**{**table, **shown})


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
        raise ConfigError(
            f"{place}: an address must not hold a name or password",
            "Take out what stands before the @.",
        )


def _read_settings(path: Path) -> Settings:
    if not _is_there(path):
        return Settings()
    text = _read_text(path)
    table = _parse_toml(text, str(path))
    top, _ = _places(text, str(path))
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
    if settings.theme not in THEMES:
        raise ConfigError(
            f"{top.at('theme')}: unknown theme '{settings.theme}'",
            f"Themes are {', '.join(THEMES)}.",
        )
    return settings


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError(
            f"{name}:1: not valid TOML: nested too deeply", "Tables look like [[feed]]."
        ) from None
    except ValueError as fault:  # beside TOMLDecodeError, what a date or number is refused with
        said = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(fault))
        where = f"{said[2]}:{said[3]}" if said else str(text.rstrip().count("\n") + 1)
        raise ConfigError(
            f"{name}:{where}: not valid TOML: {said[1] if said else fault}",
            "Texts need quotes, tables look like [[feed]].",
        ) from None


def _read_text(path: Path) -> str:
    try:
        written = path.read_bytes()
    except OSError as fault:
        raise _unreadable(path, fault) from None
    try:
        return written.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = written[: fault.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: not UTF-8 text", "Save the file as UTF-8.") from None


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as fault:
        raise _unreadable(path, fault) from None
    return True


def _unreadable(path: Path, fault: OSError) -> ConfigError:
    return ConfigError(
        f"{path}: can't be read: {fault.strerror}", "Check its name and its permissions."
    )


def _expanded(folder: str, setting: str) -> Path:
    """A folder as a person names it, with `~` for their own."""
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        raise ConfigError(
            f"{setting}: no such person's folder: {folder}", "Write the path out in full."
        ) from None
