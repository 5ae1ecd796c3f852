"""When the terminal goes, so does the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .terminal import Terminal

SRC = Path(__file__).parents[1] / "src"


def test_a_closed_terminal_ends_the_program(tmp_path: Path) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SRC),
        "PYTHONUTF8": "1",
        "DIPREAD_HOME": str(tmp_path),
        "TERM": "xterm-256color",
    }
    with Terminal([sys.executable, "-m", "dipread", "demo"], env, 80, 24) as terminal:
        terminal.wait("▌STORIES", "STORY 1/")
        # 120: Python could not flush its output; 129: the goodbye itself could not be said.
        assert terminal.hang_up() in (0, 120, 129)
