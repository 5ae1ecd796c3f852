"""Markdown made into a page or a paper by pandoc, where it is there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from dipread import data
from dipread.errors import DipreadError

STYLED = ("weasyprint", "wkhtmltopdf")
ENGINES = (*STYLED, "tectonic", "xelatex", "pdflatex", "lualatex")
"""Programs that make PDF, the `STYLED` from a page with a style sheet, the others by LaTeX."""
STYLE = "paper.css"
PATIENCE = 300


def convert(markdown: str, format: str, path: Path) -> None:
    """Write Markdown as `html` or `pdf`. Raises DipreadError, saying what is missing.

    Our Markdown comes by stdin, raw HTML in it means nothing, and pandoc reads no other file.
    """
    if shutil.which("pandoc") is None:
        raise DipreadError(
            f"{format} is made by pandoc, which is not installed",
            "Install pandoc, or export with --format md.",
        )
    command = ["pandoc", "--sandbox", "--from", "commonmark_x-raw_html-raw_attribute"]
    command += ["--standalone", "--metadata", "pagetitle=dipread", "--output", str(path.absolute())]
    engine = _engine() if format == "pdf" else ""
    command += ["--to", "pdf", "--pdf-engine", engine] if engine else ["--to", "html5"]
    with NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as header:
        if not engine or engine in STYLED:
            header.write(f"<style>\n{data.read(STYLE)}</style>\n")
            header.flush()
            command += ["--include-in-header", header.name]
        _run(command, markdown, path)


def _engine() -> str:
    engine = next((each for each in ENGINES if shutil.which(each)), None)
    if engine is None:
        raise DipreadError(
            f"pandoc finds no program to make PDF with (looked for {', '.join(ENGINES)})",
            "Install one: apt install weasyprint, brew install weasyprint, or pipx install weasyprint;"
            " or export with --format html and print that.",
        )
    return engine


def _run(command: Sequence[str], markdown: str, path: Path) -> None:
    try:
        done = subprocess.run(
            command,
            input=markdown,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DipreadError(
            f"pandoc was not done within {PATIENCE} seconds", "Export fewer stories at once."
        ) from None
    if done.returncode:
        said = (done.stderr.strip() or "no reason given").splitlines()[-1]  # warnings come before
        raise DipreadError(
            f"pandoc could not write {path}: {said}", "Name another file, or use --format md."
        )
