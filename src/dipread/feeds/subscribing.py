"""Feeds found, looked over, and put on the reader's list or taken off it. No screen and no command line here.

Nothing that is looked at here is stored: what a feed holds comes in by a refresh.
"""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urljoin

from dipread.config import (
    Config,
    add_to_list,
    change_in_list,
    check_url,
    keep_secret,
    read_secrets,
    take_from_list,
)
from dipread.errors import ConfigError, DipreadError, FetchError
from dipread.feeds.jobs import Job, Reading, Rules
from dipread.feeds.readers import Readers
from dipread.fetch import Reply, Request, WayOut, download, host_of, linked_feeds
from dipread.model import NO_NETWORK, Checkup, CheckVerdict, Feed, FeedHealth, FoundFeed
from dipread.text.days import lasting
from dipread.text.plural import plural
from dipread.text.secrets import part_secret, redact

USUAL_PLACES = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
"""Where sites that do not say where their feed is mostly have it."""
WALLS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_ACCEPTABLE, 451)
_FEWER = 8


def discover(url: str, way: WayOut, rules: Rules) -> tuple[FoundFeed, ...]:
    """The feeds at an address: that address itself if it is a feed, else those that its page or site has.

    Each was read once and told how many stories it holds; those that could not be read come last.
    Raises FetchError when there is nothing at the address, or no feed.
    """
    url = url if "://" in url else f"https://{url}"
    check_url(part_secret(url)[0], "address")
    plain, secret = part_secret(url)
    (page,) = download([Request(plain, secret=secret)], way)
    if page.problem:
        raise FetchError(f"{redact(url)}: {redact(page.problem)}", _advice(page))
    assert page.body is not None
    with _Looking(rules) as looking:
        itself = looking.at(page)
        if not itself.problem:
            return (itself,)
        address = page.address or plain
        linked = linked_feeds(page.body, address)
        found = looking.all(download([Request(each) for each, _ in linked[:_FEWER]], way))
        if not any(not each.problem for each in found):
            places = [urljoin(address, f"/{each}") for each in USUAL_PLACES]
            likely = looking.all(download([Request(each) for each in places], way))
            found += [each for each in likely if not each.problem]
    good = [each for each in found if not each.problem]
    if not good:
        raise FetchError(
            f"{redact(url)}: no feed there, nor on the page",
            "Look on the site for a link called RSS, Atom or feed, and give its address.",
        )
    return (*good, *(each for each in found if each.problem))


def check(
    healths: Sequence[FeedHealth], requests: Iterable[Request], way: WayOut, rules: Rules
) -> Iterator[Checkup]:
    """Each feed asked and read, as it answers: how it fares, why, and what to do. Nothing is stored."""
    known = {each.feed.url: each for each in healths}
    with _Looking(rules) as looking:
        for reply in download(requests, way):
            health = known[reply.url]
            yield _judged(health, reply, None if reply.problem else looking.at(reply))


def add(config: Config, feed: Feed) -> Feed:
    """Put a feed on the reader's list; a secret in its address goes into the file for secrets.

    Returns it as listed; raises ConfigError when it can't be listed, or is already.
    """
    url, secret = part_secret(feed.url)
    check_url(url, "address")
    listed = Feed(
        url,
        feed.title,
        feed.publisher,
        feed.country,
        feed.kind,
        feed.language,
        feed.group,
        feed.interval_minutes,
    )
    add_to_list(config, listed)
    if secret:
        try:
            keep_secret(config.paths.config, url, secret)
        except ConfigError as fault:
            raise DipreadError(
                fault.message, "The feed is listed, but will be asked without its password."
            ) from None
    return listed


def remove(config: Config, url: str) -> None:
    """Take a feed off the reader's list; its stories and notes stay."""
    take_from_list(config, url)


def change(config: Config, url: str, changes: Mapping[str, str | int]) -> None:
    """Call a listed feed otherwise, ask it elsewhere or more seldom; its secret goes with it to no other server."""
    to = str(changes.get("url", url))
    check_url(to, "address")
    change_in_list(config, url, changes)
    folder = config.paths.config
    secret = read_secrets(folder).get(url)
    if secret and to != url and _is_safe_there(url, to):
        keep_secret(folder, to, secret)


def _is_safe_there(url: str, to: str) -> bool:
    """Whether what was told to one address may be told to the other: the same server, and no less in secret.

    >>> _is_safe_there("http://a.example/rss", "https://a.example/feed")
    True
    >>> _is_safe_there("https://a.example/rss", "http://a.example/feed")
    False
    """
    if to.startswith("https:"):
        url = url.replace("http:", "https:", 1)
    return (to.partition(":")[0], host_of(to)) == (url.partition(":")[0], host_of(url))


