"""`dipread log`, `undo` and `redo`: what the reader did."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping

from dipread.cli.context import library
from dipread.cli.printing import Record, print_listing
from dipread.cli.records import instant
from dipread.errors import DipreadError
from dipread.library import Library
from dipread.store import Entry, How, Store, Turned

BEFORE: Mapping[How, str] = {"do": "", "undo": "undone: ", "redo": "done again: "}
"""What stands before the words for what was done."""
NAMED = 20
"""So many stories of an entry are named by their links; another machine knows them by these."""


def log(arguments: argparse.Namespace) -> int:
    """What was done, last first."""
    with library(arguments).open() as store:
        if arguments.note:
            uuid = store.annotations.one(arguments.note).uuid
            entries: Iterable[Entry] = store.annotations.history(uuid)
        else:
            entries = store.journal.entries(limit=arguments.limit)
        print_listing(arguments, _records(store, entries), _line)
    return 0


def _records(store: Store, entries: Iterable[Entry]) -> Iterator[Record]:
    for each in entries:
        change = each.change
        few = [*change.stories][:NAMED]
        yield {
            "seq": each.seq,
            "id": each.id,
            "made": instant(each.made),
            "author": each.author,
            "how": each.how,
            "of": each.origin,
            "what": each.what,
            "kind": change.kind,
            "key": change.key,
            "before": change.before,
            "after": change.after,
            "stories": len(change.stories),
            "links": [row.link for row in store.stories.rows(few)],
            "titles": [row.title for row in store.stories.rows(few)],
        }


def _line(entry: Record) -> str:
    about = f"  “{entry['titles'][0]}”" if entry["stories"] == 1 and entry["titles"] else ""
    return f"{entry['seq']:>6} {entry['made'][:16].replace('T', ' ')} {BEFORE[entry['how']]}{entry['what']}{about}"


def undo(arguments: argparse.Namespace) -> int:
    """Take back the last thing."""
    return _turn(arguments, Library.undo, "undo")


def redo(arguments: argparse.Namespace) -> int:
    """Do the last undone thing again."""
    return _turn(arguments, Library.redo, "redo")


def _turn(
    arguments: argparse.Namespace, turns: Callable[[Library, Store], Turned | None], how: How
) -> int:
    desk = library(arguments)
    with desk.open() as store:
        turned = turns(desk, store)
        if turned is None:
            raise DipreadError(f"there is nothing to {how}", "See: dipread log")
        for part in turned.rest:
            store.journal.go_on(part)
        print(BEFORE[how] + turned.what)
    return 0
