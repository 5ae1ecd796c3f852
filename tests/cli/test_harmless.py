"""Nothing that a command prints is obeyed by a terminal, wherever it came from."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.cli.harmless import harmless

from .conftest import Run

EVIL = "\x1b]52;c;UFdO\x07\x9b2J\x90q\x9c\u202e[/b]\u2066"
OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@given(st.text(alphabet=st.characters()))
def test_what_is_harmless_is_not_obeyed_can_be_written_and_stays_so(text: str) -> None:
    said = harmless(text)
    assert not OBEYED.search(said)
    assert len(said) == len(text)
    said.encode()
    assert harmless(said) == said


@pytest.fixture
def hostile(sample: bytes, tmp_path: Path) -> Path:
    """A sample desk whose every text was made hostile behind dipread's back."""
    database = tmp_path / "hostile.db"
    database.write_bytes(sample)
    connection = sqlite3.connect(database)
    connection.execute("UPDATE stories SET title = title || ?, link = link || ?", (EVIL, EVIL))
    connection.execute("UPDATE revisions SET title = title || ?, text = ?", (EVIL, EVIL * 3))
    connection.execute("UPDATE feeds SET title = title || ?, problem = ?", (EVIL, EVIL))
    connection.commit()
    connection.close()
    return database


@pytest.mark.parametrize(
    "command",
    [
        ("list", "-n", "5"),
        ("list", "-n", "5", "--format", "json"),
        ("list", "-n", "5", "--format", "jsonl"),
        ("list", "-n", "5", "--format", "csv"),
        ("list", "-n", "5", "--format", "md"),
        ("show", "3"),
        ("show", "3", "--format", "json"),
        ("why", "3"),
        ("feeds", "list"),
        ("feeds", "list", "--format", "json"),
        ("list", f"country:{EVIL}"),
        ("fetch", f"no feed called {EVIL}"),
        ("fetch", "--url", f"http://a.example/{EVIL}"),
    ],
)
def test_no_command_prints_what_a_terminal_obeys(
    dipread: Run, hostile: Path, command: tuple[str, ...]
) -> None:
    done = dipread("--db", hostile, *(each.replace("\0", "") for each in command))
    said = done.stdout + done.stderr
    assert said
    assert "Traceback" not in said
    assert not OBEYED.search(said.replace("\r\n", "\n"))
