"""`dipread stats`: how many stories there are by country, sector, day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from dipread.cli.columns import in_cells, shortened
from dipread.cli.context import library, question
from dipread.cli.printing import Record, print_listing
from dipread.errors import EMPTY, UsageError
from dipread.library import Library
from dipread.model import Query
from dipread.query import meant_among
from dipread.store import COUNTED, Store

BAR = 30


def stats(arguments: argparse.Namespace) -> int:
    """Count the stories that match, by what --by names."""
    desk = library(arguments)
    query = question(desk, arguments)
    kinds = list(dict.fromkeys(each.strip() for each in arguments.by.split(",") if each.strip()))
    for kind in kinds:
        if kind not in COUNTED:
            raise UsageError(f"can't count by '{kind}'", meant_among("--by", kind, COUNTED))
    with desk.open() as store:
        records = _records(desk, store, query, kinds, arguments.top)
        told = print_listing(arguments, records, _Lines(len(kinds) > 1).line)
    return EMPTY if arguments.fail_if_empty and not told else 0


def _records(
    desk: Library, store: Store, query: Query, kinds: list[str], top: int | None
) -> Iterator[Record]:
    for kind in kinds:
        counts = store.stories.counts(query, kind)
        most = max(counts.values(), default=0)
        for code, stories in list(counts.items())[:top]:
            yield {
                "by": kind,
                "code": code,
                "label": desk.vocabulary.label("country" if kind == "about" else kind, code),
                "stories": stories,
                "share_of_most": round(stories / most, 4),
            }


class _Lines:
    """The lines of the table; a heading where another kind begins, if there are several."""

    def __init__(self, headings: bool) -> None:
        self._headings = headings
        self._kind = ""

    def line(self, record: Record) -> str:
        """A label, its count, and a bar."""
        heading = ""
        if self._headings and record["by"] != self._kind:
            heading = ("\n" if self._kind else "") + f"{record['by'].upper()}\n"
            self._kind = record["by"]
        bar = "█" * max(1, round(BAR * record["share_of_most"]))
        return f"{heading}{in_cells(shortened(record['label'], 28), 28)} {record['stories']:>9,}  {bar}"
