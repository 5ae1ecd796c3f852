"""The tables as they are since, as migrations: append only, each applied once, whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dipread.model import Evidence
from dipread.store.codec import pack_evidence, pack_text
from dipread.store.first_tables import migrations
from dipread.store.identity import key_hash

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["migrations"]


@migrations()
def m007_catalogue(db: Database) -> None:
    """Bitmaps of story numbers, made from the other tables, and whose stories they are behind on.

    Also the queries that a reader saved, and the tags that a reader gives to stories.
    """
    db.execute(
        """
        CREATE TABLE catalogue (
            shelf TEXT NOT NULL,
            code TEXT NOT NULL,
            stories BLOB NOT NULL,
            PRIMARY KEY (shelf, code)
        ) WITHOUT ROWID
        """
    )
    db.execute(
        "CREATE TABLE touched (seq INTEGER PRIMARY KEY AUTOINCREMENT, story INTEGER NOT NULL)"
    )
    db.execute(
        """
        CREATE TABLE views (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            query TEXT NOT NULL,
            place INTEGER NOT NULL,
            alert INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE own_tags (
            story INTEGER NOT NULL REFERENCES stories(id),
            tag TEXT NOT NULL,
            PRIMARY KEY (story, tag)
        ) WITHOUT ROWID
        """
    )


@migrations()
def m008_lean(db: Database) -> None:
    """The same in less room: links by number, hashes as bytes, texts deflated, evidence in fours.

    The codes of `store.codec` that this writes must stay readable for ever.
    """
    db.conn.create_function("page_of", 1, key_hash, deterministic=True)
    db.conn.create_function("bytes_of", 1, bytes.fromhex, deterministic=True)
    db.conn.create_function("text_of", 1, pack_text, deterministic=True)
    db.conn.create_function("evidence_of", 3, _evidence_again, deterministic=True)
    db.execute("ALTER TABLE stories ADD COLUMN page INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE stories SET page = page_of(link_key)")
    db.execute("DROP INDEX stories_by_link")
    db.execute("ALTER TABLE stories DROP COLUMN link_key")
    db.execute("CREATE INDEX stories_by_page ON stories(page) WHERE page <> 0")
    db.execute("UPDATE revisions SET hash = bytes_of(hash), text = text_of(text)")
    db.execute("UPDATE feed_stories SET hash = bytes_of(hash)")
    db.execute("DROP INDEX tags_by_code")
    db.execute("ALTER TABLE tags DROP COLUMN rules")
    db.execute(
        "UPDATE tags SET evidence = evidence_of(kind, code, evidence),"
        " slots = CASE slots WHEN '{}' THEN '' ELSE slots END"
    )


@migrations()
def m009_edition(db: Database) -> None:
    """Which text of feeds.toml the listed feeds were last taken from, in the one row there may be."""
    db.execute(
        "CREATE TABLE feed_list (id INTEGER PRIMARY KEY CHECK (id = 1), edition TEXT NOT NULL)"
    )


@migrations()
def m010_health(db: Database) -> None:
    """How a feed fares: how its last fetch ended, since when it fails, and the hours stories came in.

    `body` names the bytes it last gave, `entries` counts its stories, `asked_until` is how long its server
    asked to be left alone, `moved_to` the address it has for good, seen `moved_times` in a row.
    """
    db.execute("ALTER TABLE feeds ADD COLUMN status TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE feeds ADD COLUMN failing_since INTEGER")
    db.execute("ALTER TABLE feeds ADD COLUMN asked_until INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE feeds ADD COLUMN entries INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE feeds ADD COLUMN arrivals TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE feeds ADD COLUMN body BLOB NOT NULL DEFAULT x''")
    db.execute("ALTER TABLE feeds ADD COLUMN moved_to TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE feeds ADD COLUMN moved_times INTEGER NOT NULL DEFAULT 0")
    db.execute(
        """
        UPDATE feeds SET
            status = coalesce(
                (SELECT status FROM feed_runs WHERE feed = feeds.id ORDER BY started DESC, id DESC LIMIT 1), ''),
            failing_since = CASE WHEN failures THEN coalesce(last_good, last_fetched) END,
            entries = (SELECT count(DISTINCT story) FROM feed_stories WHERE feed = feeds.id),
            arrivals = (
                SELECT json_group_array(hour) FROM (
                    SELECT DISTINCT s.shown_at / 3600 AS hour
                    FROM feed_stories f JOIN stories s ON s.id = f.story
                    WHERE f.feed = feeds.id ORDER BY hour DESC LIMIT 40))
        """
    )


def _evidence_again(kind: str, code: str, column: str) -> str:
    """Evidence as it was kept at first, `[["title", 12, 17, rule], ...]`, as it is kept now."""
    return pack_evidence(kind, code, tuple(Evidence(*each) for each in json.loads(column)))


@migrations()
def m011_journal(db: Database) -> None:
    """Every act of the reader with what was before, and what those acts are about: fuller notes, the basket
    of the brief, and what became of commitments.
    """
    db.execute(
        """
        CREATE TABLE journal (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            made INTEGER NOT NULL,
            author TEXT NOT NULL,
            how TEXT NOT NULL CHECK (how IN ('do', 'undo', 'redo')),
            origin INTEGER REFERENCES journal(seq),
            what TEXT NOT NULL,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            stories BLOB NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX journal_by_key ON journal(kind, key) WHERE key <> ''")
    for column in (
        "type TEXT NOT NULL DEFAULT 'note'",
        "tags TEXT NOT NULL DEFAULT '[]'",
        "confidence TEXT NOT NULL DEFAULT ''",
        "due TEXT",
        "done INTEGER",
        "author TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE annotations ADD COLUMN {column}")
    db.execute("CREATE INDEX annotations_by_time ON annotations(created)")
    db.execute(
        """
        CREATE TABLE basket (
            story INTEGER NOT NULL REFERENCES stories(id),
            note TEXT NOT NULL DEFAULT '',
            heading TEXT NOT NULL DEFAULT '',
            place INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (story, note)
        ) WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE commitments (
            story INTEGER NOT NULL REFERENCES stories(id),
            words TEXT NOT NULL,
            status TEXT NOT NULL,
            source TEXT NOT NULL,
            due TEXT,
            PRIMARY KEY (story, words)
        ) WITHOUT ROWID
        """
    )


@migrations()
def m012_removed(db: Database) -> None:
    """Stories that went with their feed: set apart, and deleted when they have been so for long."""
    db.execute("ALTER TABLE feeds ADD COLUMN removed INTEGER NOT NULL DEFAULT 0")
    db.execute(
        """
        CREATE TABLE removed (
            story INTEGER PRIMARY KEY REFERENCES stories(id),
            since INTEGER NOT NULL
        )
        """
    )
