"""What was done in this session and can be undone, and the filters the reader came by."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from dipread.model import Query


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: what it was, in words, and how to take it back and do it again."""

    what: str
    undo: Callable[[], object]
    redo: Callable[[], object]


class History:
    """Steps back and forth; a new step forgets what was undone before it."""

    def __init__(self, limit: int = 200) -> None:
        self._done: deque[Step] = deque(maxlen=limit)
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Remember something that has just been done."""
        self._done.append(step)
        self._undone.clear()

    def undo(self) -> str:
        """Take the last step back; what it was, or empty when there is none."""
        if not self._done:
            return ""
        step = self._done.pop()
        self._undone.append(step)
        step.undo()
        return step.what

    def redo(self) -> str:
        """Do the last undone step again; what it was, or empty when there is none."""
        if not self._undone:
            return ""
        step = self._undone.pop()
        self._done.append(step)
        step.redo()
        return step.what


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
