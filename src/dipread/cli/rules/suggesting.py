"""`dipread rules suggest`: terms that confirmed stories have in common."""

from __future__ import annotations

import argparse
import json

from msgspec.structs import asdict

from dipread.cli.columns import columns
from dipread.cli.context import library
from dipread.query import read_verdict
from dipread.rules.assessing import suggested


def suggest(arguments: argparse.Namespace) -> int:
    """Phrases for a label, the most telling first."""
    desk = library(arguments)
    label = read_verdict(arguments.label, desk.vocabulary)
    with desk.open() as store:
        found = suggested(store, desk.knowledge, label.kind, label.code, arguments.top)
    if arguments.format == "jsonl":
        for each in found:
            print(json.dumps(asdict(each), ensure_ascii=False))
        return 0
    rows: list[tuple[str, ...]] = [("odds", "for", "wrong", "elsewhere", "phrase")]
    for each in found:
        counts = map(str, (each.confirmed, each.wrong, each.elsewhere))
        rows.append((f"{each.surprise:.1f}", *counts, each.phrase))
    for line in columns(rows, right=frozenset(range(4))):
        print(line)
    return 0
