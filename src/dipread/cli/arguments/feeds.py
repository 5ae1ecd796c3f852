"""The commands that fetch, and that tend the list of feeds."""

from __future__ import annotations

import argparse

from dipread.cli.arguments.parts import Command, formats, listing, number, screen


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
        help="part of a feed's title or publisher, or its address; all if none",
    )
    fetch.add_argument("--url", help="fetch this address, listed or not, and print its new stories")
    fetch.add_argument("--due", action="store_true", help="only feeds whose usual interval is over")
    formats(fetch, "table", "jsonl")

    feeds = command("feeds", "reading.list_feeds", "list the feeds and how they fare")
    feeds.add_argument("what", nargs="?", choices=("list",), default="list", metavar="list")
    listing(feeds)

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
