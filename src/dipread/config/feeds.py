"""feeds.toml: what is listened to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import urlsplit

from msgspec.structs import fields

from dipread.config.written import Place, parse_toml, places_of
from dipread.errors import ConfigError
from dipread.model import Feed, FeedKind
from dipread.text.cleaning import clean_line
from dipread.text.near import nearest

INTERVALS = range(5, 10_081)
"""After how many minutes a feed may be asked again: five minutes to a week."""


def parse_feeds(text: str, name: str) -> tuple[Feed, ...]:
    """The [[feed]] tables of `text`; `name` is what errors call it. Raises ConfigError on the first fault."""
    document = parse_toml(text, name)
    top, places = places_of(text, name)
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
        if before := seen.get(address := one_address(feed.url)):
            raise ConfigError(
                f"{place.at('url')}: this feed is listed already, at {before}: {feed.url}",
                "Remove one of the two [[feed]] tables.",
            )
        seen[address] = place.at("url")
        feeds.append(feed)
    return tuple(feeds)


def one_address(url: str) -> str:
    """What two ways to write one address share."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}:{port}{parts.path or '/'}?{parts.query}"


_KINDS = get_args(FeedKind)
_TEXTS = ("url", "title", "publisher", "country", "kind", "language", "group")
KEPT = "opml"
"""What other programs wrote beside a feed in their lists; kept to be given back to them."""
_KNOWN = (*(each.name for each in fields(Feed)), KEPT)


def _check_feed(table: Mapping[str, Any], place: Place) -> Feed:
    _check_keys(table, place)
    _check_texts(table, place)
    _check_what_may_be_left_out(table, place)
    shown = {key: clean_line(table[key]) for key in ("title", "publisher", "group")}
    given = {key: value for key, value in table.items() if key != KEPT}
    return Feed(**{**given, **shown})


def _check_keys(table: Mapping[str, Any], place: Place) -> None:
    for key in table:
        if key not in _KNOWN:
            near = nearest(key, _KNOWN)
            raise ConfigError(
                f"{place.at(key)}: unknown key '{key}'",
                f"Did you mean '{near[0]}'?"
                if near
                else f"A feed has these keys: {', '.join(_KNOWN)}.",
            )


def _check_texts(table: Mapping[str, Any], place: Place) -> None:
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


def _check_what_may_be_left_out(table: Mapping[str, Any], place: Place) -> None:
    minutes = table.get("interval_minutes", 60)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or minutes not in INTERVALS:
        raise ConfigError(
            f"{place.at('interval_minutes')}: 'interval_minutes' must be a whole number from {INTERVALS.start} to {INTERVALS[-1]}",
            "An hour is interval_minutes = 60, a day 1440.",
        )
    agent = table.get("user_agent", "")
    if not isinstance(agent, str) or not agent.isprintable() or len(agent) > 300:
        raise ConfigError(
            f"{place.at('user_agent')}: 'user_agent' must be one line of text",
            'Write it as user_agent = "...".',
        )
    if not isinstance(table.get("any_certificate", False), bool):
        raise ConfigError(
            f"{place.at('any_certificate')}: 'any_certificate' must be true or false",
            "Leave it out unless the feed's server has a certificate that nobody vouches for.",
        )
    kept = table.get(KEPT, {})
    if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
        raise ConfigError(
            f"{place.at(KEPT)}: '{KEPT}' must be a table of texts",
            "Take it out: it only holds what other programs wrote.",
        )


LONGEST_URL = 2_000


def check_url(url: str, place: str) -> None:
    """Raises ConfigError unless `url` is an http or https address; `place` starts the message."""
    if len(url) > LONGEST_URL:
        raise ConfigError(
            f"{place}: an address of {len(url):,} characters",
            f"At most {LONGEST_URL:,} are taken; see whether something else was pasted.",
        )
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
