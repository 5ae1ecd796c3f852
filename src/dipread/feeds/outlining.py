"""Lists of feeds taken in from other programs and given to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from dipread.config import (
    Config,
    add_all_to_list,
    check_url,
    feed_of,
    feed_tables,
    keep_secret,
    kept_of,
    read_bytes,
    read_outlines,
    read_urls,
    write_outlines,
)
from dipread.errors import ConfigError
from dipread.fetch import is_public
from dipread.model import Feed
from dipread.text.secrets import part_secret, redact


class Taken(NamedTuple):
    """What became of one line of a list: the feed it gave, or why it gave none. No secret is in it."""

    line: int
    what: Literal["new", "listed", "twice", "refused"]
    said: str
    reason: str = ""


class Planned(NamedTuple):
    """A feed that is to be listed, what else is kept with it, and its secret."""

    feed: Feed
    also: dict[str, str]
    secret: str


def look_over(path: Path, config: Config) -> tuple[list[Planned], list[Taken]]:
    """What a list would bring, line by line; nothing is written. Raises ConfigError when it can't be read."""
    name = str(path)
    text = read_bytes(path)
    refused: list[tuple[int, str]] = []
    if _is_opml(text, path):
        outlines = read_outlines(text, name)
    else:
        outlines, refused = read_urls(text.decode("utf-8", "replace"), name)
    listed = {feed.url for feed in config.feeds}
    planned: list[Planned] = []
    taken = [Taken(line, "refused", "", reason) for line, reason in refused]
    for outline in outlines:
        url, secret = part_secret(outline.url)
        try:
            _check(url, f"{name}:{outline.line}", config)
        except ConfigError as fault:
            taken.append(Taken(outline.line, "refused", redact(outline.url), _reason(fault)))
            continue
        said = f"{outline.title or url} ({redact(url)})"
        if url in listed:
            again = any(each.feed.url == url for each in planned)
            taken.append(Taken(outline.line, "twice" if again else "listed", said))
            continue
        listed.add(url)
        planned.append(Planned(feed_of(outline, url), kept_of(outline), secret))
        taken.append(Taken(outline.line, "new", said))
    return planned, sorted(taken)


def take_in(planned: Sequence[Planned], config: Config) -> Path:
    """Put feeds on the reader's list, all or none; their secrets go into the file for secrets."""
    path = add_all_to_list(config, [(each.feed, each.also) for each in planned])
    for each in planned:
        if each.secret:
            keep_secret(config.paths.config, each.feed.url, each.secret)
    return path


def opml_of(config: Config, now: datetime) -> str:
    """The reader's list as OPML, without any secret."""
    return write_outlines(
        feed_tables(config), "Feeds of dipread", f"{now:%a, %d %b %Y %H:%M:%S GMT}"
    )


def _is_opml(text: bytes, path: Path) -> bool:
    beginning = text.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return beginning == b"<" or b"\x00" in text[:4] or path.suffix.lower() in (".opml", ".xml")


def _check(url: str, place: str, config: Config) -> None:
    check_url(url, place)
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    private = host == "localhost" or (_is_number(host) and not is_public(host))
    if private and f"{host}:{port}" not in config.allow_private:
        raise ConfigError(f"{place}: leads into a private network", "")


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdecimal()


def _reason(fault: ConfigError) -> str:
    """Why an address was refused, without the place, which is said apart, and without the address."""
    return fault.message.partition(": ")[2].partition(": ")[0]


def lines(taken: Sequence[Taken]) -> Iterator[str]:
    """What became of each line that gave no feed, for people."""
    words = {"listed": "listed already", "twice": "there twice", "refused": "refused"}
    for each in taken:
        if each.what != "new":
            why = f": {each.reason}" if each.reason else ""
            yield f"line {each.line}: {words[each.what]}{why} {each.said}".rstrip()
