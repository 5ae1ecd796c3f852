"""`dipread label` and `dipread retag`: a person's word on tags, and tags made anew."""

from __future__ import annotations

import argparse
import re
import sys
from typing import cast

from dipread.cli.context import library
from dipread.cli.progress import progress
from dipread.errors import UsageError
from dipread.library import Library
from dipread.model import Has, StoryId, TagKind

_WORD = re.compile(r"(\+|NOT )(.+)", re.DOTALL)  # the command line hands on -x:y as NOT x:y
KINDS = ("country", "pair", "sector", "event", "forum")


def label(arguments: argparse.Namespace) -> int:
    """Say that tags of a story hold (+sector:trade) or do not (-country:GE)."""
    desk = library(arguments)
    words = [_verdict(desk, each) for each in arguments.verdicts]
    with desk.open() as store:
        for kind, code, holds in words:
            said = store.tagging.judge(
                StoryId(arguments.id), kind, code, holds, desk.tag, desk.knowledge.hash
            )
            print(f"{said.story} {kind}:{code} {said.says}")
    return 0


def _verdict(desk: Library, word: str) -> tuple[TagKind, str, bool]:
    """`+sector:trade` as kind, code and whether it holds; raises UsageError."""
    found = _WORD.fullmatch(word)
    asked = desk.parse(found[2]) if found else None
    if (
        not found
        or not isinstance(asked, Has)
        or asked.field not in KINDS
        or len(asked.values) != 1
    ):
        raise UsageError(
            f"'{word}' is no verdict",
            "Write +sector:trade for a tag that holds, -country:GE for one that does not.",
        )
    return cast("TagKind", asked.field), asked.values[0], found[1] == "+"


def retag(arguments: argparse.Namespace) -> int:
    """Tag anew what other rules tagged; may be stopped, and goes on from there."""
    desk = library(arguments)
    with desk.open() as store:
        stale = store.tagging.stale(desk.knowledge.hash)
    done = 0
    with progress("Tagging", stale, arguments) as step:
        for done in desk.retag():
            step(done)
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {done:,} stories tagged anew\n")
    return 0
