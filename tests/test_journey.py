"""One morning at the desk, in a real terminal: filter by keys, read, note, export, and find the note in the file."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from .terminal import Terminal

SRC = Path(__file__).parents[1] / "src"


DEMO = [sys.executable, "-m", "dipread", "demo"]


def environment(home: Path) -> dict[str, str]:
    """What the program finds in its environment: a home of its own, and a good terminal."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SRC),
        "PYTHONUTF8": "1",
        "DIPREAD_HOME": str(home / "home"),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
    }


def test_keys_typed_in_one_go_are_never_lost(tmp_path: Path) -> None:
    with Terminal(DEMO, environment(tmp_path), 80, 24) as terminal:
        terminal.wait("▌STORIES", "STORY 1/9", "? keys")
        terminal.press("/sector:trade\r")
        shown = terminal.wait("/ sector:trade", "▌STORIES")
        assert "★" not in shown  # the s of sector is no star
        terminal.wait_without("92 of 92")
        terminal.press("f\tj ")
        terminal.wait("sector:trade country:", "▌FILTERS")
        terminal.press("\x1bG")  # Esc and the last story
        terminal.press("qq")
        assert terminal.finish() == 0


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 36)])
def test_a_reader_filters_reads_notes_and_exports(tmp_path: Path, columns: int, lines: int) -> None:
    config = tmp_path / "home" / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'export_folder = "{tmp_path / "notes"}"\n', encoding="utf-8")

    with Terminal(DEMO, environment(tmp_path), columns, lines) as terminal:
        terminal.wait("▌STORIES", "STORY 1/9", "Japan", "? keys")

        terminal.press("f", "tab")
        terminal.wait("▌FILTERS", "Japan")
        terminal.press("space")
        terminal.wait("country:JP")
        terminal.press("escape")
        terminal.wait("▌STORIES")

        terminal.press("/")
        terminal.wait("Enter keep")
        terminal.press("sector:minerals")
        terminal.wait("sector:minerals")
        terminal.press("enter")
        terminal.wait("▌STORIES")
        terminal.press("enter")
        terminal.wait("▌STORY 1/")
        assert "▎" in terminal.text()  # evidence, marked at its line
        terminal.press("w")
        terminal.wait("WHY", "‹")
        terminal.press("escape")
        terminal.wait_without("WHY")

        terminal.press("v")
        terminal.wait("Enter note")
        terminal.press("v", "w", "w", "w", "a")
        terminal.wait("New note", "“")
        terminal.press("Ask the embassy in Rome")
        terminal.wait("Ask the embassy in Rome")
        terminal.press("enter")
        noted = terminal.wait("1 note")
        few = int(re.search(r"STORY \d+/(\d+)", noted)[1])  # type: ignore[index]
        assert 0 < few < 19

        terminal.press("E")
        terminal.wait("Export")
        terminal.press("enter")
        terminal.wait("written")

        terminal.press("q", "q", "q")
        assert terminal.finish() == 0

    files = [path.read_text(encoding="utf-8") for path in (tmp_path / "notes").rglob("*.md")]
    noted = [text for text in files if "Ask the embassy in Rome" in text]
    assert len(noted) == 1
    assert "\n> " in noted[0]
    assert b"\x1b[?1049l" in terminal.bytes  # the reader's own screen is back
