"""What goes into the brief: stories and quotes, with the headings and the order that their reader gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import asdict
from pyroaring import BitMap

from dipread.model import Item, StoryId
from dipread.store.connection import Connection
from dipread.store.journal import Change, Journal


class Basket:
    """The stories and quotes of the brief; kept until they are taken out."""

    def __init__(self, archive: Connection, journal: Journal) -> None:
        self._archive = archive
        self._journal = journal
        journal.keepers["basket"] = self._put

    def items(self) -> tuple[Item, ...]:
        """Everything in it: what was given a place in that order, then the others as they came in time."""
        return tuple(
            Item(StoryId(story), note, heading, place)
            for story, note, heading, place in self._archive.rows(
                "SELECT b.story, b.note, b.heading, b.place FROM basket b JOIN stories s ON s.id = b.story"
                " ORDER BY b.place = 0, b.place, s.shown_at DESC, b.story DESC, b.note"
            )
        )

    def toggle(self, story: StoryId, note: str = "") -> bool:
        """Put a story, or a quote of it, into the basket, or take it out; whether it is in now."""
        held = tuple(each for each in self.items() if (each.story, each.note) == (story, note))
        thing = "quote" if note else "story"
        if held:
            self.keep(held, (), f"{thing} taken out of the brief")
        else:
            self.keep((), (Item(story, note),), f"{thing} put into the brief")
        return not held

    def keep(self, before: Sequence[Item], after: Sequence[Item], what: str) -> None:
        """Have these items as they are `after` instead of as they were `before`."""
        if tuple(before) == tuple(after):
            return
        stories = BitMap(each.story for each in (*before, *after))
        with self._archive.transaction():
            self._journal.write(
                what, Change("basket", "", _records(before), _records(after), stories)
            )

    def clear(self) -> int:
        """Take everything out; how many things it was."""
        items = self.items()
        self.keep(items, (), "brief emptied")
        return len(items)

    def _put(self, change: Change) -> None:
        connection = self._archive.connection
        connection.executemany(
            "DELETE FROM basket WHERE story = :story AND note = :note", change.before
        )
        connection.executemany(
            "INSERT OR REPLACE INTO basket (story, note, heading, place)"
            " SELECT :story, :note, :heading, :place WHERE EXISTS (SELECT 1 FROM stories WHERE id = :story)",
            change.after,
        )


def _records(items: Iterable[Item]) -> list[dict[str, object]]:
    return [asdict(each) for each in items]
