"""An archive of any earlier version becomes one of today, with everything that was in it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from dipread.model import Evidence, Has, StoryId, Words
from dipread.store import Store
from dipread.store.identity import text_hash
from dipread.store.opening import APPLICATION_ID
from dipread.store.schema import migrations
from dipread.store.words import indexed
from tests.store.conftest import first_word, make_story

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
TEXT = "The ministers met in Rome and signed a declaration on trade. " * 6


def as_it_was(path: Path) -> None:
    """An archive of version 5 with one story, read, starred, noted and judged."""
    connection = sqlite3.connect(path, isolation_level=None)
    migrations.apply(Database(connection), stop_before="m006_rules")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 5")
    story = make_story("a", "trade in Rome", TEXT)
    digest = text_hash(story).hex()
    connection.executescript("""
        INSERT INTO feeds (id, url, title, publisher, country, kind, language, feed_group, interval_minutes)
            VALUES (1, 'https://wire.example/rss', 'Wire', 'Wire Ltd', 'FR', 'wire', 'fr', 'Press', 30);
        INSERT INTO stories (id, link, link_key, title, lang, published, published_raw, zone_known, fetched,
            shown_at, authors, categories, media, owner, revision, rules)
            VALUES (1, 'https://wire.example/a', 'wire.example/a', 'trade in Rome', 'en', 1788000000, '', 1,
            1788000000, 1788000000, '[]', '[]', '[]', 1, 1, 'old');
        INSERT INTO tags VALUES (1, 'sector', 'trade', '', 0, 3.0, 0.8, '{}',
            '[["title",0,5,"sector.trade.en.strong"],["text",4,13,"reader.verdict"]]', 'old');
        INSERT INTO tags VALUES (1, 'country', 'IT', 'venue', 1, 2.0, 0.7, '{"by":"host"}',
            '[["title",9,13,"country.IT.capital"]]', 'old');
        INSERT INTO states VALUES (1, 1, 1);
        INSERT INTO annotations VALUES ('u', 1, 1, 'ask the desk', NULL, 1788000000, 1788000000);
        INSERT INTO verdicts VALUES (1, 'sector', 'trade', 'right', 1788000000);
    """)
    connection.execute(
        "INSERT INTO revisions VALUES (1, 1, 1, ?, 'trade in Rome', ?, '[]', 1788000000)",
        (digest, TEXT),
    )
    connection.execute("INSERT INTO feed_stories VALUES (1, 'a', 1, 'a', ?, 1)", (digest,))
    connection.execute(
        "INSERT INTO search (rowid, title, text) VALUES (1, 'trade in Rome', ?)", (indexed(TEXT),)
    )
    connection.close()


def test_nothing_is_lost_on_the_way_from_version_five(path: Path) -> None:
    as_it_was(path)
    with Store(path, lambda: NOW) as store:
        detail = store.stories.detail(StoryId(1))
        assert detail
        assert (detail.story.title, detail.story.text) == ("trade in Rome", TEXT)
        assert (detail.read, detail.starred) == (True, True)
        assert [each.note for each in detail.annotations] == ["ask the desk"]
        assert [each.says for each in detail.verdicts] == ["right"]
        country, sector = detail.tags
        assert country.evidence == (Evidence("title", 9, 13, "country.IT.capital"),)
        assert country.slots == (("by", "host"),)
        assert [each.rule for each in sector.evidence] == [
            "sector.trade.en.strong",
            "reader.verdict",
        ]
        for query in (Has("country", ("IT",)), Words("declaration"), Has("is", ("starred",))):
            assert list(store.stories.find(query)) == [1]
        assert store.catalogue.differences(store) == []


def test_the_story_is_still_known_by_its_uid_its_words_and_its_link(path: Path) -> None:
    as_it_was(path)
    with Store(path, lambda: NOW) as store:
        (feed,) = store.feeds.subscriptions(["https://wire.example/rss"])
        same = make_story("a", "trade in Rome", TEXT)
        assert store.ingest.save(feed.id, [same], first_word, "old").fresh == ()
        other = make_story("b", "trade in Rome", TEXT, link="https://wire.example/a")
        store.ingest.save(feed.id, [other], first_word, "old")
        assert store.stories.count() == 1
