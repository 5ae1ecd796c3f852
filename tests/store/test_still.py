"""An archive that may only be read is read, and nothing is left beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dipread.errors import StoreBusy, StoreError
from dipread.model import Feed
from dipread.store import Store, newest_glimpses
from dipread.store.still import standing_still


@pytest.fixture
def archive(path: Path) -> Path:
    """An archive with a feed on its list, which nobody has open."""
    with Store(path) as store:
        store.feeds.sync([Feed("https://a.example/", "Wire", "W", "FR", "wire", "fr", "G")])
    return path


@pytest.fixture
def only_to_read(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the system answers whoever may not write there, be they root or not."""
    can = os.access
    monkeypatch.setattr(os, "access", lambda at, how: how != os.W_OK and can(at, how))
    return archive


def beside(archive: Path) -> set[str]:
    return {each.name for each in archive.parent.iterdir()}


def test_reading_leaves_nothing_beside_it(only_to_read: Path) -> None:
    with Store(only_to_read) as store:
        assert [each.feed.title for each in store.feeds.subscriptions()] == ["Wire"]
        assert newest_glimpses(only_to_read, 10) == []
        assert beside(only_to_read) == {only_to_read.name}
    assert beside(only_to_read) == {only_to_read.name}


def test_writing_is_refused_with_a_word(only_to_read: Path) -> None:
    with (
        Store(only_to_read) as store,
        pytest.raises(StoreError, match="the database can't be written to"),
    ):
        store.feeds.sync([])


def test_one_who_writes_meanwhile_is_noticed(only_to_read: Path) -> None:
    with Store(only_to_read) as store:
        about = only_to_read.stat()
        os.utime(only_to_read, ns=(about.st_atime_ns, about.st_mtime_ns + 1))
        with pytest.raises(StoreBusy, match="another program has written to it meanwhile"):
            store.feeds.subscriptions()


def test_an_archive_that_somebody_has_open_does_not_stand_still(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(archive) as store:
        store.feeds.sync([])
        monkeypatch.setattr(os, "access", lambda at, how: False)
        assert standing_still(archive) is None
    assert standing_still(archive) is not None


def test_one_that_may_be_written_to_does_not_stand_still(archive: Path, tmp_path: Path) -> None:
    assert standing_still(archive) is None
    assert standing_still(tmp_path / "nothing.db") is None


@pytest.mark.skipif(os.getuid() == 0, reason="nothing is read-only to root")
@pytest.mark.parametrize("folder", [False, True])
def test_the_system_says_what_may_only_be_read(archive: Path, folder: bool) -> None:
    mine = archive.parent if folder else archive
    mine.chmod(0o555)
    try:
        with Store(archive) as store:
            assert store.feeds.subscriptions()
        assert beside(archive) == {archive.name}
    finally:
        mine.chmod(0o755)
