"""The commands that parse and tag."""

from __future__ import annotations

from pathlib import Path

from dipread.cli.arguments.parts import Command


def add_tagging(command: Command) -> None:
    """The commands that parse and tag; each sets `verb` to the function that does it."""
    parse = command(
        "parse",
        "pipes.parse",
        "print the stories of a feed's bytes as JSON lines; nothing is stored",
    )
    parse.add_argument("file", nargs="?", type=Path, metavar="FILE", help="stdin if none")

    tag = command(
        "tag",
        "pipes.tag",
        "read stories as JSON lines, write them with tags and evidence; nothing is stored",
    )
    tag.add_argument("file", nargs="?", type=Path, metavar="FILE", help="stdin if none")

    command(
        "retag",
        "correcting.retag",
        "tag anew the stories that other rules tagged; may be stopped and goes on",
    )
