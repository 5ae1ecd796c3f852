"""The commands that hand stories over."""

from __future__ import annotations

from pathlib import Path

from dipread.cli.arguments.parts import Command, query


def add_handing(command: Command) -> None:
    """The commands that hand stories over; each sets `verb` to the function that does it."""
    export = command(
        "export", "exporting.export", "write the stories that match a query as Markdown files"
    )
    query(export)
    export.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="the folder to write to; ~/dipread, or export_folder of config.toml, if none",
    )
    export.add_argument(
        "--fail-if-empty", action="store_true", help="exit with 4 when nothing matches"
    )
