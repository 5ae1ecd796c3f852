"""When Python tidies its memory: between keys, never while one is being answered.

A collection in the middle of a key is what makes a list stutter. So the automatic collector is off;
the youngest objects are collected just after a paint, which takes 1 to 4 ms, and the others once
the keys have been still for a while.
"""

from __future__ import annotations

import asyncio
import gc

AFTER_PAINT = 0.02
STILL = 3.0


class Collector:
    """Collects after paints, and more thoroughly when nothing has been painted for three seconds."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._young: asyncio.TimerHandle | None = None
        self._all: asyncio.TimerHandle | None = None
        gc.freeze()  # what starting made is for good; to look for rings in it would take 40 ms
        gc.disable()

    def painted(self) -> None:
        """Something was just painted."""
        if self._young is None:
            self._young = self._loop.call_later(AFTER_PAINT, self._collect_young)
        if self._all is not None:
            self._all.cancel()
        self._all = self._loop.call_later(STILL, self._collect_all)

    def _collect_young(self) -> None:
        self._young = None
        gc.collect(0)

    def _collect_all(self) -> None:
        self._all = None
        gc.collect(1)
        gc.freeze()

    def stop(self) -> None:
        """Leave collecting to Python again."""
        for handle in (self._young, self._all):
            if handle is not None:
                handle.cancel()
        gc.unfreeze()
        gc.enable()
