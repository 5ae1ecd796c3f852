"""feeds.toml, changed for the reader: a feed added, taken out, or sent elsewhere, and all else as they wrote it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from dipread import data
from dipread.config.feeds import KEPT, one_address, parse_feeds
from dipread.config.passages import Passage, exchange
from dipread.config.settings import SHIPPED_FEEDS, Config
from dipread.config.written import parse_toml, places_of, read_text, replace_text
from dipread.errors import ConfigError, DipreadError, UsageError
from dipread.model import Feed

_KEYS = ("url", "title", "publisher", "country", "kind", "language", "group")


def add_to_list(config: Config, feed: Feed) -> Path:
    """Put a feed at the end of the reader's own list, which begins as a copy of the shipped one.

    Returns the file; raises ConfigError when the feed is listed already.
    """
    return add_all_to_list(config, [(feed, {})])


def add_all_to_list(config: Config, feeds: Sequence[tuple[Feed, Mapping[str, str]]]) -> Path:
    """Put feeds at the end of the reader's own list, with what other programs wrote beside them; all or none.

    Returns the file; raises ConfigError when one of them is listed already.
    """
    path, text = _own(config)
    listed = {one_address(each.url): each for each in parse_feeds(text, str(path))}
    for feed, _ in feeds:
        if there := listed.get(one_address(feed.url)):
            raise ConfigError(
                f"{feed.url}: this feed is listed already, as '{there.title}'",
                f"Its table is in {path}.",
            )
    return _keep(path, text.rstrip("\n") + "".join(_table(*each) for each in feeds) + "\n")


def feed_tables(config: Config) -> list[dict[str, Any]]:
    """The [[feed]] tables of the list in use, with everything that is kept in them."""
    tables = parse_toml(config.listed.text, config.listed.name).get("feed", [])
    return list(tables)


def _table(feed: Feed, also: Mapping[str, str]) -> str:
    lines = ["\n\n[[feed]]", *(f"{key} = {_text(getattr(feed, key))}" for key in _KEYS)]
    if feed.interval_minutes != 60:
        lines.append(f"interval_minutes = {feed.interval_minutes}")
    if also:
        inside = ", ".join(f"{_text(key)} = {_text(value)}" for key, value in also.items())
        lines.append(f"{KEPT} = {{ {inside} }}")
    return "\n".join(lines)


def take_from_list(config: Config, url: str) -> Path:
    """Take a feed out of the reader's own list. Raises DipreadError when it is not in it."""
    path, text = _own(config)
    lines = text.split("\n")
    first, end = _table_of(text, path, url)
    while end > first and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # what is written above the next feed is about that
    del lines[first - 1 : end]
    return _keep(path, "\n".join(lines).rstrip("\n") + "\n")


def keep_groups(config: Config, groups: Collection[str]) -> Path:
    """Leave only the feeds of some groups on the reader's own list. Raises DipreadError when it can't be written."""
    path, text = _own(config)
    lines = text.split("\n")
    _, places = places_of(text, str(path))
    for feed, place in reversed(list(zip(parse_feeds(text, str(path)), places, strict=True))):
        if feed.group not in groups:
            del lines[place.lines[0][0] - 1 : place.lines[-1][0]]
    return _keep(path, "\n".join(lines).rstrip("\n") + "\n")


def change_in_list(config: Config, url: str, changes: Mapping[str, str | int]) -> Path:
    """Change some keys of a feed of the reader's own list. Raises DipreadError when it is not in it."""
    path, text = _own(config)
    lines = text.split("\n")
    first, end = _table_of(text, path, url)
    places = {lines[at].partition("=")[0].strip(): at for at in range(first - 1, end)}
    for key, value in changes.items():
        line = f"{key} = {value if isinstance(value, int) else _text(value)}"
        if key in places:
            lines[places[key]] = line
        else:
            lines[first - 1] += f"\n{line}"
    return _keep(path, "\n".join(lines))


def list_text(config: Config) -> str:
    """The list that may be changed, as it is now. Raises ConfigError when it can't be read."""
    return _own(config)[1]


def exchange_in_list(config: Config, old: Passage, new: Passage) -> None:
    """Have one passage of the reader's own list instead of another, when it is not there yet.

    Raises ConfigError when the list was changed there by hand.
    """
    path, text = _own(config)
    if (changed := exchange(text, old, new, str(path))) != text:
        _keep(path, changed)


def _own(config: Config) -> tuple[Path, str]:
    """Path and text of the list that may be changed: the one in use, or a copy of the shipped one to be.

    Raises UsageError for the sample desk, which keeps its feeds.
    """
    if config.feeds_file:
        return config.feeds_file, read_text(config.feeds_file)
    if config.is_sample:
        raise UsageError(
            "The sample desk keeps its feeds",
            "A list of your own is changed on your own desk: dipread",
        )
    return config.paths.config / SHIPPED_FEEDS, data.read(SHIPPED_FEEDS)


def _table_of(text: str, path: Path, url: str) -> tuple[int, int]:
    """First and last line, from 1, of the [[feed]] of this address."""
    _, places = places_of(text, str(path))
    feeds = parse_feeds(text, str(path))
    for feed, place in zip(feeds, places, strict=False):
        if feed.url == url:
            return place.lines[0][0], place.lines[-1][0]
    raise DipreadError(f"{path}: no [[feed]] of its own for {url}", "See: dipread feeds list")


def _keep(path: Path, text: str) -> Path:
    """Write the list, but only one that can be read again."""
    parse_feeds(text, str(path))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            path = path.resolve(strict=True)  # a link stays one
        replace_text(path, text)
    except OSError as fault:
        raise DipreadError(
            f"{path}: can't be written: {fault.strerror}", "Nothing was changed."
        ) from None
    return path


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML string
