"""What is listened to, and how it fares."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NewType

from msgspec import Struct

FeedId = NewType("FeedId", int)
FeedKind = Literal["official", "igo", "wire", "press", "think-tank", "sector"]
Status = Literal["ok", "partial", "error", "unchanged", "moved", "gone", "backoff"]
CheckVerdict = Literal["ok", "silent", "failing", "moved", "gone", "wall", "not a feed"]
FeedState = Literal["new", "ok", "silent", "failing", "waiting", "gone"]
NO_NETWORK = "no such host, or no network"
"""The problem of a feed whose host can't be found."""


class Feed(Struct, frozen=True):
    """One [[feed]] of feeds.toml. `country` is where the publisher sits (ISO 3166-1, or INT).

    `user_agent` is told to a server that lets dipread not in; `any_certificate` takes one that nobody
    vouches for.
    """

    url: str
    title: str
    publisher: str
    country: str
    kind: FeedKind
    language: str
    group: str
    interval_minutes: int = 60
    user_agent: str = ""
    any_certificate: bool = False


class FeedHealth(Struct, frozen=True):
    """A listed feed and how it fares. `problem` is empty when its last fetch went well.

    new: never fetched. silent: it answers, but has brought nothing for far longer than its gaps used to
    be. failing: `failures` fetches in a row went wrong, the first at `failing_since`. waiting: its server
    asked to be left alone until `held_until`. gone: its server says that it is no more.

    `usual_gap` is the time between two arrivals of stories, `newest` the last of them; both are None
    until enough came. `moved_to` is the address that its server says it has for good.
    """

    id: FeedId
    feed: Feed
    stories: int
    last_fetched: datetime | None = None
    last_good: datetime | None = None
    failures: int = 0
    problem: str = ""
    state: FeedState = "new"
    failing_since: datetime | None = None
    held_until: datetime | None = None
    newest: datetime | None = None
    usual_gap: timedelta | None = None
    moved_to: str = ""


class Removal(Struct, frozen=True):
    """What becomes of the stories of a feed that goes: how many go with it, and how many stay.

    kept: the reader made something of them. shared: another feed brought them too.
    """

    stories: int
    kept: int = 0
    shared: int = 0


class FoundFeed(Struct, frozen=True):
    """A feed found at an address or on a web page, read once: `problem` says why it could not be."""

    url: str
    title: str
    language: str = ""
    stories: int = 0
    newest: datetime | None = None
    problem: str = ""


class Checkup(Struct, frozen=True):
    """A feed asked and looked at, but not taken in: how it fares, in a word, why, and what to do about it."""

    feed: Feed
    verdict: CheckVerdict
    reason: str = ""
    advice: str = ""


class Outcome(Struct, frozen=True):
    """How one feed's refresh ended; a failed feed is a value, not an exception."""

    feed: Feed
    status: Status
    new: int = 0
    updated: int = 0
    entries: int = 0
    size: int = 0
    milliseconds: int = 0
    problem: str = ""
    moved_to: str = ""
