"""Memory is tidied between keys: after a paint, and when nothing has been painted for a while."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import cast

import pytest

from dipread.tui.behind import collector
from dipread.tui.behind.collector import AFTER_PAINT, STILL, Collector


class Handle:
    """What is to be called later, and whether it still is."""

    def __init__(self, seconds: float, call: Callable[[], None]) -> None:
        self.seconds = seconds
        self.call = call
        self.cancelled = False

    def cancel(self) -> None:
        """Not any more."""
        self.cancelled = True


class Loop:
    """A loop whose time never passes."""

    def __init__(self) -> None:
        self.handles: list[Handle] = []

    def call_later(self, seconds: float, call: Callable[[], None]) -> Handle:
        """Remember it."""
        self.handles.append(Handle(seconds, call))
        return self.handles[-1]

    def due(self, seconds: float) -> list[Handle]:
        """What is still to be called after so long."""
        return [each for each in self.handles if each.seconds == seconds and not each.cancelled]


class Memory:
    """Stands for Python's collector."""

    def __init__(self) -> None:
        self.done: list[object] = []

    def collect(self, generation: int = 2) -> None:
        """Note what was collected."""
        self.done.append(generation)

    def __getattr__(self, name: str) -> Callable[[], None]:
        assert hasattr(gc, name)
        return lambda: self.done.append(name)


def test_young_objects_go_after_a_paint_and_the_others_when_all_is_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory, loop = Memory(), Loop()
    monkeypatch.setattr(collector, "gc", memory)
    tidy = Collector(cast("collector.asyncio.AbstractEventLoop", loop))
    assert memory.done == ["freeze", "disable"]
    memory.done.clear()
    for _ in range(3):
        tidy.painted()
    assert len(loop.due(AFTER_PAINT)) == 1
    assert len(loop.due(STILL)) == 1
    assert not memory.done
    loop.due(AFTER_PAINT)[0].call()
    assert memory.done == [0]
    loop.due(STILL)[0].call()
    assert memory.done == [0, 1, "freeze"]
    tidy.painted()
    tidy.stop()
    assert memory.done[-2:] == ["unfreeze", "enable"]
    assert loop.handles[-1].cancelled
