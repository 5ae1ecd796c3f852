"""Databases that the command refuses: with a word, the documented exit code, and nothing changed or left beside them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def run(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def noise_in_the_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 & ~8_191)
        file.write(os.urandom(8_192))


REFUSED: dict[str, tuple[Callable[[Path], object], int, str]] = {
    "a text": (lambda path: path.write_bytes(b"dear diary\n" * 900), 1, "not a dipread database"),
    "noise in the middle": (noise_in_the_middle, 1, "damaged"),
    "cut in two": (lambda path: os.truncate(path, path.stat().st_size // 2), 1, "damaged"),
    "a newer one": (lambda path: run(path, "PRAGMA user_version = 9999"), 6, "newer dipread"),
    "another program's": (lambda path: run(path, "PRAGMA application_id = 7"), 1, "another program"),
    "one with a trigger": (
        lambda path: run(path, "CREATE TRIGGER t AFTER INSERT ON stories BEGIN SELECT 1; END"),
        1,
        "triggers",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("harm", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_sound_or_not_ours_is_refused_and_stays_as_it_was(
    dipread: Run,
    sample: bytes,
    tmp_path: Path,
    harm: Callable[[Path], object],
    code: int,
    said: str,
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    database = folder / "dipread.db"
    database.write_bytes(sample)
    harm(database)
    before = database.read_bytes()
    for command in (("list",), ("note", "add", "1", "Mine")):
        done = dipread(*command, "--db", database)
        assert (done.returncode, done.stdout) == (code, "")
        assert str(database) in done.stderr
        assert said in done.stderr
        assert "untouched" in done.stderr
        assert "Traceback" not in done.stderr
    assert database.read_bytes() == before
    assert list(folder.iterdir()) == [database]
