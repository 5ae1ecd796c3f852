"""What the command line takes. Imports nothing of ours, so that --help is quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

DESCRIPTION = "Read diplomatic news in the terminal: tagged by country, pair and sector, with the words that prove each tag."
EPILOG = (
    "exit codes: 0 done, 1 error, 2 wrong usage or query, 3 some feeds failed, 4 nothing matched"
    " (with --fail-if-empty), 5 database busy, 6 database newer than this program, 130 interrupted"
)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; each sets `verb` to the function that does it."""
    whole = argparse.ArgumentParser(
        "dipread", description=DESCRIPTION, epilog=EPILOG, parents=[_common()]
    )
    whole.add_argument("-V", "--version", action="store_true", help="print the version")
    whole.set_defaults(
        verb="screen.open_screen",
        db=None,
        feeds_file=None,
        quiet=False,
        offline=False,
        colour=True,
        query="",
    )
    command = _commands(whole, "", required=False)

    demo = command(
        "demo",
        "screen.open_demo",
        "open the screen on a sample desk, offline, in a database of its own",
    )
    demo.add_argument("--fetch", action="store_true", help="only fetch the sample feeds")
    demo.add_argument("urls", nargs="*", metavar="URL", help=argparse.SUPPRESS)
    _formats(demo, "table", "jsonl")

    fetch = command("fetch", "fetching.fetch", "fetch feeds, tag and store what is new")
    fetch.add_argument(
        "names",
        nargs="*",
        metavar="FEED",
        help="part of a feed's title or publisher, or its address; all if none",
    )
    fetch.add_argument("--url", help="fetch this address, listed or not, and print its new stories")
    fetch.add_argument("--due", action="store_true", help="only feeds whose usual interval is over")
    _formats(fetch, "table", "jsonl")

    listing = command(
        "list", "reading.list_stories", "list the stories that match a query, newest first"
    )
    _query(listing)
    listing.add_argument(
        "-n", "--limit", type=number, default=None, metavar="N", help="at most N stories"
    )
    listing.add_argument(
        "--fail-if-empty", action="store_true", help="exit with 4 when nothing matches"
    )
    _listing(listing)

    stats = command(
        "stats", "counting.stats", "count the stories that match by country, sector, day, pair"
    )
    _query(stats)
    stats.add_argument(
        "--by",
        default="country,sector",
        metavar="KIND,...",
        help="country, about, pair, sector, event, forum, person, feed, lang, day, week, month ...",
    )
    stats.add_argument("--top", type=number, metavar="N", help="at most N of each")
    stats.add_argument(
        "--fail-if-empty", action="store_true", help="exit with 4 when nothing matches"
    )
    _listing(stats)

    show = command("show", "reading.show_story", "print one story with its tags and notes")
    show.add_argument("id", type=number, metavar="ID")
    _listing(show)

    why = command(
        "why", "reading.why", "print the tags of a story with the words and rules that earned them"
    )
    why.add_argument("id", type=number, metavar="ID")

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

    label = command(
        "label",
        "correcting.label",
        "say that tags of a story hold or do not; your word outranks every rule",
    )
    label.add_argument("id", type=number, metavar="ID")
    label.add_argument(
        "verdicts",
        nargs="+",
        metavar="VERDICT",
        help="+sector:trade for a tag that holds, -country:GE for one that does not",
    )

    export = command(
        "export", "exporting.export", "write the stories that match a query as Markdown files"
    )
    _query(export)
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

    _rules(command("rules", "rules", "list, check, test, preview and apply the rules that tag"))

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

    feeds = command("feeds", "reading.list_feeds", "list the feeds and how they fare")
    feeds.add_argument("what", nargs="?", choices=("list",), default="list", metavar="list")
    _listing(feeds)

    _views(command("views", "views", "save queries by name, list them, carry them elsewhere"))

    watch = command(
        "watch",
        "watching.watch",
        "fetch again and again; print what is new to views that are alerts",
    )
    watch.add_argument("views", nargs="*", metavar="VIEW", help="all views that are alerts if none")
    watch.add_argument("--once", action="store_true", help="fetch every feed once, then end")
    watch.add_argument(
        "--every", type=number, default=15, metavar="MINUTES", help="how long to wait (15)"
    )
    _formats(watch, "table", "jsonl")
    return whole


