"""Messages that cross widgets; one that a single widget sends nests inside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual.message import Message

from dipread.model import Outcome, Query, StoryId


@dataclass(eq=False, repr=False)
class FeedDone(Message, bubble=False):
    """One feed of a running refresh is done, well or not; the app passes it to the screen."""

    outcome: Outcome


@dataclass(eq=False, repr=False)
class RefreshEnded(Message):
    """The refresh is over; `problem` says why it ended early, if it did."""

    problem: str = ""


@dataclass(eq=False, repr=False)
class FeedsSeen(Message):
    """How many feeds fail, and when one was last fetched."""

    failing: int
    refreshed: datetime | None


@dataclass(eq=False, repr=False)
class Begin(Message):
    """The reader wants to begin with the sample desk, or by adding a feed."""

    how: str


@dataclass(eq=False, repr=False)
class NoteOpened(Message):
    """A note is to be shown in its story."""

    story: StoryId
    note: str


class MarksChanged(Message):
    """Something that the reader wrote or marked is otherwise now: many stories, or a step taken back."""


class ListChanged(Message):
    """Other feeds are listened to now; stories may have gone with one or come back."""


@dataclass(eq=False, repr=False)
class AskAsked(Message):
    """The stories of a query are wanted, in the stories screen."""

    query: Query


@dataclass(eq=False, repr=False)
class RefreshAsked(Message):
    """Feeds are to be fetched: these addresses, or all when there are none."""

    urls: tuple[str, ...]
