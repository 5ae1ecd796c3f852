"""Spans of a text, to be asked quickly what lies inside or across them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Spans in any order, overlapping or not; every question takes logarithmic time.

    >>> spans = Spans([(0, 5), (8, 12)])
    >>> spans.contain(8, 12), spans.exceed(8, 12), spans.touch(4, 8), spans.touch(5, 8)
    (True, False, True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate([(end, -start) for start, end in ordered], max))

    def contain(self, start: int, end: int) -> bool:
        """Whether a span holds all of `start` to `end`."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._reach[at - 1][0] >= end

    def exceed(self, start: int, end: int) -> bool:
        """Whether a span holds all of `start` to `end` and more."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._reach[at - 1] > (end, -start)

    def touch(self, start: int, end: int) -> bool:
        """Whether a span has a character in common with `start` to `end`."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1][0] > start
