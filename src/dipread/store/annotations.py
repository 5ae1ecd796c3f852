"""What a reader wrote. Every change of it goes through the journal, which so holds the history of each note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace
from pyroaring import BitMap

from dipread.errors import DipreadError
from dipread.model import Annotation, AnnotationType, Confidence, Quote, Story, StoryId
from dipread.model.anchor import Candidate, candidates
from dipread.store.codec import (
    annotation_of,
    annotation_record,
    pack,
    pack_quote,
    recorded_annotation,
    unpack_text,
)
from dipread.store.connection import Connection
from dipread.store.identity import key_hash, link_key
from dipread.store.journal import Change, Entry, Journal, new_uuid
from dipread.store.touched import touch

COLUMNS = (
    "uuid, story, revision, note, quote, created, edited, type, tags, confidence, due, done, author"
)
_ALL_AGAIN = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", ")[1:])
_SHORTEST = 4


class Annotations:
    """Notes on stories and on quotes from them; each keeps the revision it was written on."""

    def __init__(self, archive: Connection, journal: Journal) -> None:
        self._archive = archive
        self._journal = journal
        journal.keepers["annotation"] = self._put

    # -------------------------------------------------------------------------------------- writing

    def add(
        self,
        story: StoryId,
        note: str,
        quote: Quote | None,
        now: datetime,
        *,
        type: AnnotationType = "note",
        tags: Sequence[str] = (),
        confidence: Confidence = "",
        due: date | None = None,
    ) -> Annotation:
        """Write a note on a story, or on a quote from it. Raises DipreadError when there is no such story."""
        row = self._archive.rows(
            "SELECT revision FROM stories WHERE id = ? AND id NOT IN (SELECT story FROM removed)",
            (story,),
        )
        if not row:
            raise DipreadError(
                f"no story has the number {story}", "List stories with: dipread list"
            )
        moment = _second(now)
        annotation = Annotation(
            *(new_uuid(), story, row[0][0], note, moment, moment, quote),
            *(type, tuple(tags), confidence, due),
            author=self._journal.author,
        )
        self.restore(annotation)
        return annotation

    def restore(self, annotation: Annotation) -> None:
        """Have an annotation as given, whether there is one of its uuid or not."""
        before = self.here(annotation.uuid)
        if before == annotation:
            return
        self._change(f"{annotation.type} {'changed' if before else 'written'}", before, annotation)

    def edit(self, uuid: str, note: str, now: datetime) -> None:
        """Change the words of a note."""
        self.change(uuid, now, note=note)

    def change(self, uuid: str, now: datetime, **fields: Any) -> Annotation:
        """Change some of a note's fields: note, type, tags, confidence, due, done; what it is now.

        Raises DipreadError when there is none of this uuid.
        """
        before = self.one(uuid)
        after = replace(before, **fields)
        if after != before:
            after = replace(after, edited=_second(now))
            self._change(f"{after.type} {_what(before, after)}", before, after)
        return after

    def finish(self, uuid: str, now: datetime, done: bool = True) -> Annotation:
        """Say that a note was seen to, or that it was not."""
        return self.change(uuid, now, done=_second(now) if done else None)

    def anchor(self, uuid: str, quote: Quote, now: datetime) -> Annotation:
        """Give a quote the place that a person confirmed, in the words that its story has now."""
        note = self.one(uuid)
        (revision,) = self._archive.rows(
            "SELECT revision FROM stories WHERE id = ?", (note.story,)
        )[0]
        return self.change(uuid, now, quote=quote, revision=revision)

    def remove(self, uuid: str) -> None:
        """Take a note away; `restore` and undo put it back."""
        before = self.one(uuid)
        self._change(f"{before.type} deleted", before, None)

    def _change(self, what: str, before: Annotation | None, after: Annotation | None) -> None:
        one = after or before
        assert one is not None
        then, now = (each and annotation_record(each) for each in (before, after))
        self._journal.make(what, Change("annotation", one.uuid, then, now, BitMap([one.story])))

    def _put(self, change: Change) -> None:
        connection = self._archive.connection
        touch(connection, change.stories)
        if change.after is None:
            connection.execute("DELETE FROM annotations WHERE uuid = ?", (change.key,))
            return
        one = recorded_annotation(change.after)
        connection.execute(
            f"INSERT INTO annotations ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            f" ON CONFLICT (uuid) DO UPDATE SET {_ALL_AGAIN}",
            (
                *(one.uuid, one.story, one.revision, one.note, pack_quote(one.quote)),
                *(int(one.created.timestamp()), int(one.edited.timestamp())),
                *(one.type, pack(one.tags), one.confidence),
                one.due.isoformat() if one.due else None,
                int(one.done.timestamp()) if one.done else None,
                one.author,
            ),
        )

    # -------------------------------------------------------------------------------------- reading

    def one(self, uuid: str) -> Annotation:
        """The annotation of a uuid, or of the beginning of one. Raises DipreadError when that is none, or several."""
        found = []
        if len(uuid) >= _SHORTEST:
            found = list(self._read("WHERE substr(uuid, 1, ?) = ? LIMIT 2", (len(uuid), uuid)))
        if len(found) != 1:
            how = "more than one note has" if found else "no note has"
            raise DipreadError(f"{how} the id '{uuid}'", "List notes with: dipread note list")
        return found[0]

    def here(self, uuid: str) -> Annotation | None:
        """The annotation of a whole uuid, if there is one."""
        return next(self._read("WHERE uuid = ?", (uuid,)), None)

    def story_of(self, about: Mapping[str, Any]) -> StoryId | None:
        """The story that another archive tells of: by its feed and uid, else by its link."""
        link, feed, uid = (str(about.get(name) or "") for name in ("link", "feed", "uid"))
        rows = self._archive.rows(
            "SELECT s.id FROM stories s JOIN feed_stories fs ON fs.story = s.id"
            " JOIN feeds f ON f.id = fs.feed WHERE f.url = ? AND fs.uid = ?",
            (feed, uid),
        ) or self._archive.rows(
            "SELECT id FROM stories WHERE page = ? AND page <> 0 AND link = ?",
            (key_hash(link_key(link)), link),
        )
        return StoryId(rows[0][0]) if len(rows) == 1 else None

    def of(self, story: StoryId) -> tuple[Annotation, ...]:
        """The annotations of a story, in the order of the text, notes on the whole story first."""
        found = self._read("WHERE story = ? ORDER BY created", (story,))
        return tuple(
            sorted(
                found,
                key=lambda each: (
                    (each.quote.field != "title", each.quote.start) if each.quote else (False, -1)
                ),
            )
        )

    def history(self, uuid: str) -> Iterator[Entry]:
        """What was ever done to a note, last first."""
        return self._journal.entries("annotation", uuid)

    def candidates(self, uuid: str) -> tuple[Candidate, ...]:
        """Where a quote that lost its place may stand in the words of now, the likeliest first."""
        note = self.one(uuid)
        if note.quote is None:
            return ()
        (title, text) = self._archive.rows(
            "SELECT r.title, r.text FROM stories s JOIN revisions r ON r.id = s.revision WHERE s.id = ?",
            (note.story,),
        )[0]
        return candidates(note.quote, Story("", "", "", title, unpack_text(text)))

    def _read(self, where: str, args: tuple[object, ...]) -> Iterator[Annotation]:
        rows = self._archive.rows(f"SELECT {COLUMNS} FROM annotations {where}", args)
        return map(annotation_of, rows)


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _what(before: Annotation, after: Annotation) -> str:
    if before.done != after.done:
        return "done" if after.done else "open again"
    return "changed" if before.quote == after.quote else "given its place"
