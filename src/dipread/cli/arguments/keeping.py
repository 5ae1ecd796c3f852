"""The commands that look after the archive and the settings."""

from __future__ import annotations

from pathlib import Path

from dipread.cli.arguments.parts import Command, port, screen


def add_keeping(command: Command) -> None:
    """The commands that look after the archive and the settings; each sets `verb` to the function that does it."""
    config = command(
        "config", "settings.settings", "say where things live, or check the files you wrote"
    )
    config.add_argument(
        "what",
        choices=("path", "check"),
        help="path: where things live; check: is all well written?",
    )

    doctor = command(
        "doctor", "examining.doctor", "look over settings, rules and the archive, page by page"
    )
    doctor.add_argument(
        "--repair",
        action="store_true",
        help="make the index of words and the catalogue again from the tables",
    )

    command("index", "examining.index", "index the words of stories that still wait for it")

    serve = command("serve", "serving.serve", "show the screen in a browser on this machine")
    serve.add_argument(
        "--port", type=port, default=8765, metavar="N", help="the port to serve on (8765)"
    )
    serve.add_argument("--demo", action="store_true", help="the sample desk instead")
    screen(serve, plain=False)

    backup = command(
        "backup",
        "copying.backup",
        "write the archive, with all you wrote, and your settings into one file",
    )
    backup.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="one in the backups folder if none"
    )
    backup.add_argument("--force", action="store_true", help="replace a file that is there")

    restore = command(
        "restore",
        "copying.restore",
        "check a file that backup wrote and put archive and settings in their place; what was there is kept",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what dipread backup wrote")
    restore.add_argument(
        "--archive-only", action="store_true", help="leave the settings as they are"
    )
