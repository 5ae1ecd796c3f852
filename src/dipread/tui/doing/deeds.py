"""Doing the same to many stories: in slices, so that nothing waits, and taken back in one step."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Literal, TypeVar

from msgspec import Struct
from pyroaring import BitMap

from dipread.store import Change, Found, MarkKind, Store, Turned, marking, told

T = TypeVar("T")
Asks = Callable[[Callable[[Store], T]], Awaitable[T]]
What = Literal["read", "unread", "star", "unstar", "tag", "untag", "brief", "unbrief"]
_MARKS: dict[What, tuple[MarkKind, bool]] = {
    "read": ("read", True),
    "unread": ("read", False),
    "star": ("starred", True),
    "unstar": ("starred", False),
    "tag": ("tag", True),
    "untag": ("tag", False),
    "brief": ("brief", True),
    "unbrief": ("brief", False),
}


class Deed(Struct, frozen=True):
    """What is done to each story; `tag` names the reader's tag that is given or taken off."""

    what: What
    tag: str = ""

    def told(self, count: int) -> str:
        """What was done, in words."""
        kind, on = _MARKS[self.what]
        return told(kind, self.tag, on, count)

    def among(self, store: Store, stories: Found) -> BitMap:
        """Those of some stories that it changes."""
        kind, on = _MARKS[self.what]
        have = store.states.having(kind, self.tag)
        return stories.stories - have if on else stories.stories & have

    def change(self, stories: BitMap) -> Change:
        """What becomes of stories that it changes."""
        kind, on = _MARKS[self.what]
        return marking(kind, self.tag, stories, on)


class Deeds:
    """Has changes made one after another; `asks` is whoever writes. Other writing goes between the slices."""

    def __init__(self, asks: Asks[object]) -> None:
        self._asks = asks
        self._one_at_a_time = asyncio.Lock()

    async def do(self, deed: Deed, stories: BitMap) -> None:
        """Do it to stories that it changes."""
        change = deed.change(stories)
        what = deed.told(len(stories))
        async with self._one_at_a_time:
            rest = await self._asks(lambda store: store.journal.begin(what, change))
            assert isinstance(rest, tuple)
            await self._go_on(rest)

    async def turn(self, turns: Callable[[Store], Turned | None]) -> Turned | None:
        """Undo or redo what the journal tells, whole; what it was."""
        async with self._one_at_a_time:
            turned = await self._asks(turns)
            assert isinstance(turned, Turned | None)
            if turned is not None:
                await self._go_on(turned.rest)
            return turned

    async def _go_on(self, parts: Sequence[Change]) -> None:
        for part in parts:
            await self._asks(partial(_go_on, part))
        if parts:
            await self._asks(lambda store: store.stories.keep_catalogue())


def _go_on(part: Change, store: Store) -> None:
    store.journal.go_on(part)
