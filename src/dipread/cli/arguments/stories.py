"""The commands that list, count, show and correct stories."""

from __future__ import annotations

from dipread.cli.arguments.parts import Command, listing, may_be_empty, number, query, story


def add_stories(command: Command) -> None:
    """The commands that list, count, show and correct stories; each sets `verb` to the function that does it."""
    table = command(
        "list", "reading.list_stories", "list the stories that match a query, newest first"
    )
    query(table)
    table.add_argument(
        "-n", "--limit", type=number, default=None, metavar="N", help="at most N stories"
    )
    may_be_empty(table)
    listing(table)

    stats = command(
        "stats", "counting.stats", "count the stories that match by country, sector, day, pair"
    )
    query(stats)
    stats.add_argument(
        "--by",
        default="country,sector",
        metavar="KIND,...",
        help="country, about, pair, sector, event, forum, person, feed, lang, day, week, month ...",
    )
    stats.add_argument("--top", type=number, metavar="N", help="at most N of each")
    may_be_empty(stats)
    listing(stats)

    show = command("show", "reading.show_story", "print one story with its tags and notes")
    story(show)
    listing(show)

    why = command(
        "why", "reading.why", "print the tags of a story with the words and rules that earned them"
    )
    story(why)

    label = command(
        "label",
        "correcting.label",
        "say that tags of a story hold or do not; your word outranks every rule",
    )
    story(label)
    label.add_argument(
        "verdicts",
        nargs="+",
        metavar="VERDICT",
        help="+sector:trade for a tag that holds, -country:GE for one that does not",
    )
