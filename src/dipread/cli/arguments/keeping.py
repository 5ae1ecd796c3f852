"""The commands that look after the archive and the settings."""

from __future__ import annotations

from dipread.cli.arguments.parts import Command


def add_keeping(command: Command) -> None:
    """The commands that look after the archive and the settings; each sets `verb` to the function that does it."""
    config = command(
        "config", "settings.settings", "say where things live, or check the files you wrote"
    )
    config.add_argument("what", choices=("path", "check"))

    doctor = command(
        "doctor", "examining.doctor", "look over settings, rules and the archive, page by page"
    )
    doctor.add_argument(
        "--repair",
        action="store_true",
        help="make the index of words and the catalogue again from the tables",
    )