class _Looking:
    """Replies read, one at a time, by a process that may be killed."""

    def __init__(self, rules: Rules) -> None:
        self._read: queue.SimpleQueue[Reading | BaseException] = queue.SimpleQueue()
        self._readers = Readers(rules, lambda _, reading: self._read.put(reading), most=1)

    def __enter__(self) -> _Looking:
        return self

    def __exit__(self, *_: object) -> None:
        self._readers.close()

    def all(self, replies: Iterable[Reply]) -> list[FoundFeed]:
        """What is at each address, the most stories first."""
        found = [self.at(each) for each in replies]
        return sorted(found, key=lambda each: -each.stories)

    def at(self, reply: Reply) -> FoundFeed:
        """What a reply holds."""
        if reply.body is None:
            return FoundFeed(reply.url, "", problem=redact(reply.problem) or "nothing there")
        job = Job(reply.body, reply.address or reply.url, reply.content_type, only_read=True)
        self._readers.give(reply.url, job)
        reading = self._read.get()
        if isinstance(reading, BaseException):
            raise reading
        stories = [each.story for each in reading.items if each.story]
        dates = [each.published for each in stories if each.published]
        languages = [each.lang for each in stories if each.lang]
        return FoundFeed(
            reply.url,
            reading.title,
            max(languages, key=languages.count, default=""),
            len(stories),
            max(dates, default=None),
            reading.problem,
        )


def _judged(health: FeedHealth, reply: Reply, found: FoundFeed | None) -> Checkup:
    feed = health.feed
    if found is None:
        verdict: CheckVerdict = "failing"
        if reply.status == HTTPStatus.GONE:
            verdict = "gone"
        elif reply.status in WALLS:
            verdict = "wall"
        return Checkup(feed, verdict, redact(reply.problem), _advice(reply))
    if found.problem:
        walled = b"<html" in (reply.body or b"")[:2_000].lower()
        advice = (
            f"A page came in its place: a wall, or a move. Try: dipread feeds add {_site(feed.url)}"
            if walled
            else "Look for its new address on the site, or take it out."
        )
        return Checkup(feed, "not a feed", found.problem, advice)
    if reply.moved:
        return Checkup(
            feed,
            "moved",
            f"its server says for good to {redact(reply.moved)}",
            f"Take the new address over with: dipread feeds move '{feed.title}'",
        )
    if not found.stories:
        return Checkup(feed, "silent", "it answers, but holds no stories", "Look at the site.")
    if health.state == "silent" and health.newest:
        gap = lasting(health.usual_gap or timedelta())
        return Checkup(
            feed,
            "silent",
            f"nothing new since {health.newest:%d %b %Y}; usually every {gap}",
            "It may have moved without a word: look at the site.",
        )
    return Checkup(feed, "ok", plural(found.stories, "story", "stories"))


def _advice(reply: Reply) -> str:
    """What to do about a reply that is none."""
    if reply.problem == NO_NETWORK:
        return "Check the address, and whether this machine is online."
    if reply.status in WALLS:
        return (
            "The server lets programs like ours not in. A user_agent of its own in feeds.toml may help;"
            " a password belongs to: dipread feeds add https://name:password@host/path"
        )
    if reply.status == HTTPStatus.GONE:
        return "It is no more: take it out with dipread feeds remove. Its stories stay."
    if reply.status == HTTPStatus.NOT_FOUND:
        return f"Its address may have changed. Try: dipread feeds add {_site(reply.url)}"
    if reply.wait:
        return "Its server asks for patience; dipread waits as long as it said."
    if reply.status >= 500:
        return "The fault is the server's, and mostly passes."
    if "certificate" in reply.problem:
        return "Don't trust it unless you know why; any_certificate = true in feeds.toml takes it."
    if "private network" in reply.problem:
        return f'If it is your own: allow_private = "{host_of(reply.url)}" in config.toml.'
    return "Try again later; if it stays so, look at the site."


def _site(url: str) -> str:
    return urljoin(url, "/")


def as_listed(found: FoundFeed) -> Feed:
    """A feed found, as it stands on the list until the reader says more of it."""
    host = host_of(found.url).rpartition(":")[0].removeprefix("www.")
    language = found.language.partition("-")[0] or "en"
    return Feed(found.url, found.title or host, host, "INT", "press", language, "My feeds")
