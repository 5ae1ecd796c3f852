"""A thread with its own Store: the screen asks, goes on, and is answered later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from dipread.library import Library
from dipread.store import Store

T = TypeVar("T")


class Clerk:
    """Does what it is asked one thing after another, away from the keys.

    One that is `hasty` drops what it is reading as soon as nobody waits for the answer any more.
    """

    def __init__(self, library: Library, name: str, *, hasty: bool = False) -> None:
        self._library = library
        self._hasty = hasty
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._store: Store | None = None

    async def ask(self, question: Callable[[Store], T]) -> T:
        """The answer of `question`, called with this clerk's Store in this clerk's thread."""
        under_way = self._thread.submit(self._answer, question)
        try:
            return await asyncio.wrap_future(under_way)
        except asyncio.CancelledError:
            if self._hasty and self._store is not None and under_way.running():
                self._store.connection.interrupt()
            raise

    def _answer(self, question: Callable[[Store], T]) -> T:
        if self._store is None:
            self._store = self._library.open()
        return question(self._store)

    def close(self) -> None:
        """Finish what is being done, then close the Store in the thread that opened it."""
        self._thread.submit(self._leave)
        self._thread.shutdown(wait=True, cancel_futures=False)

    def _leave(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
