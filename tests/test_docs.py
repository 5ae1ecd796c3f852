"""What the papers say is what the program knows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from dipread.cli import without_dashes
from dipread.cli.arguments import parse
from dipread.cli.exporting import WAYS
from dipread.export.values import NAMES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)


def commands(paper: Path) -> Iterator[list[str]]:
    """The arguments of every call of dipread in the console blocks of a page."""
    for block in re.findall(r"```console\n(.*?)```", paper.read_text(encoding="utf-8"), re.DOTALL):
        typed = re.findall(r"^\$ (.*)", block, re.MULTILINE) or block.splitlines()
        for line in typed:
            words = shlex.shlex(line, posix=True, punctuation_chars="|>&")
            words.whitespace_split = True
            call: list[str] = []
            for word in (*words, "|"):
                if set(word) <= set("|>&"):
                    if call[:1] == ["dipread"]:
                        yield call[1:]
                    call = []
                else:
                    call.append(word)


def test_the_papers_hold_commands() -> None:
    assert sum(1 for paper in PAPERS for _ in commands(paper)) > 40


@each_paper
def test_every_command_of_a_page_can_be_given(paper: Path) -> None:
    for call in commands(paper):
        try:
            parse(without_dashes(call))
        except SystemExit:
            pytest.fail(f"{paper.name}: dipread {shlex.join(call)}")


@each_paper
def test_every_link_of_a_page_leads_to_a_file(paper: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", paper.read_text(encoding="utf-8")):
        assert "://" in link or (paper.parent / link).exists(), link


def test_every_name_of_a_flavour_is_told() -> None:
    page = (DOCS / "export.md").read_text(encoding="utf-8")
    for part, names in NAMES.items():
        rows = [line for line in page.split("\n") if line.startswith(f"| `{part}` |")]
        told = f"| {' '.join(f'`{name}`' for name in names)} |"
        assert any(row.endswith(told) for row in rows), part


def test_every_format_of_an_export_is_told() -> None:
    page = (DOCS / "export.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in WAYS)
