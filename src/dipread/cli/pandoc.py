"""Markdown made into a page or a paper by pandoc, where it is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from dipread.errors import DipreadError

ENGINES = ("weasyprint", "wkhtmltopdf", "tectonic", "xelatex", "pdflatex", "lualatex")
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
    command += ["--standalone", "--metadata", "title=dipread", "--output", str(path.absolute())]
    if format == "pdf":
        engine = next((each for each in ENGINES if shutil.which(each)), None)
        if engine is None:
            raise DipreadError(
                f"pandoc finds no program to make PDF with (looked for {', '.join(ENGINES)})",
                "Install one of them, or export with --format html and print that.",
            )
        command += ["--pdf-engine", engine]
    try:
        done = subprocess.run(
            [*command, "--to", "html5" if format == "html" else "pdf"],
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
        said = next(iter(done.stderr.strip().splitlines()), "no reason given")
        raise DipreadError(
            f"pandoc could not write {path}: {said}", "See above, or use --format md."
        )
