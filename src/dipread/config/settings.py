"""Where things live, and what config.toml says."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dipread import __version__, data
from dipread.config.written import expanded, is_there, parse_toml, places_of, read_text
from dipread.errors import ConfigError
from dipread.text.near import nearest

if TYPE_CHECKING:
    from dipread.model import Feed

CHOICES = {
    "mouse": ("on", "off"),
    "mark_read": ("dwell", "open", "never"),
    "bidi": ("app", "terminal", "off"),
}
"""What settings of few values may be: whether the mouse acts; when a story counts as read; who turns
round text from the right.
"""
FLAVOURS = ("plain", "obsidian", "logseq")
THEMES = ("auto", "ink", "paper", "contrast", "terminal", "mono")
SHIPPED_FEEDS = "feeds.toml"
DATABASE = "dipread.db"


class Paths(NamedTuple):
    """Where things live. Only `cache` may be deleted."""

    config: Path
    data: Path
    state: Path
    cache: Path


class Settings(NamedTuple):
    """What config.toml may say."""

    theme: str = "auto"
    export_folder: str = "~/dipread"
    mouse: str = "on"
    mark_read: str = "dwell"
    bidi: str = "app"
    allow_private: str = ""
    proxy: str = ""
    author: str = ""


class FeedList:
    """The text of a feeds.toml, which is called `name` in errors; read as feeds only when they are asked for."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @property
    def edition(self) -> str:
        """What tells this list, as this program reads it, from another."""
        from hashlib import blake2b

        return blake2b(f"{__version__}\n{self.text}".encode(), digest_size=16).hexdigest()

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """The feeds it lists; raises ConfigError."""
        from dipread.config.feeds import parse_feeds

        return parse_feeds(self.text, self.name)


class Config(NamedTuple):
    """Everything a run depends on besides its arguments.

    `allow_private` names each `host:port` of a private network that feeds may come from.
    """

    paths: Paths
    database: Path
    feeds_file: Path | None
    listed: FeedList
    theme: str
    export_folder: Path
    colour: bool
    offline: bool = False
    mouse: str = "on"
    mark_read: str = "dwell"
    bidi: str = "app"
    allow_private: frozenset[str] = frozenset()
    proxy: str = ""
    author: str = ""

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """What is listened to; raises ConfigError."""
        return self.listed.feeds

    @property
    def is_sample(self) -> bool:
        """Whether this is the sample desk, whose list is neither the reader's nor the shipped one."""
        return self.feeds_file is None and self.listed.name != SHIPPED_FEEDS


def find_paths(env: Mapping[str, str]) -> Paths:
    """The folders of this user: below DIPREAD_HOME if set, else XDG's, else the system's own."""
    if home := env.get("DIPREAD_HOME"):
        root = expanded(home, "DIPREAD_HOME")
        return Paths(root / "config", root / "data", root / "state", root / "cache")
    if sys.platform.startswith(
        "linux"
    ):  # said here in so many words: platformdirs takes 10 ms to import
        return Paths(*(_xdg(env, *each) / "dipread" for each in _XDG))
    import platformdirs

    dirs = platformdirs.PlatformDirs("dipread", appauthor=False)
    return Paths(
        dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path
    )


_XDG = (
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_STATE_HOME", ".local/state"),
    ("XDG_CACHE_HOME", ".cache"),
)


def _xdg(env: Mapping[str, str], name: str, usual: str) -> Path:
    """A folder of the XDG Base Directory Specification, which has relative paths ignored."""
    said = env.get(name, "")
    return Path(said) if said.startswith("/") else expanded("~", name) / usual


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
        database=database or paths.data / DATABASE,
        feeds_file=chosen,
        listed=read_feeds(chosen),
        theme=settings.theme,
        export_folder=expanded(settings.export_folder, "export_folder"),
        colour="NO_COLOR" not in env,
        offline=offline,
        mouse=settings.mouse,
        mark_read=settings.mark_read,
        bidi=settings.bidi,
        allow_private=_allowed(settings.allow_private, "allow_private")
        | _allowed(env.get("DIPREAD_ALLOW_PRIVATE", ""), "DIPREAD_ALLOW_PRIVATE"),
        proxy=settings.proxy,
        author=_clean(settings.author),
    )


def _clean(name: str) -> str:
    """A name that a person gave, as it may be shown."""
    if not name:
        return ""
    from dipread.text.cleaning import clean_line

    return clean_line(name)


def read_feeds(path: Path | None) -> FeedList:
    """The list of a feeds.toml, or the shipped one when `path` is None; raises ConfigError."""
    if path is None:
        return FeedList(SHIPPED_FEEDS, data.read(SHIPPED_FEEDS))
    return FeedList(str(path), read_text(path))


def read_rules(paths: Paths) -> dict[str, str]:
    """The reader's own rules: path to text of every `rules.d/*.toml`, in the order of their names."""
    return {str(path): read_text(path) for path in sorted(rules_folder(paths).glob("*.toml"))}


def read_flavour(paths: Paths, name: str) -> tuple[str, str]:
    """The text of a flavour of Markdown, and what to call it: the reader's own of that name, else the shipped.

    Raises ConfigError when there is none.
    """
    own = paths.config / "templates" / f"{name}.toml"
    if name.replace("-", "").replace("_", "").isalnum():
        if is_there(own):
            return read_text(own), str(own)
        if name in FLAVOURS:
            return data.read(f"flavours/{name}.toml"), f"{name}.toml"
    raise ConfigError(
        f"no flavour is called '{name}'",
        f"There are {', '.join(FLAVOURS)}; one of your own would be {own}",
    )


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
    known = Settings._fields
    for key, value in table.items():
        if key not in known:
            near = nearest(key, known)
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
        from dipread.text.secrets import redact

        raise ConfigError(
            f"{top.at('proxy')}: not the address of a proxy: '{redact(settings.proxy)}'",
            'Write it as proxy = "http://host:port".',
        )
    if settings.theme not in THEMES:
        raise ConfigError(
            f"{top.at('theme')}: unknown theme '{settings.theme}'",
            f"Themes are {', '.join(THEMES)}.",
        )
    for key, may in CHOICES.items():
        if (said := getattr(settings, key)) not in may:
            raise ConfigError(
                f"{top.at(key)}: '{key}' can't be '{said}'", f"It may be {', '.join(may)}."
            )
    return settings
