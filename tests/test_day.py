"""A day at the desk, in tmux: from the first run to the next morning, by keys alone."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from .test_journey import environment
from .tmux import ENDED, Tmux

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
COMMAND = [sys.executable, "-m", "dipread"]


def count(screen: str) -> int:
    """How many stories match, as the query line says."""
    return int(re.search(r"([\d,]+) of 92", screen)[1].replace(",", ""))  # type: ignore[index]


def question(screen: str) -> str:
    """What the query line asks."""
    line = next(each for each in screen.split("\n") if each.startswith(" / "))
    return line.removeprefix(" / ").partition("   ")[0]


def test_from_the_first_run_to_the_next_morning(tmp_path: Path) -> None:
    env = environment(tmp_path)
    config = tmp_path / "home" / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'export_folder = "{tmp_path / "notes"}"\n', encoding="utf-8")

    first = tmp_path / "first"
    first.mkdir()
    with Tmux(COMMAND, env, first, 120, 36) as desk:
        desk.wait("Welcome to dipread", "read the sample desk first")
        desk.press("d")
        desk.wait("▌STORIES", "92 of 92", "STORY 1/92")

        desk.press("f", "c")
        desk.wait("Filter: countries")
        desk.type("japa")
        desk.wait("Japan")
        desk.press("Space")
        desk.wait("country:JP", "✓")
        desk.press("C-u")
        desk.type("italia")
        desk.wait("Italy")
        desk.press("Space")
        desk.wait("country:JP country:IT")
        desk.press("Escape")
        both = count(desk.wait("▌STORIES", without="Filter:"))
        assert 0 < both < 19

        desk.press("f", "s")
        desk.wait("Filter: sectors")
        desk.type("cult")
        desk.wait("culture")
        desk.press("-")
        desk.wait("-sector:culture")
        desk.press("Escape")
        desk.wait("▌STORIES", "STORY 1/", without="Filter:")

        desk.press("Enter")
        desk.wait("▌STORY 1/")
        desk.press("w")
        desk.wait("WHY", "‹", "rule")
        for number in range(2, 20):
            desk.press("n")
            if " · sector · " in desk.wait(f"tag {number} of"):
                break
        desk.press("x")
        desk.wait("wrong, you say")
        desk.press("Escape")
        desk.wait("▌STORY 1/", "v select")

        desk.press("v")
        desk.wait("Enter note")
        desk.press("v", ")", "h")
        desk.press("a")
        desk.wait("New note", "“")
        desk.type("Ask the embassy in Rome")
        desk.press("Enter")
        desk.wait("1 note")
        desk.press("u")
        desk.wait("Undone")
        desk.press("U")
        desk.wait("Done again", "1 note")

        desk.press("E")
        desk.wait("Export to Markdown")
        desk.press("Enter")
        desk.wait("written to")

        desk.press("2")
        desk.wait("SECTOR × DAY", "PAIRS", "TIMELINE", "usual")
        desk.press("Enter")
        shown = desk.wait("▌STORIES", "date:")
        cell = count(shown)
        assert 0 < cell <= both
        asked = question(shown)
        desk.press("q")
        desk.wait(f"{ENDED} 0")

    files = [each.read_text(encoding="utf-8") for each in (tmp_path / "notes").rglob("*.md")]
    assert any("Ask the embassy in Rome" in each for each in files)

    second = tmp_path / "second"
    second.mkdir()
    with Tmux([*COMMAND, "demo"], env, second, 120, 36) as desk:
        shown = desk.wait("▌STORIES", "date:", "STORY")
        assert question(shown) == asked
        desk.press("q")
        desk.wait(f"{ENDED} 0")
