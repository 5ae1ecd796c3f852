"""The commands that hand stories over."""

from __future__ import annotations

from pathlib import Path

from dipread.cli.arguments.parts import Command, query

GROUPS = ("story", "pair", "country", "sector", "day", "week", "none")


def add_handing(command: Command) -> None:
    """The commands that hand stories over; each sets `verb` to the function that does it."""
    export = command(
        "export",
        "exporting.export",
        "write the stories that match a query as Markdown files, or their annotations for other programs",
    )
    query(export)
    export.add_argument(
        "--format",
        choices=("md", "jsonl", "w3c", "csl", "csv", "html", "pdf"),
        default="md",
        help="md (default); annotations as jsonl, w3c, csv; stories as csl; html and pdf by pandoc",
    )
    export.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="the folder to write to (md), else the file; ~/dipread, or export_folder of config.toml, or stdout",
    )
    export.add_argument(
        "--group", choices=GROUPS, default="story", help="one file for each of these (story)"
    )
    export.add_argument(
        "--flavour",
        metavar="NAME",
        help="obsidian (default), plain, logseq, or NAME.toml of your templates folder",
    )
    export.add_argument(
        "--include",
        metavar="PART,...",
        help="front, evidence, notes, tables (these are in), summary, text; -PART leaves one out",
    )
    export.add_argument(
        "--dry-run", action="store_true", help="write nothing; print what would change, as diff -u"
    )
    export.add_argument(
        "--fail-if-empty", action="store_true", help="exit with 4 when nothing matches"
    )
