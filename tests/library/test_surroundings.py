"""What `dipread doctor` says of the ground it stands on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dipread.config import load_config
from dipread.library.surroundings import clock_warning, look_around, python_warning, sqlite_warning
from dipread.model import Feed, Outcome
from dipread.store import Store

NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_a_sqlite_that_may_lose_a_write_is_named(
    version: tuple[int, int, int], sound: bool
) -> None:
    assert (sqlite_warning(version) == "") == sound


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 11, 7), False),
        ((3, 13, 13), False),
        ((3, 13, 14), True),
        ((3, 14, 5), True),
        ((3, 15, 0), True),
    ],
)
def test_a_python_whose_browser_takes_options_is_named(
    version: tuple[int, int, int], sound: bool
) -> None:
    assert (python_warning(version) == "") == sound


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path


def warnings(home: Path) -> dict[str, str]:
    config = load_config({"DIPREAD_HOME": str(home)})
    with Store(config.database) as store:
        return {each.what: each.warning for each in look_around(config, store)}


def test_files_that_others_can_read_are_named_with_the_cure(desk: Path) -> None:
    database = desk / "data" / "dipread.db"
    assert warnings(desk)[f"rights of {database}"] == ""
    database.chmod(0o644)
    assert warnings(desk)[f"rights of {database}"].endswith(f"chmod 600 {database}")


def test_feeds_that_do_not_fare_well_are_counted_and_named(desk: Path) -> None:
    config = load_config({"DIPREAD_HOME": str(desk)})
    with Store(config.database) as store:
        store.feeds.sync([Feed("https://a.example/", "Wire", "W", "FR", "wire", "fr", "G")])
        (known,) = store.feeds.subscriptions()
        store.feeds.record(known, Outcome(known.feed, "error", problem="HTTP 403 Forbidden"))
    assert warnings(desk)["feeds"] == "1 fail: Wire; see: dipread feeds check"


def test_a_clock_that_went_back_is_told(desk: Path) -> None:
    with Store(desk / "a.db", lambda: NOW) as store:
        store.feeds.sync([Feed("https://a.example/", "Wire", "W", "FR", "wire", "fr", "G")])
        (known,) = store.feeds.subscriptions()
        store.feeds.record(known, Outcome(known.feed, "ok"))
        assert clock_warning(store, NOW + timedelta(days=1)) == ""
        assert (
            clock_warning(store, NOW - timedelta(days=40)) == "stands 40 days before the last fetch"
        )
