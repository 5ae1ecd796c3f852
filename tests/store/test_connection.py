"""A transaction is all or nothing, whatever ends it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from dipread.errors import StoreBusy, StoreError
from dipread.model import Feed
from dipread.store import Store, opening


def titles(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT title FROM feeds ORDER BY id")]


def write(store: Store, *statements: str, then: Callable[[], object] = lambda: None) -> None:
    """Run the statements, and something else, in one transaction."""
    with store.transaction() as connection:
        for statement in statements:
            connection.execute(statement)
        then()


def test_an_error_inside_undoes_what_went_before(store: Store, feed: Callable[..., Feed]) -> None:
    store.feeds.add(feed())
    with pytest.raises(ZeroDivisionError):
        write(store, "UPDATE feeds SET title = 'changed'", then=lambda: 1 // 0)
    assert titles(store) == ["Wire"]


def test_a_commit_that_fails_leaves_the_connection_ready(
    store: Store, feed: Callable[..., Feed]
) -> None:
    with pytest.raises(StoreError):
        write(store, "PRAGMA defer_foreign_keys = ON", "INSERT INTO states (story) VALUES (99)")
    store.feeds.add(feed())
    assert titles(store) == ["Wire"]
    assert store.rows("SELECT count(*) FROM states") == [(0,)]


def test_a_full_disk_is_named_and_nothing_is_half_written(
    store: Store, feed: Callable[..., Feed]
) -> None:
    store.feeds.add(feed())
    pages = store.rows("PRAGMA page_count")[0][0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="disk is full"):
        write(
            store,
            "UPDATE feeds SET title = 'changed'",
            "UPDATE feeds SET publisher = printf('%.*c', 1000000, 'x')",
        )
    store.connection.execute("PRAGMA max_page_count = 1000000")
    assert titles(store) == ["Wire"]
    store.feeds.add(feed("https://other.example/", "Other"))
    assert titles(store) == ["Wire", "Other"]


def test_another_writer_is_waited_for_and_then_named(
    path: Path,
    feed: Callable[..., Feed],
    now: Callable[[], datetime],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    with Store(path, now) as store:
        store.feeds.add(feed())
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE feeds SET title = 'theirs'")
        for change in (
            lambda: store.feeds.add(feed("https://other.example/")),
            lambda: store.feeds.sync([feed()]),
            lambda: store.states.star([], True),
        ):
            with pytest.raises(StoreBusy, match="another program") as caught:
                change()
            assert caught.value.exit_code == 5
        assert titles(store) == ["Wire"]  # reading does not wait
        other.execute("COMMIT")
        other.close()
        assert titles(store) == ["theirs"]


def test_a_closed_store_says_so_rather_than_break(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError):
        store.rows("SELECT 1")
