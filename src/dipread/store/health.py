"""How a feed fares, learnt from when its stories came: whether it fails, or has only fallen silent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from dipread.model import FeedState

REMEMBERED = 40
"""How many of the latest hours in which stories came are kept."""
ENOUGH = 5
"""From so many hours on a feed has a habit to be judged by."""
LEAST_SILENCE = timedelta(days=3)
"""A weekend is no silence."""
HOUR = 3_600


def remembered(arrivals: str, came: Iterable[datetime]) -> str:
    """The column of arrivals after stories of these times came: whole hours since 1970, the latest first.

    >>> remembered("[10, 9]", [datetime.fromtimestamp(11 * HOUR + 59, UTC)])
    '[11,10,9]'
    """
    hours = {*json.loads(arrivals), *(int(each.timestamp()) // HOUR for each in came)}
    return json.dumps(sorted(hours, reverse=True)[:REMEMBERED], separators=(",", ":"))


def newest(arrivals: str) -> datetime | None:
    """When the latest story came, to the hour."""
    hours = json.loads(arrivals)
    return datetime.fromtimestamp(hours[0] * HOUR, UTC) if hours else None


def usual_gap(arrivals: str) -> timedelta | None:
    """The time between two arrivals as it mostly is; None while there were too few."""
    gaps = _gaps(json.loads(arrivals))
    from statistics import median

    return timedelta(hours=median(gaps)) if gaps else None


def is_silent(arrivals: str, now: datetime) -> bool:
    """Whether nothing has come for longer than twice the longest gap there was, and a weekend beside."""
    hours = json.loads(arrivals)
    gaps = _gaps(hours)
    if not gaps:
        return False
    longest = max(2 * timedelta(hours=max(gaps)), LEAST_SILENCE)
    return now - datetime.fromtimestamp(hours[0] * HOUR, UTC) > longest


def state(status: str, failures: int, arrivals: str, now: datetime) -> FeedState:
    """In one word how a feed fares whose last fetch ended with `status`."""
    if not status:
        return "new"
    if status == "gone":
        return "gone"
    if status == "backoff":
        return "waiting"
    if failures:
        return "failing"
    return "silent" if is_silent(arrivals, now) else "ok"


def _gaps(hours: Sequence[int]) -> list[int]:
    return [later - earlier for later, earlier in pairwise(hours)] if len(hours) >= ENOUGH else []
