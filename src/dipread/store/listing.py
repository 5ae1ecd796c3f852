"""The reader's list of feeds, which is a file, as the archive follows it: every change of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from dipread.errors import DipreadError
from dipread.model import Feed
from dipread.store.feeds import Feeds
from dipread.store.journal import Change, Journal
from dipread.store.removal import Removals

Passage = dict[str, Any]
"""Lines of the list, as whoever keeps the file tells of them."""


class FollowedList(Struct, frozen=True):
    """A list of feeds: `edition` tells it from any other, `read` gives what is in it."""

    edition: str
    read: Callable[[], Sequence[Feed]]


Relist = Callable[[Passage, Passage], FollowedList]
"""Has the second passage in the list instead of the first, when it is not there yet; the list as it is then."""


class Listed(Struct, frozen=True):
    """How the list stands at one passage; `url` is the feed it is about when that moves or goes with its stories."""

    passage: Passage
    url: str = ""
    removed: bool = False


class Listing:
    """Follows what is done to the list, and has it undone."""

    def __init__(self, feeds: Feeds, removals: Removals, journal: Journal, relist: Relist) -> None:
        self._feeds = feeds
        self._removals = removals
        self._journal = journal
        self._relist = relist
        journal.keepers["feeds"] = self._put

    def note(self, what: str, before: Listed, after: Listed) -> None:
        """Follow a change that the list has seen, and what goes with it, inside a transaction."""
        self._journal.write(what, Change("feeds", "", asdict(before), asdict(after)))

    def _put(self, change: Change) -> None:
        before, after = Listed(**change.before), Listed(**change.after)
        now = self._relist(before.passage, after.passage)
        if before.url != after.url:
            self._feeds.move(before.url, after.url)
        self._feeds.follow(now.edition, now.read)
        if after.removed:
            self._removals.take_away(after.url)
        elif before.removed:
            self._removals.bring_back(before.url)


def no_list(before: Passage, after: Passage) -> FollowedList:
    """For an archive that was opened by itself."""
    raise DipreadError(
        "the list of feeds is not at hand, so nothing can be changed in it",
        "Undo it with: dipread undo",
    )
