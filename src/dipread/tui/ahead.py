"""What is read from disk ahead: the dialogs, once the screen is there and the reader rests."""

from __future__ import annotations

import asyncio
from importlib import import_module

FIRST, EACH = 1.5, 0.1
"""Seconds after the start, and between two modules: each takes a few milliseconds of the keys' time."""
MODULES = (
    *("picker", "annotate", "palette", "help", "export", "naming", "text", "line"),
    *("insights", "notes", "feeds", "brief", "bulk", "dossier", "diff", "label"),
)


class Ahead:
    """Reads one module after the other, and none while something has just been painted."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._left = list(MODULES)
        self._next = loop.call_later(FIRST, self._read)

    def painted(self) -> None:
        """Something was just painted: the reader is at the keys."""
        if self._left:
            self._next.cancel()
            self._next = self._loop.call_later(FIRST, self._read)

    def _read(self) -> None:
        import_module(f"dipread.tui.screens.{self._left.pop(0)}")
        if self._left:
            self._next = self._loop.call_later(EACH, self._read)

    def stop(self) -> None:
        """Read no more."""
        self._next.cancel()
