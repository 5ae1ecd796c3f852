"""The stories that a query found, in the order they are listed: by day, and within a day by the second."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import overload

from pyroaring import BitMap

KEPT_DAYS = 64


class Found(Sequence[int]):
    """Story numbers, newest first or oldest first; nothing is sorted before it is looked at.

    Of stories of the same second, the one that came last is first. It never changes: what is stored
    later is not in it.
    """

    def __init__(
        self,
        stories: BitMap,
        days: Mapping[int, BitMap],
        times: Sequence[int] | Mapping[int, int],
        *,
        oldest_first: bool = False,
        limit: int | None = None,
    ) -> None:
        self.stories = stories
        self._held = days
        self._times = times
        self._sign = 1 if oldest_first else -1
        counted = [
            (day, count)
            for day in sorted(days, reverse=not oldest_first)
            if (count := stories.intersection_cardinality(days[day]))
        ]
        self._days = [(day, days[day]) for day, _ in counted]
        self._ends = list(accumulate(count for _, count in counted))
        self._sorted: dict[int, array[int]] = {}
        self._length = self._ends[-1] if self._ends else 0
        if limit is not None and limit < self._length:
            self._length = limit
            self.stories = BitMap(self[:])

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> array[int]: ...
    def __getitem__(self, index: int | slice) -> int | array[int]:
        if isinstance(index, slice):
            return array("I", (self._at(line) for line in range(*index.indices(self._length))))
        line = range(self._length)[index]
        return self._at(line)

    def __iter__(self) -> Iterator[int]:
        return (self._at(line) for line in range(self._length))

    def __contains__(self, story: object) -> bool:
        return isinstance(story, int) and story in self.stories

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Found) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def tolist(self) -> list[int]:
        """All of them."""
        return list(self)

    def index(self, story: int, start: int = 0, stop: int | None = None) -> int:
        """The line of a story; raises ValueError when it is not in the list."""
        if story in self.stories:
            for place, (_, stories) in enumerate(self._days):
                if story in stories:
                    first = self._ends[place - 1] if place else 0
                    line = first + self._day(place).index(story)
                    if start <= line < (self._length if stop is None else stop):
                        return line
        raise ValueError(f"{story} is not in the list")

    def only(self, stories: BitMap) -> Found:
        """Those that are among `stories`."""
        return self._with(self.stories & stories)

    def with_also(self, other: Found) -> Found:
        """These and those of another answer to the archive, each in its place."""
        return self._with(self.stories | other.stories)

    def without(self, other: Found) -> Found:
        """Those that the other does not have."""
        return self._with(self.stories - other.stories)

    def beyond(self, other: Found) -> int:
        """How many of these the other does not have."""
        return self.stories.difference_cardinality(other.stories)

    def _with(self, stories: BitMap) -> Found:
        return Found(stories, self._held, self._times, oldest_first=self._sign > 0)

    def _at(self, line: int) -> int:
        place = bisect_right(self._ends, line)
        first = self._ends[place - 1] if place else 0
        return self._day(place)[line - first]

    def _day(self, place: int) -> array[int]:
        """The stories of one day in their order, sorted when first asked for."""
        kept = self._sorted.get(place)
        if kept is None:
            times, sign = self._times, self._sign
            stories = self.stories & self._days[place][1]
            kept = array("I", sorted(stories, key=lambda each: (sign * times[each], sign * each)))
            if len(self._sorted) >= KEPT_DAYS:
                self._sorted.pop(next(iter(self._sorted)))
            self._sorted[place] = kept
        return kept


NONE_FOUND = Found(BitMap(), {}, ())
