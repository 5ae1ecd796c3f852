"""What the command line takes. Imports nothing of ours but itself, so that --help is quick."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from dipread.cli.arguments.parts import commands, common, screen

DESCRIPTION = "Read diplomatic news in the terminal: tagged by country, pair and sector, with the words that prove each tag."
EPILOG = (
    "exit codes: 0 done, 1 error, 2 wrong usage or query, 3 some feeds failed, 4 nothing matched"
    " (with --fail-if-empty), 5 database busy, 6 database newer than this program, 130 interrupted"
)
_UNSAID = {
    "verb": "screen.open_screen",
    "db": None,
    "feeds_file": None,
    "quiet": False,
    "offline": False,
    "colour": True,
    "query": "",
    "theme": "",
    "plain": False,
}


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What the arguments say; exits with 2 and a word on stderr when they can't be read.

    The screen is asked for without a command, and does not wait for the parsers of all commands.
    """
    bare = argparse.ArgumentParser(
        "dipread", parents=[common()], add_help=False, exit_on_error=False
    )
    bare.set_defaults(**_UNSAID)
    try:
        given, rest = bare.parse_known_args(argv)
    except argparse.ArgumentError:
        return parser().parse_args(argv)
    return parser().parse_args(argv) if rest else given


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; each sets `verb` to the function that does it."""
    from dipread.cli.arguments.feeds import add_feeds
    from dipread.cli.arguments.handing import add_handing
    from dipread.cli.arguments.keeping import add_keeping
    from dipread.cli.arguments.notes import add_journal, add_notes
    from dipread.cli.arguments.rules import add_rules
    from dipread.cli.arguments.stories import add_stories
    from dipread.cli.arguments.tagging import add_tagging
    from dipread.cli.arguments.views import add_views

    whole = argparse.ArgumentParser(
        "dipread", description=DESCRIPTION, epilog=EPILOG, parents=[common()]
    )
    whole.add_argument("-V", "--version", action="store_true", help="print the version")
    screen(whole)
    whole.set_defaults(**_UNSAID)
    command = commands(whole, "", required=False)
    add_feeds(command)
    add_stories(command)
    add_tagging(command)
    add_notes(command("note", "note", "write, change, list and take in notes"))
    add_journal(command)
    add_handing(command)
    add_rules(command("rules", "rules", "list, check, test, preview and apply the rules that tag"))
    add_views(command("views", "views", "save queries by name, list them, carry them elsewhere"))
    add_keeping(command)
    return whole
