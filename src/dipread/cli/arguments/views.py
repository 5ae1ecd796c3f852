"""The commands about saved queries."""

from __future__ import annotations

import argparse
from pathlib import Path

from dipread.cli.arguments.parts import commands, listing, query


def add_views(views: argparse.ArgumentParser) -> None:
    """The commands about saved queries."""
    command = commands(views, "viewing.", required=True)

    listing(command("list", "list_views", "list the views in order, with unread and all stories"))

    save = command("save", "save", "save a query under a name, or change what a view asks")
    save.add_argument("name", metavar="NAME", help="what it is called, as in view:NAME")
    query(save)
    save.add_argument("--alert", action="store_true", help="tell of it when a fetch brings news")

    remove = command("remove", "remove", "forget a view")
    remove.add_argument("name", metavar="NAME", help="as dipread views list gives it")

    order = command("order", "order", "put these views first, in this order")
    order.add_argument("names", nargs="+", metavar="NAME", help="the others follow as they were")

    export = command("export", "export", "write all views as TOML")
    export.add_argument("file", nargs="?", type=Path, metavar="FILE", help="stdout if none")

    take = command("import", "bring_in", "take in views that were exported")
    take.add_argument("file", type=Path, metavar="FILE", help="what dipread views export wrote")
