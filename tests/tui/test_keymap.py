"""Keys of a reader's own: a preset, single keys, and what is wrong with them said at the start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dipread.config import find_paths, read_keys
from dipread.errors import ConfigError
from dipread.tui.keymap import conflicts
from dipread.tui.keys import bindings

from ..terminal import Terminal
from ..test_journey import DEMO, environment


def write(home: Path, text: str) -> None:
    """A keys.toml for that home."""
    path = home / "home" / "config" / "keys.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def check(home: Path) -> subprocess.CompletedProcess[str]:
    """`dipread config check`, which imports the screen with those keys."""
    command = [sys.executable, "-m", "dipread", "config", "check"]
    env = {**os.environ, **environment(home)}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_the_keys_as_shipped_do_not_conflict() -> None:
    assert list(conflicts(bindings())) == []


@pytest.mark.parametrize("preset", ["dipread", "newsboat", "vim"])
def test_every_preset_reads_well_and_has_no_conflict(tmp_path: Path, preset: str) -> None:
    write(tmp_path, f'preset = "{preset}"\n')
    done = check(tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_conflict_and_an_unknown_id_are_named(tmp_path: Path) -> None:
    write(tmp_path, '[keys]\n"any.star" = "m"\n"any.strar" = "z"\n')
    done = check(tmp_path)
    assert done.returncode == 1
    assert "m is any.read and any.star" in done.stderr or "any.star and any.read" in done.stderr
    assert "there is no 'any.strar'. Did you mean 'any.star'?" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('preset = "emacs"', "unknown preset 'emacs'"),
        ("[kyes]", "unknown key 'kyes'"),
        ('[keys]\n"any.star" = 7', "the key of 'any.star' must be a text"),
        ("keys = 7", "'keys' is not a table"),
    ],
)
def test_a_fault_in_the_file_says_what_and_where(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigError, match=said):
        read_keys(find_paths({"DIPREAD_HOME": str(tmp_path / "home")}))


def test_a_changed_key_acts_is_in_the_footer_and_a_conflict_is_said_on_the_screen(
    tmp_path: Path,
) -> None:
    write(tmp_path, '[keys]\n"any.star" = "S"\n"any.why" = "j"\n')
    with Terminal(DEMO, environment(tmp_path), 120, 36) as terminal:
        terminal.wait("▌STORIES", "S star", "j is ")
        terminal.press("S")
        terminal.wait("★")
        terminal.press("q")
        assert terminal.finish() == 0
