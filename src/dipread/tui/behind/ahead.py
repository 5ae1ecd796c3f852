"""What is made ready once the screen is there and the reader rests: modules of dialogs, and the other screens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module

FIRST, EACH = 1.5, 0.1
"""Seconds after the last paint, and between two of them. Each takes some milliseconds of the keys' time, insights 30."""
MODULES = (
    *("picker", "annotate", "palette", "help", "export", "naming", "text", "line"),
    *("brief", "bulk", "dossier", "diff", "label"),
)


class Ahead:
    """Reads one module after the other, then does what else can be done, and nothing just after a paint."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, then: Iterable[Callable[[], object]] = ()
    ) -> None:
        self._loop = loop
        modules = (partial(import_module, f"dipread.tui.screens.{each}") for each in MODULES)
        self._left: list[Callable[[], object]] = [*modules, *then]
        self._next = loop.call_later(FIRST, self._read)

    def painted(self) -> None:
        """Something was just painted: the reader is at the keys."""
        if self._left:
            self._next.cancel()
            self._next = self._loop.call_later(FIRST, self._read)

    def _read(self) -> None:
        self._left.pop(0)()
        if self._left:
            self._next = self._loop.call_later(EACH, self._read)

    def stop(self) -> None:
        """Make nothing more ready."""
        self._next.cancel()
