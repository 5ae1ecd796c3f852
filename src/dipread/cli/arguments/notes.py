"""The commands about what the reader wrote and did."""

from __future__ import annotations

import argparse
from pathlib import Path

from dipread.cli.arguments.parts import Command, commands, listing, number

TYPES = ("note", "fact", "assessment", "question", "to-do")
NOTE = "the id of the note, or its beginning, as dipread note list gives it"
CONFIDENCE = ("likely", "confirmed", "doubtful")


def add_notes(notes: argparse.ArgumentParser) -> None:
    """The commands about notes."""
    command = commands(notes, "noting.", required=True)

    add = command("add", "add", "write a note on a story, or on words of it")
    add.add_argument("story", type=number, metavar="STORY", help="the number of the story")
    add.add_argument(
        "text", nargs="?", metavar="TEXT", help="the note; from stdin for -, from $EDITOR if none"
    )
    add.add_argument("--quote", metavar="WORDS", help="the words of the story that it is on")
    _fields(add)

    edit = command("edit", "edit", "change a note; its history is kept")
    edit.add_argument("id", metavar="NOTE", help=NOTE)
    edit.add_argument(
        "text",
        nargs="?",
        metavar="TEXT",
        help="the words; - for stdin; $EDITOR if nothing else is given",
    )
    _fields(edit)

    table = command("list", "list_notes", "list notes, newest first")
    table.add_argument("words", nargs="*", metavar="WORDS", help="words of the note or the quote")
    table.add_argument("--type", choices=TYPES, help="only those of this type")
    table.add_argument("--tag", default="", metavar="TAG", help="only those with this tag")
    table.add_argument("--due", metavar="DATE", help="due then or before: 2026-12-01, today, 7d")
    table.add_argument("--orphan", action="store_true", help="whose quote lost its place")
    table.add_argument("--open", action="store_true", help="not done")
    listing(table)

    done = command("done", "done", "say that a note was seen to")
    done.add_argument("id", metavar="NOTE", help=NOTE)
    done.add_argument("--not", dest="undone", action="store_true", help="it was not, after all")

    place = command(
        "place", "place", "show where a lost quote may stand now, or give it that place"
    )
    place.add_argument("id", metavar="NOTE", help=NOTE)
    place.add_argument("candidate", nargs="?", type=number, metavar="N", help="the one to take")

    remove = command("remove", "remove", "take a note away; dipread undo brings it back")
    remove.add_argument("id", metavar="NOTE", help=NOTE)

    show = command("show", "show", "show a note and all that it ever said")
    show.add_argument("id", metavar="NOTE", help=NOTE)

    take = command("import", "bring_in", "take in notes that dipread export --format jsonl wrote")
    take.add_argument("file", type=Path, metavar="FILE", help="what was exported; - for stdin")


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--type", choices=TYPES, help="what it is (note)")
    parser.add_argument("--confidence", choices=CONFIDENCE, help="of an assessment")
    parser.add_argument("--tag", action="append", metavar="TAG", help="may be given several times")
    parser.add_argument("--due", metavar="DATE", help="2026-12-01, today, 7d; none takes it away")


def add_journal(command: Command) -> None:
    """The commands about what was done."""
    log = command("log", "journal.log", "list what you did, last first")
    log.add_argument("-n", "--limit", type=number, metavar="N", help="at most N entries")
    log.add_argument("--note", default="", metavar="NOTE", help="only what was done to a note")
    listing(log)
    command("undo", "journal.undo", "take back the last thing you did")
    command("redo", "journal.redo", "do again what was undone last")
