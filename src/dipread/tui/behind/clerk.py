"""A thread with its own Store: the screen asks, goes on, and is answered later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from dipread.library import Library
from dipread.store import Store

T = TypeVar("T")


class Clerk:
    """Does what it is asked one thing after another, away from the keys.

    When nobody waits for an answer any more, what has not begun is left; one that is `hasty` stops even
    what it is reading, one that is `loyal` does everything it was ever asked.
    """

    def __init__(
        self, library: Library, name: str, *, hasty: bool = False, loyal: bool = False
    ) -> None:
        self._library = library
        self._loyal = loyal
        self._hasty = hasty
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._store: Store | None = None
        self._asked: object = None  # the question that is being answered
        self._answering = Lock()

    async def ask(self, question: Callable[[Store], T]) -> T:
        """The answer of `question`, called with this clerk's Store in this clerk's thread."""
        answer = asyncio.wrap_future(self._thread.submit(self._answer, question))
        try:
            return await (asyncio.shield(answer) if self._loyal else answer)
        except asyncio.CancelledError:
            if self._hasty:
                self._drop(question)
            raise

    def _drop(self, question: object) -> None:
        """Stop the reading for a question, and for no other that has taken its place."""
        with self._answering:
            if self._asked is question and self._store is not None:
                self._store.connection.interrupt()

    def _answer(self, question: Callable[[Store], T]) -> T:
        if self._store is None:
            self._store = self._library.open()
        with self._answering:
            self._asked = question
        try:
            return question(self._store)
        finally:
            with self._answering:
                self._asked = None

    def close(self) -> None:
        """Finish what is being done, then close the Store in the thread that opened it."""
        self._thread.submit(self._leave)
        self._thread.shutdown(wait=True, cancel_futures=False)

    def _leave(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