def _views(views: argparse.ArgumentParser) -> None:
    """The commands about saved queries."""
    command = _commands(views, "viewing.", required=True)

    _listing(command("list", "list_views", "list the views in order, with unread and all stories"))
    save = command("save", "save", "save a query under a name, or change what a view asks")
    save.add_argument("name", metavar="NAME")
    _query(save)
    save.add_argument("--alert", action="store_true", help="tell of it when a fetch brings news")
    command("remove", "remove", "forget a view").add_argument("name", metavar="NAME")
    order = command("order", "order", "put these views first, in this order")
    order.add_argument("names", nargs="+", metavar="NAME")
    export = command("export", "export", "write all views as TOML")
    export.add_argument("file", nargs="?", type=Path, metavar="FILE", help="stdout if none")
    take = command("import", "bring_in", "take in views that were exported")
    take.add_argument("file", type=Path, metavar="FILE")


def _rules(rules: argparse.ArgumentParser) -> None:
    """The commands about rules."""
    command = _commands(rules, "rules.", required=True)

    listing = command(
        "list", "listing.list_rules", "list every rule: its file, languages, terms, and state"
    )
    listing.add_argument(
        "which", nargs="?", metavar="KIND|ID", help="sector, person, ... or the id of a rule"
    )
    _formats(listing, "table", "json", "jsonl")

    lint = command(
        "lint",
        "linting.lint",
        "name what is wrong or odd in your rules, with file, line and reason (exit 1: doubts, 2: faults)",
    )
    lint.add_argument("files", nargs="*", type=Path, metavar="FILE", help="all of rules.d if none")
    _formats(lint, "table", "jsonl")

    test = command(
        "test",
        "testing.test",
        "try the examples of all rules, and your verdicts (exit 1: an example does not hold)",
    )
    test.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="examples in TOML, or labelled stories as JSON lines, to try instead",
    )
    _newest(test)
    _formats(test, "table", "json")

    preview = command(
        "preview",
        "previewing.preview",
        "show what a file of rules would change over the archive; nothing is written",
    )
    preview.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="what retag would change if none"
    )
    _newest(preview)
    _formats(preview, "table", "json", "jsonl")

    apply = command(
        "apply",
        "previewing.apply",
        "check, test and preview a file of rules, and put it into rules.d",
    )
    apply.add_argument("file", type=Path, metavar="FILE")
    apply.add_argument("--retag", action="store_true", help="bring the archive to it at once")
    _newest(apply)

    suggest = command(
        "suggest",
        "suggesting.suggest",
        "suggest terms for a label, from the stories you confirmed to have it",
    )
    suggest.add_argument("label", metavar="LABEL", help="such as sector:trade")
    suggest.add_argument("--top", type=number, default=20, metavar="N", help="at most N (20)")
    _formats(suggest, "table", "jsonl")


def _commands(
    parser: argparse.ArgumentParser, module: str, *, required: bool
) -> Callable[[str, str, str], argparse.ArgumentParser]:
    """What adds a command to a parser: its name, the function that does it (below `module`), and what it says."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=required)

    def add(name: str, verb: str, says: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=says, description=says[0].upper() + says[1:] + ".", parents=[_common()]
        )
        made.set_defaults(verb=module + verb)
        return made

    return add


def _newest(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-n",
        "--newest",
        type=number,
        default=10_000,
        metavar="N",
        help="look at the newest N stories (10000)",
    )
    command.add_argument("--all", action="store_true", help="look at all of them")


def _common() -> argparse.ArgumentParser:
    """Options that may stand before or after the command; made anew for each, as parsers share their parents' defaults."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("everywhere")
    group.add_argument("--db", type=Path, metavar="FILE", help="the database to use")
    group.add_argument(
        "--feeds", dest="feeds_file", type=Path, metavar="FILE", help="the feeds.toml to use"
    )
    group.add_argument("--offline", action="store_true", help="touch no network")
    group.add_argument(
        "-q", "--quiet", action="store_true", help="no progress, no messages but errors"
    )
    group.add_argument(
        "--no-color", dest="colour", action="store_false", help="no colour (NO_COLOR does the same)"
    )
    return common


def _query(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help='as in the screen: country:JP sector:trade since:3d "exact words"',
    )


def _listing(command: argparse.ArgumentParser) -> None:
    _formats(command, "table", "json", "jsonl", "csv", "md")
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to a file; stdout if none"
    )


def _formats(command: argparse.ArgumentParser, *formats: str) -> None:
    command.add_argument(
        "--format", choices=formats, default=formats[0], help=f"default: {formats[0]}"
    )


def number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
