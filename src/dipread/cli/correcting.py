"""`dipread label` and `dipread retag`: a person's word on tags, and tags made anew."""

from __future__ import annotations

import argparse
import re
import sys

from dipread.cli.context import library
from dipread.cli.outdated import warn_if_outdated
from dipread.cli.progress import progress
from dipread.errors import UsageError
from dipread.library import Library
from dipread.model import StoryId
from dipread.query import Said, read_verdict
from dipread.rules.retagging import stale
from dipread.store import Retagged
from dipread.text.plural import plural


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


def _verdict(desk: Library, word: str) -> Said:
    """`+sector:trade` read; the command line hands on `-x:y` as `NOT x:y`. Raises UsageError."""
    word = re.sub("^NOT ", "-", word)
    if word[:1] not in ("+", "-"):
        raise UsageError(
            f"'{word}' is no verdict",
            "Write +sector:trade for a tag that holds, -country:GE for one that does not.",
        )
    return read_verdict(word, desk.vocabulary)


def retag(arguments: argparse.Namespace) -> int:
    """Tag anew what other rules tagged; may be stopped, and goes on from there."""
    desk = library(arguments)
    with desk.open() as store:
        total = stale(store, desk.rulebook)
    done = Retagged(0, 0)
    with progress("Tagging", total, arguments) as step:
        for done in desk.retag():
            step(done.looked)
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {_said(done)}\n")
    warn_if_outdated(desk)
    return 0


def _said(done: Retagged) -> str:
    if not done.looked:
        return "nothing to do: no rule has changed"
    others = done.looked - done.anew
    return f"{plural(done.anew, 'story', 'stories')} tagged anew; {others:,} hold no word that has changed"
