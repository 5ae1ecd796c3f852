"""What the commands about rules share."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dipread.library import Library
from dipread.rules.rulebook import Rulebook
from dipread.store import Store


@contextmanager
def archive(desk: Library) -> Iterator[Store | None]:
    """The archive if there is one; none is made for a question about rules."""
    if not desk.config.database.exists():
        yield None
        return
    with desk.open() as store:
        yield store


def trying(desk: Library, files: list[Path]) -> tuple[Rulebook, list[str]]:
    """The rules with these files applied, and the names that the files have there; all of rules.d if none."""
    rules = desk.rulebook
    for file in files:
        rules = rules.trying(file)
    return rules, [str(rules.place_of(file)) for file in files] or sorted(rules.own)


def most_of(arguments: argparse.Namespace) -> int | None:
    """How many stories to look at; None for all."""
    return None if arguments.all else int(arguments.newest)
