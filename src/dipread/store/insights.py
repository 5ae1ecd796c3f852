"""Counting for charts: values by periods, countries by countries, and what a stretch is unusual for.

Every number is the size of an intersection of the catalogue's bitmaps; nothing is sampled or guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import sqrt
from statistics import fmean, pstdev
from typing import Literal, NamedTuple

from msgspec import Struct
from pyroaring import BitMap

from dipread.model import Has, Query
from dipread.model.question import clauses, ordered
from dipread.store.answer import Answering
from dipread.store.catalogue import Catalogue
from dipread.store.connection import Connection

Unit = Literal["day", "week", "month"]
UNITS: tuple[Unit, ...] = ("day", "week", "month")
KINDS = ("sector", "event", "country", "pair", "forum")
"""What the rows of a grid may be."""

_TERMS = ("country", "pair", "sector", "event", "forum", "person")
_FEWEST = 3  # stories that a term of a stretch has at least
_LIFT = 1.5  # and how many times as often as elsewhere
_SPIKE = 2.0  # a spike has so many times the usual number of stories
_ABOVE = 2.0  # and lies so many standard deviations above it
_EPOCH = date(1970, 1, 1).toordinal()


class Period(NamedTuple):
    """A day, week or month: what a query calls it, and its first and last day."""

    name: str
    first: date
    last: date


class Grid(Struct, frozen=True):
    """How many stories each value had in each period: `counts[row][column]`; `whole` counts each story once."""

    kind: str
    unit: Unit
    rows: tuple[str, ...]
    periods: tuple[Period, ...]
    counts: tuple[tuple[int, ...], ...]
    whole: tuple[int, ...]


class Pairs(Struct, frozen=True):
    """How many stories name two countries; `totals` are those that name each, most first."""

    totals: Mapping[str, int]
    counts: Mapping[tuple[str, str], int]

    def count(self, one: str, other: str) -> int:
        """The stories that name both, in whatever order."""
        return self.counts.get((one, other), 0) or self.counts.get((other, one), 0)


class Term(NamedTuple):
    """A tag that a stretch has more often than the rest: its stories there, and how many times as often."""

    kind: str
    code: str
    stories: int
    times: float


class Insights:
    """Counts the stories that match a query."""

    def __init__(
        self, archive: Connection, catalogue: Catalogue, resolve: Callable[[Query], Query]
    ) -> None:
        self._archive = archive
        self._catalogue = catalogue
        self._resolve = resolve

    def grid(self, query: Query, kind: str, unit: Unit, most: int) -> Grid:
        """The values of a kind, most stories first, by the last periods (`most` of them) that have any."""
        with self._catalogue.lock:
            among = self._among(query)
            periods = self._periods(among, unit, most)
            shelf = self._catalogue.shelf(kind, self._archive)
            within = [stories for _, stories in periods]
            span = BitMap.union(BitMap(), *within)
            sizes = {code: span.intersection_cardinality(held) for code, held in shelf.items()}
            rows = sorted((c for c, size in sizes.items() if size), key=lambda c: (-sizes[c], c))
            counts = tuple(
                tuple(shelf[code].intersection_cardinality(stories) for stories in within)
                for code in rows
            )
        names = tuple(period for period, _ in periods)
        return Grid(kind, unit, tuple(rows), names, counts, tuple(map(len, within)))

    def days(self, query: Query) -> int:
        """From the first story to the last, in days."""
        with self._catalogue.lock:
            among = self._among(query)
            shelf = self._catalogue.shelf("day", self._archive)
            days = [int(day) for day, held in shelf.items() if among.intersect(held)]
        return max(days) - min(days) + 1 if days else 0

    def pairs(self, query: Query, most: int) -> Pairs:
        """The countries named most, and how many stories name each two of them."""
        with self._catalogue.lock:
            among = self._among(query)
            shelf = self._catalogue.shelf("country", self._archive)
            sizes = {code: among.intersection_cardinality(held) for code, held in shelf.items()}
            named = sorted((c for c, size in sizes.items() if size), key=lambda c: (-sizes[c], c))
            held = {code: among & shelf[code] for code in named[:most]}
        counts = {
            (one, other): count
            for one, other in combinations(held, 2)
            if (count := held[one].intersection_cardinality(held[other]))
        }
        return Pairs({code: sizes[code] for code in held}, counts)

    def terms(self, query: Query, stretch: Query, most: int) -> list[Term]:
        """What the stories of a stretch have in common that the others of the query have not.

        What the stretch asks for itself is no news.
        """
        told = {
            (part.field, value)
            for part in clauses(stretch)
            if isinstance(part, Has)
            for value in part.values
        }
        with self._catalogue.lock:
            among = self._among(query)
            there = among & self._among(stretch)
            rest = len(among) - len(there)
            found: list[tuple[float, Term]] = []
            for kind in _TERMS if there and rest else ():
                for code, held in self._catalogue.shelf(kind, self._archive).items():
                    count = there.intersection_cardinality(held)
                    if count < _FEWEST or (kind, code) in told:
                        continue
                    elsewhere = among.intersection_cardinality(held) - count
                    expected = max(elsewhere, 0.5) * len(there) / rest
                    if count >= _LIFT * expected:
                        surprise = (count - expected) / sqrt(expected)
                        found.append((surprise, Term(kind, code, count, count / expected)))
        return [term for _, term in sorted(found, key=lambda each: -each[0])[:most]]

    def _among(self, query: Query) -> BitMap:
        asked, _ = ordered(self._resolve(query))
        now = self._archive.now()
        return Answering(self._archive, self._catalogue, now).answer(asked)

    def _periods(self, among: BitMap, unit: Unit, most: int) -> list[tuple[Period, BitMap]]:
        """The last periods up to the newest story, those without a story between them too."""
        days = {
            date.fromordinal(int(day) + _EPOCH): held
            for day, held in self._catalogue.shelf("day", self._archive).items()
            if among.intersect(held)
        }
        if not days:
            return []
        found: list[tuple[Period, BitMap]] = []
        for period in _back(unit, max(days)):
            if len(found) == most or period.last < min(days):
                break
            inside = [held for day, held in days.items() if period.first <= day <= period.last]
            found.append((period, among & BitMap.union(BitMap(), *inside)))
        return found[::-1]


def period_of(unit: Unit, day: date) -> Period:
    """The period that holds a day.

    >>> period_of("week", date(2026, 8, 5)).name, period_of("month", date(2026, 8, 5)).last.day
    ('2026-W32', 31)
    """
    if unit == "day":
        return Period(day.isoformat(), day, day)
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return Period("{}-W{:02}".format(*day.isocalendar()), first, first + timedelta(days=6))
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(f"{first:%Y-%m}", first, after - timedelta(days=1))


def _back(unit: Unit, day: date) -> Iterator[Period]:
    """The period of a day, and one before the other."""
    while True:
        period = period_of(unit, day)
        yield period
        day = period.first - timedelta(days=1)


def usual(counts: Sequence[int], place: int) -> float:
    """What the others have on average.

    >>> usual([4, 12, 2], 1)
    3.0
    """
    others = [*counts[:place], *counts[place + 1 :]]
    return fmean(others) if others else 0.0


def spikes(counts: Sequence[int]) -> list[int]:
    """The places that stand out: twice what is usual, and far above it as the others vary.

    >>> spikes([3, 4, 2, 19, 3, 4])
    [3]
    """
    found = []
    for place, count in enumerate(counts):
        others = [*counts[:place], *counts[place + 1 :]]
        if count < _FEWEST or len(others) < _FEWEST:
            continue
        mean = fmean(others)
        if count >= _SPIKE * mean and count > mean + _ABOVE * pstdev(others):
            found.append(place)
    return found
