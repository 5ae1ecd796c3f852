"""Asking the archive for stories: which, how many, a window of rows, one whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from pyroaring import BitMap

from dipread.model import (
    EVERYTHING,
    Facets,
    Query,
    StoryDetail,
    StoryId,
    StoryRow,
)
from dipread.model.question import Order, ordered, without_field
from dipread.store.annotations import Annotations
from dipread.store.answer import Answering, is_dear
from dipread.store.catalogue import DAY, Catalogue
from dipread.store.connection import Connection
from dipread.store.found import Found
from dipread.store.shown import detail_of, rows_of
from dipread.store.sought import Sought
from dipread.store.tagging import Tagging

FACETS = ("country", "sector", "event", "feed")
_PERIODS: dict[str, Callable[[date], str]] = {
    "day": date.isoformat,
    "week": lambda day: "{}-W{:02}".format(*day.isocalendar()),
    "month": lambda day: f"{day:%Y-%m}",
    "year": lambda day: f"{day:%Y}",
}
_EPOCH = date(1970, 1, 1).toordinal()
COUNTED = (
    *FACETS, "about", "pair", "forum", "person", "gate", "commitment", "lang", "state", *_PERIODS,
)  # fmt: skip
"""What stories can be counted by."""


class Stories:
    """The stories of the archive, newest first wherever there is an order."""

    def __init__(
        self,
        archive: Connection,
        catalogue: Catalogue,
        resolve: Callable[[Query], Query],
        annotations: Annotations,
        tagging: Tagging,
    ) -> None:
        self._archive = archive
        self._catalogue = catalogue
        self._resolve = resolve
        self._annotations = annotations
        self._tagging = tagging

    def find(self, query: Query = EVERYTHING, limit: int | None = None) -> Found:
        """The stories that match, newest first unless the query says otherwise."""
        asked, order = ordered(self._resolve(query))
        limits = [each for each in (limit, order.limit) if each is not None]
        with self._catalogue.lock:
            stories = self._answer(asked)
            days = self._catalogue.shelf("day", self._archive)
            return Found(
                BitMap(stories),
                {int(day): held for day, held in days.items()},
                self._catalogue.times,
                oldest_first=order.oldest_first,
                limit=min(limits, default=None),
            )

    def newest(self, query: Query, count: int) -> list[int]:
        """The first stories of `find`, which are known sooner than all of them are."""
        asked, order = ordered(self._resolve(query))
        if not order.oldest_first and order.limit is None:
            with self._catalogue.lock:
                self._catalogue.every(self._archive)
                now = self._archive.now()
                few = Answering(self._archive, self._catalogue, now).newest(asked, count)
            if few is not None:
                return few
        return self.find(query)[:count].tolist()

    def latest(self, count: int) -> Found:
        """The newest stories of all, known before the catalogue is read."""
        times: dict[int, int] = dict(
            self._archive.rows(
                "SELECT id, shown_at FROM stories WHERE id NOT IN (SELECT story FROM removed)"
                " ORDER BY shown_at DESC, id DESC LIMIT ?",
                (count,),
            )
        )
        days: dict[int, BitMap] = {}
        for story, shown_at in times.items():
            days.setdefault(shown_at // DAY, BitMap()).add(story)
        return Found(BitMap(times), days, times)

    def first(self, query: Query, count: int) -> Found:
        """The first stories of `find`, as a list that can be shown until all are found."""
        _, order = ordered(self._resolve(query))
        if order != Order():
            return self.find(query, count)
        return self.find().only(BitMap(self.newest(query, count)))

    def sought(self, query: Query) -> Sought:
        """The words that a query asks for, those of its views among them."""
        return Sought(self._resolve(query))

    def count(self) -> int:
        """How many stories there are."""
        with self._catalogue.lock:
            return len(self._catalogue.every(self._archive))

    def _answer(self, query: Query) -> BitMap:
        return Answering(self._archive, self._catalogue, self._archive.now()).answer(query)

    def rows(self, ids: Sequence[int]) -> list[StoryRow]:
        """The rows of these stories in this order; a story that is no more is left out."""
        return rows_of(self._archive, ids)

    def detail(self, story: StoryId) -> StoryDetail | None:
        """One story with its words, tags, feeds and annotations; None when there is no such story."""
        return detail_of(self._archive, story, self._annotations, self._tagging)

    def fetched_between(self, start: datetime, end: datetime) -> int:
        """How many stories first came in in a stretch of time."""
        row = self._archive.rows(
            "SELECT count(*) FROM stories WHERE fetched BETWEEN ? AND ?",
            (int(start.timestamp()), int(end.timestamp())),
        )
        return int(row[0][0])

    def details(self, query: Query) -> Iterator[StoryDetail]:
        """The stories that match, each whole, in their order."""
        for each in self.find(query):
            detail = self.detail(StoryId(each))
            if detail is not None:
                yield detail

    def keep_catalogue(self) -> bool:
        """Write the catalogue down when it is worth it; whether it was."""
        return self._catalogue.save(self._archive)

    def facets(self, query: Query = EVERYTHING) -> Facets:
        """The counts beside the list; see Facets for what is counted.

        What has to be looked for story by story is looked for once: then each kind is counted under
        the whole query.
        """
        asked, _ = ordered(self._resolve(query))
        dear = is_dear(asked)
        with self._catalogue.lock:
            answers: dict[Query, BitMap] = {}
            counts = {}
            for kind in FACETS:
                rest = asked if dear else without_field(asked, kind)
                if rest not in answers:
                    answers[rest] = self._answer(rest)
                counts[kind] = self._counts(kind, answers[rest])
        return Facets(counts)

    def counts(self, query: Query, kind: str) -> dict[str, int]:
        """How many of the stories that match have each value of one of COUNTED; most first, days in order."""
        asked, _ = ordered(self._resolve(query))
        with self._catalogue.lock:
            among = self._answer(asked)
            if kind not in _PERIODS:
                return self._counts(kind, among)
            found: dict[str, int] = {}
            for day, stories in sorted(
                self._catalogue.shelf("day", self._archive).items(), key=lambda each: int(each[0])
            ):
                if count := among.intersection_cardinality(stories):
                    name = _PERIODS[kind](date.fromordinal(int(day) + _EPOCH))
                    found[name] = found.get(name, 0) + count
            return found

    def _counts(self, kind: str, among: BitMap) -> dict[str, int]:
        held = self._catalogue.shelf(kind, self._archive)
        counted = {
            code: count
            for code, stories in held.items()
            if (count := among.intersection_cardinality(stories))
        }
        if kind == "feed":
            counted = self._by_title(counted, among, held)
        return dict(sorted(counted.items(), key=lambda each: (-each[1], each[0])))

    def _by_title(
        self, counted: dict[str, int], among: BitMap, held: Mapping[str, BitMap]
    ) -> dict[str, int]:
        """The counts of feeds by their titles; feeds of one title are counted together."""
        numbers: dict[str, list[str]] = {}
        for number, title in self._archive.rows("SELECT id, title FROM feeds"):
            if str(number) in counted:
                numbers.setdefault(title, []).append(str(number))
        return {
            title: counted[same[0]]
            if len(same) == 1
            else len(among & BitMap.union(*(held[each] for each in same)))
            for title, same in numbers.items()
        }
