"""The commands that fetch, and that tend the list of feeds."""

from __future__ import annotations

import argparse
from pathlib import Path

from dipread.cli.arguments.parts import Command, commands, formats, listing, number, screen

NAMED = "part of its title or publisher, or its address"


def add_feeds(command: Command) -> None:
    """The commands that fetch, and that tend the list of feeds; each sets `verb` to the function that does it."""
    demo = command(
        "demo",
        "screen.open_demo",
        "open the screen on a sample desk, offline, in a database of its own",
    )
    demo.add_argument("--fetch", action="store_true", help="only fetch the sample feeds")
    demo.add_argument("urls", nargs="*", metavar="URL", help=argparse.SUPPRESS)
    formats(demo, "table", "jsonl")
    screen(demo)

    fetch = command("fetch", "fetching.fetch", "fetch feeds, tag and store what is new")
    fetch.add_argument(
        "names",
        nargs="*",
        metavar="FEED",
        help=f"{NAMED}; all if none",
    )
    fetch.add_argument("--url", help="fetch this address, listed or not, and print its new stories")
    fetch.add_argument("--due", action="store_true", help="only feeds whose usual interval is over")
    formats(fetch, "table", "jsonl")

    _add_list(
        command("feeds", "subscribing.list_feeds", "list feeds and how they fare; find, add, check")
    )

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
    formats(watch, "table", "jsonl")


def _add_list(feeds: argparse.ArgumentParser) -> None:
    """The commands about the list of feeds; `dipread feeds` alone lists them."""
    listing(feeds)
    command = commands(feeds, "subscribing.", required=False)

    listing(command("list", "list_feeds", "list the feeds and how they fare"))

    find = command("find", "find", "the feeds at an address, or on the site that it belongs to")
    find.add_argument("address", metavar="URL", help="of a feed, a page or a site")
    listing(find)

    add = command("add", "add", "put the feed of an address or site on your list")
    add.add_argument("address", metavar="URL", help="of a feed, a page or a site")
    add.add_argument("--pick", type=number, metavar="N", help="which, where a site has several")
    for name, says in (
        ("title", "what the list calls it"),
        ("publisher", "who stands behind it"),
        ("country", "where the publisher sits: JP, or INT"),
        ("kind", "official, igo, wire, press, think-tank or sector"),
        ("language", "what it is written in: en, fr, ja"),
        ("group", "the heading it stands under (My feeds)"),
    ):
        add.add_argument(f"--{name}", help=says)

    remove = command("remove", "remove", "take a feed off your list; its stories and notes stay")
    remove.add_argument("name", metavar="FEED", help=NAMED)
    remove.add_argument(
        "--with-stories",
        action="store_true",
        help="and its stories, but for those that you noted, starred or tagged; dipread undo brings all back",
    )

    take = command(
        "import", "bring_in", "put the feeds of an OPML file, or of newsboat's urls, on your list"
    )
    take.add_argument("file", type=Path, metavar="FILE", help="what the other program wrote")
    take.add_argument("--dry-run", action="store_true", help="only say what would be")

    give = command("export", "give_out", "write your list as OPML, without any password")
    give.add_argument("-o", "--output", type=Path, metavar="FILE", help="stdout if none")

    move = command("move", "move", "give a feed the address that its server says it has for good")
    move.add_argument("name", metavar="FEED", help=NAMED)
    move.add_argument(
        "address", nargs="?", metavar="URL", help="that address, if its server has not said it"
    )

    check = command("check", "check", "ask feeds how they fare: a verdict, the reason, what to do")
    check.add_argument("names", nargs="*", metavar="FEED", help=f"{NAMED}; all if none")
    listing(check)
