"""What a reader wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from dipread.errors import DipreadError
from dipread.model import Annotation, Quote, StoryId
from dipread.store.catalogue import touch
from dipread.store.codec import pack_quote, unpack_quote
from dipread.store.connection import Connection

_COLUMNS = "uuid, story, revision, note, quote, created, edited"


class Annotations:
    """Notes on stories and on quotes from them; each keeps the revision it was written on."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def add(self, story: StoryId, note: str, quote: Quote | None, now: datetime) -> Annotation:
        """Write a note on a story, or on a quote from it. Raises DipreadError when there is no such story."""
        row = self._archive.rows("SELECT revision FROM stories WHERE id = ?", (story,))
        if not row:
            raise DipreadError(
                f"no story has the number {story}", "List stories with: dipread list"
            )
        moment = now.astimezone(UTC).replace(microsecond=0)
        annotation = Annotation(str(uuid4()), story, row[0][0], note, moment, moment, quote)
        self.restore(annotation)
        return annotation

    def restore(self, annotation: Annotation) -> None:
        """Put an annotation back as it was."""
        with self._archive.transaction() as connection:
            touch(connection, (annotation.story,))
            self._archive.db.table("annotations").upsert(
                {
                    "uuid": annotation.uuid,
                    "story": annotation.story,
                    "revision": annotation.revision,
                    "note": annotation.note,
                    "quote": pack_quote(annotation.quote),
                    "created": int(annotation.created.timestamp()),
                    "edited": int(annotation.edited.timestamp()),
                },
                pk="uuid",
            )

    def edit(self, uuid: str, note: str, now: datetime) -> None:
        """Change the words of a note."""
        with self._archive.transaction() as connection:
            connection.execute(
                "UPDATE annotations SET note = ?, edited = ? WHERE uuid = ?",
                (note, int(now.timestamp()), uuid),
            )

    def remove(self, uuid: str) -> None:
        """Take a note away; `restore` puts it back."""
        with self._archive.transaction() as connection:
            rows = connection.execute("SELECT story FROM annotations WHERE uuid = ?", (uuid,))
            touch(connection, [story for (story,) in rows])
            connection.execute("DELETE FROM annotations WHERE uuid = ?", (uuid,))

    def of(self, story: StoryId) -> tuple[Annotation, ...]:
        """The annotations of a story, in the order of the text, notes on the whole story first."""
        rows = self._archive.rows(
            f"SELECT {_COLUMNS} FROM annotations WHERE story = ? ORDER BY created", (story,)
        )
        found = [_annotation(row) for row in rows]
        return tuple(
            sorted(
                found,
                key=lambda each: (
                    (each.quote.field != "title", each.quote.start) if each.quote else (False, -1)
                ),
            )
        )


def _annotation(row: tuple[Any, ...]) -> Annotation:
    uuid, story, revision, note, quote, created, edited = row
    return Annotation(
        uuid,
        StoryId(story),
        revision,
        note,
        datetime.fromtimestamp(created, UTC),
        datetime.fromtimestamp(edited, UTC),
        unpack_quote(quote),
    )
