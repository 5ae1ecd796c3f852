"""Everything a reader did, in order, and how to take it back.

An entry says of what, from what, to what; turned round it is its own inverse. Entries are only ever added:
what was undone is told by a later entry that names it. So the journal serves undo and redo across
restarts, tells the history of a note, and can be read by another machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace
from pyroaring import BitMap

from dipread.model import StoryId
from dipread.store.codec import pack
from dipread.store.connection import Connection
from dipread.store.removal import wanted_again

Kind = Literal[
    "read",
    "starred",
    "tag",
    "tags",
    "brief",
    "annotation",
    "views",
    "verdict",
    "basket",
    "commitment",
    "feeds",
    "rules",
]
How = Literal["do", "undo", "redo"]
SLICE = 2_000
"""So many stories are changed at once; other writers go between."""


def new_uuid() -> str:
    """A name that nothing else has."""
    from uuid import uuid4  # which looks what platform it is on, and that takes a while

    return str(uuid4())


class Change(Struct, frozen=True):
    """What becomes of something: `key` says of which of its kind, `stories` of which stories.

    `before` and `after` are what JSON can hold; None where there was or is nothing.
    """

    kind: Kind
    key: str
    before: Any
    after: Any
    stories: BitMap = field(default_factory=BitMap)

    @property
    def back(self) -> Change:
        """What takes it back."""
        return replace(self, before=self.after, after=self.before)

    def parts(self) -> tuple[Change, ...]:
        """The same in parts of a few stories each; whole where it is not about many."""
        numbers = self.stories.to_array()
        cuts = range(0, len(numbers), SLICE) or range(1)
        return tuple(replace(self, stories=BitMap(numbers[at : at + SLICE])) for at in cuts)


class Entry(Struct, frozen=True):
    """A line of the journal. `origin` is the number of the entry that was undone or done again."""

    seq: int
    id: str
    made: datetime
    author: str
    how: How
    origin: int | None
    what: str
    change: Change


class Turned(Struct, frozen=True):
    """What was undone or done again, and the parts of it that are still to be carried out."""

    what: str
    change: Change
    rest: tuple[Change, ...] = ()


After = Callable[[], object]
Keeper = Callable[[Change], After | None]
"""Makes a change in its own tables, inside a transaction; what it gives is called when that is over."""
Retag = Callable[[StoryId], object]


def _nothing() -> None:
    """What is done after a change that asks for nothing more."""


_COLUMNS = "seq, id, made, author, how, origin, what, kind, key, before, after, stories"


class Journal:
    """The way that every change of a reader's takes. Rooms tell it what they keep: `keepers`."""

    def __init__(self, archive: Connection, author: str = "") -> None:
        self._archive = archive
        self.author = author
        self.keepers: dict[Kind, Keeper] = {}

    # ------------------------------------------------------------------------------------- doing

    def write(self, what: str, change: Change) -> After:
        """Make a change and note it, inside a transaction; what it gives is to be called afterwards."""
        after = self._apply(change)
        self._note("do", what, change, None)
        return after

    def make(self, what: str, change: Change) -> None:
        """Make a whole change, however many stories it is about."""
        for part in self.begin(what, change):
            self.go_on(part)

    def begin(self, what: str, change: Change) -> tuple[Change, ...]:
        """Note a change and make the first part of it; the parts that are left, for `go_on`.

        A program that dies between the parts has noted the whole: undo takes back what there is of it.
        """
        first, *rest = change.parts()
        with self._archive.transaction():
            after = self._apply(first)
            self._note("do", what, change, None)
        after()
        return tuple(rest)

    def go_on(self, part: Change) -> None:
        """Make another part of a change that was begun."""
        with self._archive.transaction():
            after = self._apply(part)
        after()

    # ------------------------------------------------------------------------------------ undoing

    def undo(self, retag: Retag) -> Turned | None:
        """Take back the last thing that stands; None when there is none. `retag` tags a story anew."""
        return self._turn("undo", self._standing, retag)

    def redo(self, retag: Retag) -> Turned | None:
        """Do again what was undone last, if nothing else was done since; None when there is nothing."""
        return self._turn("redo", self._fallen, retag)

    def _turn(self, how: How, find: Callable[[], Entry | None], retag: Retag) -> Turned | None:
        with self._archive.transaction():
            entry = find()
            if entry is None:
                return None
            change = self._left(entry.change.back if how == "undo" else entry.change)
            first, *rest = change.parts()
            lost = entry.change.stories and not change.stories
            after = _nothing if lost else self._apply(first)
            if change.kind == "verdict":
                for story in change.stories:
                    retag(StoryId(story))
            self._note(how, entry.what, change, entry.seq)
        after()
        return Turned(entry.what, change, tuple(rest))

    def _standing(self) -> Entry | None:
        """The last deed that has not been undone, or was done again."""
        undone: list[int] = []
        for seq, how, origin in self._backwards():
            deed = seq if how == "do" else origin
            if how == "undo":
                undone.append(deed)
            elif undone and undone[-1] == deed:
                undone.pop()
            else:
                return self._entry(deed)
        return None

    def _fallen(self) -> Entry | None:
        """The deed that was undone last and not done again."""
        redone: list[int] = []
        for _, how, origin in self._backwards():
            if how == "do":
                return None
            if how == "redo":
                redone.append(origin)
            elif redone and redone[-1] == origin:
                redone.pop()
            else:
                return self._entry(origin)
        return None

    # ------------------------------------------------------------------------------------ reading

    def entries(
        self, kind: Kind | None = None, key: str = "", limit: int | None = None
    ) -> Iterator[Entry]:
        """The entries, last first: all, or those about one thing."""
        where: list[str] = ["1"]
        args: list[object] = []
        if kind:
            where.append("kind = ?")
            args.append(kind)
        if key:
            where.append("key = ?")
            args.append(key)
        yield from self._read(
            f"WHERE {' AND '.join(where)} ORDER BY seq DESC LIMIT ?", (*args, limit or -1)
        )

    def _backwards(self) -> Iterator[tuple[int, How, int]]:
        with self._archive.explaining():
            yield from self._archive.connection.execute(
                "SELECT seq, how, origin FROM journal ORDER BY seq DESC"
            )

    def _entry(self, seq: int) -> Entry | None:
        return next(self._read("WHERE seq = ?", (seq,)), None)

    def _read(self, where: str, args: Sequence[object]) -> Iterator[Entry]:
        for row in self._archive.rows(f"SELECT {_COLUMNS} FROM journal {where}", tuple(args)):
            seq, id, made, author, how, origin, what, kind, key, before, after, stories = row
            change = Change(
                kind,
                key,
                json.loads(before),
                json.loads(after),
                BitMap.deserialize(stories) if stories else BitMap(),
            )
            moment = datetime.fromtimestamp(made, UTC)
            yield Entry(seq, id, moment, author, how, origin, what, change)

    # ------------------------------------------------------------------------------------ writing

    def _apply(self, change: Change) -> After:
        if change.stories and change.kind != "read":
            wanted_again(self._archive.connection, change.stories)
        return self.keepers[change.kind](change) or _nothing

    def _left(self, change: Change) -> Change:
        """A change without the stories that went with a feed for good."""
        left = BitMap()
        numbers = change.stories.to_array()
        for at in range(0, len(numbers), SLICE):
            some = ", ".join(map(str, numbers[at : at + SLICE]))
            left.update(
                story
                for (story,) in self._archive.rows(f"SELECT id FROM stories WHERE id IN ({some})")
            )
        return replace(change, stories=left)

    def _note(self, how: How, what: str, change: Change, origin: int | None) -> None:
        self._archive.connection.execute(
            f"INSERT INTO journal ({_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                new_uuid(),
                int(self._archive.now().timestamp()),
                self.author,
                how,
                origin,
                what,
                change.kind,
                change.key,
                pack(change.before),
                pack(change.after),
                change.stories.serialize() if change.stories else b"",
            ),
        )
