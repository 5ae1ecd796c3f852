"""What can be undone, in the order it was done, and the filters the reader came by.

What was written is in the archive's journal; filters and marks are of this session alone. So a step of a
session holds a filter, or marks, or only the knowledge that something was written then.
"""

from __future__ import annotations

from collections import deque
from typing import Literal

from msgspec import Struct
from pyroaring import BitMap

from dipread.model import Query


class Asked(Struct, frozen=True):
    """A step from one filter to another."""

    before: Query
    after: Query


class Marked(Struct, frozen=True):
    """A step from some marked stories to others."""

    before: BitMap
    after: BitMap


WRITTEN: Literal["written"] = "written"
Step = Asked | Marked | Literal["written"]


class History:
    """Steps back and forth; a new step forgets what was undone before it.

    Before its first step lies what the journal tells of earlier sessions.
    """

    def __init__(self, limit: int = 200) -> None:
        self._done: deque[Step] = deque(maxlen=limit)
        self._undone: list[Step] = []
        self._began = False

    def asked(self, before: Query, after: Query) -> None:
        """Another filter stands."""
        self._add(Asked(before, after))

    def marked(self, before: BitMap, after: BitMap) -> None:
        """Other stories are marked."""
        self._add(Marked(before, after))

    def wrote(self) -> None:
        """Something has been done that the journal tells of."""
        self._add(WRITTEN)

    def _add(self, step: Step) -> None:
        self._done.append(step)
        self._undone.clear()
        self._began = True

    def undo(self) -> Step:
        """The step to take back."""
        step = self._done.pop() if self._done else WRITTEN
        self._undone.append(step)
        return step

    def redo(self) -> Step | None:
        """The step to do again; None when there can be none."""
        if not self._undone and self._began:
            return None
        step = self._undone.pop() if self._undone else WRITTEN
        self._done.append(step)
        return step


class Trail:
    """The filters before and after the one that stands; a new one forgets those after."""

    def __init__(self, limit: int = 200) -> None:
        self._before: deque[Query] = deque(maxlen=limit)
        self._after: list[Query] = []

    def leave(self, query: Query) -> None:
        """Another filter than this stands now."""
        self._before.append(query)
        self._after.clear()

    def go(self, here: Query, step: int) -> Query | None:
        """The filter before (-1) or after (1) the one that stands here; None when there is none."""
        come, go = (self._before, self._after) if step < 0 else (self._after, self._before)
        if not come:
            return None
        go.append(here)
        return come.pop()
