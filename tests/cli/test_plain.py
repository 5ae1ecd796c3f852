"""Line by line: everything a reader needs, in words, and nothing painted."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dipread.cli.plain import Plain
from tests.tui.desk import HOSTILE, DeskLibrary, fill, library


@pytest.fixture
def desk(tmp_path: Path) -> DeskLibrary:
    """Fourteen stories."""
    desk = library(tmp_path)
    with desk.open() as store:
        fill(store, 14)
    return desk


def said(desk: DeskLibrary, *typed: str) -> str:
    """What is said when these lines are typed."""
    out = io.StringIO()
    with desk.open() as store:
        Plain(desk, store, io.StringIO("".join(f"{each}\n" for each in typed)), out).run()
    return out.getvalue()


def test_stories_are_listed_ten_at_a_time_and_read_by_number(desk: DeskLibrary) -> None:
    text = said(desk, "n", "5", "q")
    assert "1. Japan and India sign a defence agreement in Tokyo. unread; 13 Sep 14:00" in text
    assert "14. " in text
    assert "Story 5 of 14\nNorway and Fiji renew an energy accord" in text
    assert "Note on ““a new stage" in text
    with desk.open() as store:
        assert store.stories.rows(store.stories.find()[4:5])[0].read


def test_the_question_is_asked_as_in_the_screen(desk: DeskLibrary) -> None:
    text = said(desk, "/country:KE", "1", "w", "t")
    assert "2 stories: country:KE" in text
    assert "country Kenya, score" in text
    assert "rule country.KE" in text
    assert "country: " in text


def test_star_note_and_marks_are_kept(desk: DeskLibrary) -> None:
    text = said(desk, "1", "s", "m", "a ask the desk in Rome", "1")
    assert "Star given." in text
    assert "Marked unread." in text
    assert "Note ask the desk in Rome" in text
    with desk.open() as store:
        (row,) = store.stories.rows(store.stories.find()[:1])
        assert row.starred
        assert row.notes == 1


def test_faults_are_said_and_end_nothing(desk: DeskLibrary) -> None:
    text = said(desk, "s", "99", "x", "/country:", "a", "?", "p")
    assert "Error: no story is open. Type its number to read one." in text
    assert "There is no story 99" in text
    assert "There is no command x" in text
    assert "These are the first." in text
    assert "q: quit" in text


def test_a_hostile_headline_is_words_and_nothing_else(desk: DeskLibrary) -> None:
    assert "\x1b" in HOSTILE
    text = said(desk, "3")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_it_runs_where_no_screen_can(tmp_path: Path) -> None:
    env = {**os.environ, "TERM": "dumb", "DIPREAD_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "dipread", "demo"]
    refused = subprocess.run(command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)  # fmt: skip
    assert refused.returncode == 1
    assert "dipread --plain" in refused.stderr
    done = subprocess.run([*command, "--plain"], env=env, capture_output=True, text=True, input="1\nq\n", check=False)  # fmt: skip
    assert done.returncode == 0
    assert "End of the story." in done.stdout
    assert "\x1b" not in done.stdout
