"""Doing the same to many stories: in slices, so that nothing waits, and taken back in one step."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from pyroaring import BitMap

from dipread.model import Has, StoryId
from dipread.store import Found, Store
from dipread.tui.history import History, Step
from dipread.tui.paint import plural

T = TypeVar("T")
Asks = Callable[[Callable[[Store], T]], Awaitable[T]]
Runs = Callable[["Doing"], object]
What = Literal["read", "unread", "star", "unstar", "tag", "untag"]

SLICE = 2_000


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to each story; `tag` names the reader's tag that is given or taken off."""

    what: What
    tag: str = ""

    @property
    def back(self) -> Deed:
        """What takes it back."""
        return Deed(_BACK[self.what], self.tag)

    def told(self, count: int) -> str:
        """What was done, in words.

        >>> Deed("tag", "brief").told(2), Deed("read").told(1)
        ('2 stories tagged #brief', '1 story marked read')
        """
        return f"{plural(count, 'story', 'stories')} {_TOLD[self.what]}{self._named}"

    @property
    def _named(self) -> str:
        return f" #{self.tag}" if self.tag else ""

    def among(self, store: Store, stories: Found) -> BitMap:
        """Those of some stories that it changes."""
        if self.what in ("tag", "untag"):
            have = store.states.tagged(self.tag)
        else:
            state = "read" if self.what in ("read", "unread") else "starred"
            have = store.stories.find(Has("is", (state,))).stories
        return stories.stories - have if self.gives else stories.stories & have

    @property
    def gives(self) -> bool:
        """Whether stories have something afterwards that they had not."""
        return self.what in ("read", "star", "tag")

    def do(self, store: Store, stories: Sequence[StoryId]) -> None:
        """Do it to some stories."""
        if self.what in ("tag", "untag"):
            store.states.tag(stories, self.tag, self.gives)
        elif self.what in ("read", "unread"):
            store.states.mark_read(stories, self.gives)
        else:
            store.states.star(stories, self.gives)


_BACK: Mapping[What, What] = {
    "read": "unread",
    "unread": "read",
    "star": "unstar",
    "unstar": "star",
    "tag": "untag",
    "untag": "tag",
}
_TOLD: Mapping[What, str] = {
    "read": "marked read",
    "unread": "marked unread",
    "star": "given a star",
    "unstar": "without a star now",
    "tag": "tagged",
    "untag": "no longer tagged",
}


@dataclass(frozen=True, slots=True)
class Doing:
    """A deed and the stories it is done to: a set of bits, however many there are."""

    deed: Deed
    stories: BitMap


class Deeds:
    """Does deeds one after another; `asks` is whoever writes, `runs` does one in the background."""

    def __init__(self, asks: Asks[object], runs: Runs, history: History) -> None:
        self._asks = asks
        self._runs = runs
        self._history = history
        self._one_at_a_time = asyncio.Lock()

    def begin(self, deed: Deed, stories: BitMap) -> None:
        """Do it to stories that it changes, and remember how to take it back."""
        self._runs(Doing(deed, stories))
        self._history.add(
            Step(
                deed.told(len(stories)),
                lambda: self._runs(Doing(deed.back, stories)),
                lambda: self._runs(Doing(deed, stories)),
            )
        )

    async def carry_out(self, doing: Doing) -> None:
        """Do it slice by slice; other writing goes between the slices."""
        async with self._one_at_a_time:
            for part in _slices(doing.stories):
                await self._asks(partial(doing.deed.do, stories=part))
            await self._asks(lambda store: store.stories.keep_catalogue())


def _slices(stories: BitMap) -> Iterator[Sequence[StoryId]]:
    numbers = stories.to_array()
    for at in range(0, len(numbers), SLICE):
        yield [StoryId(each) for each in numbers[at : at + SLICE]]
