"""The walls of the house: what imports what, and what a quick command must not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).parents[1]


def test_imports_flow_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert (
        cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
        == cli.EXIT_STATUS_SUCCESS
    )


def imported_by(code: str) -> set[str]:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.argv = ['dipread']\n{code}\nprint('\\n'.join(sys.modules))",
        ],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.splitlines())


def test_the_library_does_not_import_the_screen() -> None:
    modules = imported_by("import dipread.library")
    assert "textual" not in modules
    assert "sqlite_utils" not in modules
    assert "feedparser" not in modules


def test_help_imports_nothing_heavy() -> None:
    modules = imported_by("from dipread.cli.arguments import parser; parser().format_help()")
    assert (
        not {"textual", "sqlite_utils", "pycurl", "feedparser", "sqlite3", "ahocorasick_rs", "rich"}
        & modules
    )


def test_the_first_frame_imports_hardly_anything() -> None:
    modules = imported_by(
        "from dipread.cli.arguments import parse\n"
        "import dipread.cli.screen\n"
        "from dipread.cli.context import configuration\n"
        "configuration(parse([]))\n"
        "import dipread.tui.terminal.first_frame, dipread.tui.colours.looks, dipread.store.glance"
    )
    assert "dipread.tui.terminal.first_frame" in modules
    # Each of these takes as long to import as all the rest of the first frame.
    assert (
        not {"textual", "rich.console", "dataclasses", "dipread.model", "tomllib", "tempfile"}
        & modules
    )


def test_the_screen_comes_without_what_is_not_on_it() -> None:
    modules = imported_by("import dipread.tui.app")
    assert "dipread.tui.screens.stories" in modules
    unseen = {"dipread.classify", "dipread.fetch", "dipread.export", "dipread.rules.retagging"}
    assert not unseen & modules
    assert not {"sqlite_utils", "pycurl", "feedparser", "re2", "wcwidth", "tomllib"} & modules


def test_a_refresh_comes_without_what_parses_and_tags() -> None:
    modules = imported_by(
        "import dipread.cli.fetching, dipread.feeds.refreshing, dipread.feeds.apart, dipread.rules.rulebook\n"
        "from dipread.store import Store"
    )
    assert "dipread.fetch.way_out" in modules
    unused = {
        "dipread.classify",
        "dipread.feeds.delivery",
        "dipread.fetch.parse",
        "dipread.text.markup",
    }
    assert not unused & modules
    assert not {"ahocorasick_rs", "feedparser", "dateutil", "isal"} & modules
