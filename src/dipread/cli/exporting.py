"""`dipread export`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from dipread.cli.context import library, question

EMPTY = 4
WORDS = {
    "written": "written",
    "rewritten": "brought up to date",
    "unchanged": "unchanged",
    "appended": "edited by you and kept, with the new version below your text",
    "beside": "written under another name, as a file of yours has theirs",
}


def export(arguments: argparse.Namespace) -> int:
    """Write the stories that match as Markdown, one file each; their paths are the output."""
    desk = library(arguments)
    query = question(desk, arguments)
    folder = arguments.output or desk.config.export_folder
    done: Counter[str] = Counter()
    with desk.open() as store:
        for exported in desk.export(query, folder.expanduser(), store, desk.now()):
            done[exported.did] += 1
            print(exported.path)
    if not arguments.quiet:
        said = [f"{done[did]} {words}" for did, words in WORDS.items() if done[did]]
        line = f"{'; '.join(said)} (in {folder})" if said else "nothing matched"
        sys.stderr.write(f"dipread: {line}\n")
    return EMPTY if arguments.fail_if_empty and not done else 0
