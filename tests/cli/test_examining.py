"""`dipread doctor` tells what is sound, and makes again what can be made again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .conftest import Run


def test_a_sound_archive_is_called_so(dipread: Run, sample_desk: Path) -> None:
    done = dipread("--db", sample_desk, "doctor")
    assert done.returncode == 0, done.stdout
    assert "92 stories" in done.stdout
    assert "FAULT" not in done.stdout
    assert "ok     catalogue" in done.stdout


def test_what_was_made_from_the_tables_is_made_again(
    dipread: Run, sample: bytes, tmp_path: Path
) -> None:
    database = tmp_path / "desk.db"
    database.write_bytes(sample)
    dipread("--db", database, "doctor", "--repair")
    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM tags WHERE kind = 'country' AND code = 'JP'")
        connection.execute("DELETE FROM search_docsize WHERE id = 7")
    told = dipread("--db", database, "doctor")
    assert told.returncode == 1
    assert "FAULT  index of words: holds 91 of 92 stories" in told.stdout
    assert "dipread doctor --repair" in told.stderr
    mended = dipread("--db", database, "doctor", "--repair")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert "FAULT" not in dipread("--db", database, "doctor").stdout
    assert dipread("--db", database, "list", "country:JP").stdout == ""
    assert len(dipread("--db", database, "list", "minerals").stdout.splitlines()) > 3


def test_a_catalogue_that_fell_behind_is_told_and_mended(
    dipread: Run, sample: bytes, tmp_path: Path
) -> None:
    database = tmp_path / "desk.db"
    database.write_bytes(sample)
    dipread("--db", database, "retag")
    with sqlite3.connect(database) as connection:
        saved = connection.execute("SELECT count(*) FROM catalogue").fetchone()[0]
        assert saved > 10
        connection.execute("DELETE FROM catalogue WHERE shelf = 'sector' AND code = 'trade'")
    told = dipread("--db", database, "doctor")
    assert "FAULT  catalogue: says otherwise than the tables of sector:trade" in told.stdout
    assert dipread("--db", database, "doctor", "--repair").returncode == 0


def test_words_are_indexed_whatever_feeds_the_archive_listens_to(
    dipread: Run, sample: bytes, tmp_path: Path
) -> None:
    database = tmp_path / "desk.db"
    database.write_bytes(sample)
    with sqlite3.connect(database) as connection:
        listed = connection.execute("SELECT url FROM feeds WHERE listed ORDER BY listed").fetchall()
        connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
        connection.execute("DELETE FROM catalogue")
    connection.close()
    done = dipread("--db", database, "index")
    assert (done.returncode, done.stdout) == (0, "92 stories indexed\n")
    assert dipread("--db", database, "index").stdout == "0 stories indexed\n"
    with sqlite3.connect(database) as connection:
        assert (
            listed
            == connection.execute("SELECT url FROM feeds WHERE listed ORDER BY listed").fetchall()
        )
        assert connection.execute("SELECT count(*) FROM catalogue").fetchone() > (0,)
    connection.close()
