"""What a reader marked: read, starred, in the brief, and tags of the reader's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pyroaring import BitMap

from dipread.model import StoryId
from dipread.store.catalogue import Catalogue
from dipread.store.connection import Connection
from dipread.store.journal import After, Change, Journal
from dipread.store.touched import touch
from dipread.text.plural import plural

MarkKind = Literal["read", "starred", "brief", "tag"]

_HAVING: dict[MarkKind, str] = {
    "read": "SELECT story FROM states WHERE read",
    "starred": "SELECT story FROM states WHERE starred",
    "brief": "SELECT story FROM basket WHERE note = ''",
    "tag": "SELECT story FROM own_tags WHERE tag = ?",
}
_TOLD: dict[tuple[MarkKind, bool], str] = {
    ("read", True): "marked read",
    ("read", False): "marked unread",
    ("starred", True): "given a star",
    ("starred", False): "without a star now",
    ("brief", True): "put into the brief",
    ("brief", False): "taken out of the brief",
    ("tag", True): "tagged",
    ("tag", False): "no longer tagged",
}
FEW = 500


class States:
    """Marks on stories; kept whatever a feed does to the story, and each of them noted in the journal."""

    def __init__(self, archive: Connection, catalogue: Catalogue, journal: Journal) -> None:
        self._archive = archive
        self._catalogue = catalogue
        self._journal = journal
        journal.keepers |= {
            "read": self._set,
            "starred": self._set,
            "brief": self._put,
            "tag": self._tag,
            "tags": self._wear,
        }

    def mark_read(self, stories: Sequence[StoryId], read: bool) -> None:
        """Mark stories read or unread."""
        self.mark("read", "", stories, read)

    def star(self, stories: Sequence[StoryId], starred: bool) -> None:
        """Give stories a star or take it off."""
        self.mark("starred", "", stories, starred)

    def tag(self, stories: Sequence[StoryId], tag: str, given: bool) -> None:
        """Give stories a tag of the reader's own, or take it off."""
        self.mark("tag", tag, stories, given)

    def keep_tags(self, story: StoryId, tags: Sequence[str]) -> None:
        """Have a story wear these of the reader's tags and no others."""
        rows = self._archive.rows("SELECT tag FROM own_tags WHERE story = ? ORDER BY tag", (story,))
        before, after = [tag for (tag,) in rows], sorted(set(tags))
        if before == after:
            return
        what = f"tags: {' '.join(f'#{tag}' for tag in after) or 'none'}"
        self._journal.make(what, Change("tags", "", before, after, BitMap([story])))

    def mark(self, kind: MarkKind, tag: str, stories: Iterable[StoryId], on: bool) -> None:
        """Give stories a mark, or take it off those that have it; `tag` names the reader's tag."""
        wanted = BitMap(stories)
        with self._archive.transaction():
            have = self.having(kind, tag, wanted)
            changed = wanted - have if on else wanted & have
            if not changed:
                return
            after = self._journal.write(
                told(kind, tag, on, len(changed)), marking(kind, tag, changed, on)
            )
        after()

    def having(self, kind: MarkKind, tag: str = "", among: BitMap | None = None) -> BitMap:
        """The stories that have a mark; of those `among` only, when the others are of no interest."""
        many = among is None or len(among) > FEW
        # The catalogue is not to hear of what may yet be rolled back.
        if kind in ("read", "starred") and many and not self._archive.connection.in_transaction:
            with self._catalogue.lock:
                held = self._catalogue.shelf("state", self._archive).get(kind, BitMap())
                return held.copy() if among is None else held & among
        args = (tag,) if kind == "tag" else ()
        only = ""
        if among is not None and len(among) <= FEW:
            only = f" AND story IN ({', '.join(map(str, among))})"
        found = BitMap(story for (story,) in self._archive.rows(_HAVING[kind] + only, args))
        return found if among is None or only else found & among

    def tagged(self, tag: str) -> BitMap:
        """The stories that were given a tag by `tag`."""
        return self.having("tag", tag)

    def tags(self) -> dict[str, int]:
        """The reader's own tags, and how many stories have each; most first."""
        rows = self._archive.rows(
            "SELECT tag, count(*) FROM own_tags GROUP BY tag ORDER BY count(*) DESC, tag"
        )
        return dict(rows)

    # ------------------------------------------------------------------------------------ keeping

    def _set(self, change: Change) -> After:
        column, value = change.kind, bool(change.after)
        connection = self._archive.connection
        before = self._catalogue.latest(self._archive)
        connection.executemany(
            f"INSERT INTO states (story, {column}) VALUES (?, ?)"
            f" ON CONFLICT (story) DO UPDATE SET {column} = excluded.{column}",
            [(story, int(value)) for story in change.stories],
        )
        touch(connection, change.stories)
        notes = range(before, self._catalogue.latest(self._archive))
        return lambda: self._catalogue.mark(column, change.stories, value, notes)

    def _put(self, change: Change) -> None:
        self._change(
            change,
            "INSERT OR IGNORE INTO basket (story) VALUES (?)",
            "DELETE FROM basket WHERE story = ? AND note = ''",
        )

    def _tag(self, change: Change) -> None:
        self._change(
            change,
            "INSERT OR IGNORE INTO own_tags (story, tag) VALUES (?, ?)",
            "DELETE FROM own_tags WHERE story = ? AND tag = ?",
            change.key,
        )

    def _wear(self, change: Change) -> None:
        connection = self._archive.connection
        for story in change.stories:
            connection.execute("DELETE FROM own_tags WHERE story = ?", (story,))
            connection.executemany(
                "INSERT INTO own_tags (story, tag) VALUES (?, ?)",
                [(story, tag) for tag in change.after],
            )

    def _change(self, change: Change, give: str, take: str, *more: str) -> None:
        self._archive.connection.executemany(
            give if change.after else take, [(story, *more) for story in change.stories]
        )


def marking(kind: MarkKind, tag: str, stories: BitMap, on: bool) -> Change:
    """The change that gives stories a mark which they have not, or takes one off that they have."""
    return Change(kind, tag, not on, on, stories)


def told(kind: MarkKind, tag: str, on: bool, count: int) -> str:
    """What was done, in words.

    >>> told("tag", "follow-up", True, 2), told("read", "", True, 1)
    ('2 stories tagged #follow-up', '1 story marked read')
    """
    return f"{plural(count, 'story', 'stories')} {_TOLD[kind, on]}" + (f" #{tag}" if tag else "")
