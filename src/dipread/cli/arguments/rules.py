"""The commands about rules."""

from __future__ import annotations

import argparse
from pathlib import Path

from dipread.cli.arguments.parts import commands, formats, newest, number


def add_rules(rules: argparse.ArgumentParser) -> None:
    """The commands about rules."""
    command = commands(rules, "rules.", required=True)

    table = command(
        "list", "listing.list_rules", "list every rule: its file, languages, terms, and state"
    )
    table.add_argument(
        "which", nargs="?", metavar="KIND|ID", help="sector, person, ... or the id of a rule"
    )
    formats(table, "table", "json", "jsonl")

    lint = command(
        "lint",
        "linting.lint",
        "name what is wrong or odd in your rules, with file, line and reason (exit 1: doubts, 2: faults)",
    )
    lint.add_argument("files", nargs="*", type=Path, metavar="FILE", help="all of rules.d if none")
    formats(lint, "table", "jsonl")

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
    newest(test)
    formats(test, "table", "json")

    preview = command(
        "preview",
        "previewing.preview",
        "show what a file of rules would change over the archive; nothing is written",
    )
    preview.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="what retag would change if none"
    )
    newest(preview)
    formats(preview, "table", "json", "jsonl")

    apply = command(
        "apply",
        "previewing.apply",
        "check, test and preview a file of rules, and put it into rules.d",
    )
    apply.add_argument("file", type=Path, metavar="FILE", help="a file of rules, NAME.toml")
    apply.add_argument("--retag", action="store_true", help="bring the archive to it at once")
    newest(apply)

    suggest = command(
        "suggest",
        "suggesting.suggest",
        "suggest terms for a label, from the stories you confirmed to have it",
    )
    suggest.add_argument("label", metavar="LABEL", help="such as sector:trade")
    suggest.add_argument("--top", type=number, default=20, metavar="N", help="at most N (20)")
    formats(suggest, "table", "jsonl")
