"""The first tables, as migrations: feeds, stories, tags, and what the reader made; schema.py goes on from here.

Instants are whole seconds since 1970 UTC. What a person made (states, annotations) is in tables of its
own that no fetch writes to; what a rule made (tags) may be deleted and remade at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("dipread")


@migrations()
def m001_feeds(db: Database) -> None:
    """What is listened to (`listed` is its place in the list, 0 for none), and how every fetch went."""
    db.execute(
        """
        CREATE TABLE feeds (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            publisher TEXT NOT NULL,
            country TEXT NOT NULL,
            kind TEXT NOT NULL,
            language TEXT NOT NULL,
            feed_group TEXT NOT NULL,
            interval_minutes INTEGER NOT NULL,
            listed INTEGER NOT NULL DEFAULT 0,
            etag TEXT NOT NULL DEFAULT '',
            modified TEXT NOT NULL DEFAULT '',
            next_due INTEGER NOT NULL DEFAULT 0,
            hold_until INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            problem TEXT NOT NULL DEFAULT '',
            last_fetched INTEGER,
            last_good INTEGER
        )
        """
    )
    db.execute(
        """
        CREATE TABLE feed_runs (
            id INTEGER PRIMARY KEY,
            feed INTEGER NOT NULL REFERENCES feeds(id),
            started INTEGER NOT NULL,
            status TEXT NOT NULL,
            new INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            entries INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            milliseconds INTEGER NOT NULL,
            problem TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX feed_runs_by_feed ON feed_runs(feed, started)")


@migrations()
def m002_stories(db: Database) -> None:
    """A story is one row whatever number of feeds deliver it; every text it had is a revision."""
    db.execute(
        """
        CREATE TABLE stories (
            id INTEGER PRIMARY KEY,
            link TEXT NOT NULL,
            link_key TEXT NOT NULL,
            title TEXT NOT NULL,
            lang TEXT NOT NULL,
            published INTEGER,
            published_raw TEXT NOT NULL,
            zone_known INTEGER NOT NULL,
            fetched INTEGER NOT NULL,
            shown_at INTEGER NOT NULL,
            authors TEXT NOT NULL,
            categories TEXT NOT NULL,
            media TEXT NOT NULL,
            owner INTEGER NOT NULL REFERENCES feeds(id),
            revision INTEGER NOT NULL,
            revisions INTEGER NOT NULL DEFAULT 1
        )
        """
    )
    db.execute("CREATE INDEX stories_by_time ON stories(shown_at DESC, id DESC)")
    db.execute("CREATE INDEX stories_by_link ON stories(link_key) WHERE link_key <> ''")
    db.execute(
        """
        CREATE TABLE revisions (
            id INTEGER PRIMARY KEY,
            story INTEGER NOT NULL REFERENCES stories(id),
            feed INTEGER NOT NULL REFERENCES feeds(id),
            hash TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            links TEXT NOT NULL,
            fetched INTEGER NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX revisions_by_story ON revisions(story)")
    db.execute(
        """
        CREATE TABLE feed_stories (
            feed INTEGER NOT NULL REFERENCES feeds(id),
            uid TEXT NOT NULL,
            story INTEGER NOT NULL REFERENCES stories(id),
            guid TEXT NOT NULL,
            hash TEXT NOT NULL,
            revision INTEGER NOT NULL REFERENCES revisions(id),
            PRIMARY KEY (feed, uid)
        ) WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX feed_stories_by_story ON feed_stories(story)")
    db.execute(
        "CREATE VIRTUAL TABLE search USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 2')"
    )


@migrations()
def m003_tags(db: Database) -> None:
    """What the rules say of a story, with their evidence. `rules` is the hash of the knowledge used."""
    db.execute(
        """
        CREATE TABLE tags (
            story INTEGER NOT NULL REFERENCES stories(id),
            kind TEXT NOT NULL,
            code TEXT NOT NULL,
            role TEXT NOT NULL,
            about INTEGER NOT NULL,
            score REAL NOT NULL,
            confidence REAL NOT NULL,
            slots TEXT NOT NULL,
            evidence TEXT NOT NULL,
            rules TEXT NOT NULL,
            PRIMARY KEY (story, kind, code, role)
        ) WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX tags_by_code ON tags(kind, code, story, role, about)")


@migrations()
def m004_the_readers_own(db: Database) -> None:
    """What a person marked and wrote. No fetch and no rule touches these tables."""
    db.execute(
        """
        CREATE TABLE states (
            story INTEGER PRIMARY KEY REFERENCES stories(id),
            read INTEGER NOT NULL DEFAULT 0,
            starred INTEGER NOT NULL DEFAULT 0
        )
        """
    )
    db.execute(
        """
        CREATE TABLE annotations (
            uuid TEXT PRIMARY KEY,
            story INTEGER NOT NULL REFERENCES stories(id),
            revision INTEGER NOT NULL REFERENCES revisions(id),
            note TEXT NOT NULL,
            quote TEXT,
            created INTEGER NOT NULL,
            edited INTEGER NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX annotations_by_story ON annotations(story)")


@migrations()
def m005_verdicts(db: Database) -> None:
    """A person's word on a tag outranks the rules; `stories.rules` tells whose tags are out of date."""
    db.execute(
        """
        CREATE TABLE verdicts (
            story INTEGER NOT NULL REFERENCES stories(id),
            kind TEXT NOT NULL,
            code TEXT NOT NULL,
            says TEXT NOT NULL CHECK (says IN ('right', 'wrong', 'missing')),
            created INTEGER NOT NULL,
            PRIMARY KEY (story, kind, code)
        ) WITHOUT ROWID
        """
    )
    db.execute("ALTER TABLE stories ADD COLUMN rules TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE INDEX stories_by_rules ON stories(rules, id)")


@migrations()
def m006_rules(db: Database) -> None:
    """The rules that tagged the stories: which shipped ones, and the reader's own (file to text, as JSON).

    When they change, this tells which stories the change can touch.
    """
    db.execute(
        """
        CREATE TABLE rules (
            hash TEXT PRIMARY KEY,
            edition TEXT NOT NULL,
            own TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )
