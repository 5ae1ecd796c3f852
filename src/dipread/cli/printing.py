"""Listings in every format: lines for people, JSON, CSV and Markdown for programs and papers."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from dipread.errors import DipreadError
from dipread.export import cell, guarded

Record = Mapping[str, Any]


def print_listing(
    arguments: argparse.Namespace, records: Iterable[Record], line: Callable[[Record], str]
) -> int:
    """Print records in the format asked for, to the file asked for; how many there were.

    `line` makes a record a line of the table; every record has the keys of the first one.
    """
    with output(arguments) as out:
        count = 0

        def counted() -> Iterator[Record]:
            nonlocal count
            for record in records:
                count += 1
                yield record

        _WRITERS[arguments.format](out, counted(), line)
        return count


@contextmanager
def output(arguments: argparse.Namespace) -> Iterator[TextIO]:
    """stdout, or the file of --output."""
    path: Path | None = getattr(arguments, "output", None)
    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
    except OSError as fault:
        raise DipreadError(
            f"{path}: can't be written: {fault.strerror}", "Name another file with -o."
        ) from None


def _table(out: TextIO, records: Iterator[Record], line: Callable[[Record], str]) -> None:
    for record in records:
        out.write(line(record) + "\n")


def _json(out: TextIO, records: Iterator[Record], line: Callable[[Record], str]) -> None:
    out.write("[")
    for number, record in enumerate(records):
        out.write((",\n " if number else "") + json.dumps(record, ensure_ascii=False))
    out.write("]\n")


def _jsonl(out: TextIO, records: Iterator[Record], line: Callable[[Record], str]) -> None:
    for record in records:
        out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _csv(out: TextIO, records: Iterator[Record], line: Callable[[Record], str]) -> None:
    """As RFC 4180 has it, with a line of names; no cell is taken for a formula."""
    names, rows = _rows(records)
    writer = csv.writer(out)
    if names:
        writer.writerow(names)
    writer.writerows([guarded(each) for each in row] for row in rows)


def _markdown(out: TextIO, records: Iterator[Record], line: Callable[[Record], str]) -> None:
    names, rows = _rows(records)
    if names:
        out.write(f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n")
    for row in rows:
        out.write(f"| {' | '.join(map(cell, row))} |\n")


def _rows(records: Iterator[Record]) -> tuple[list[str], Iterator[list[str]]]:
    """The names of the columns, and their values as texts: lists in one cell, nothing for None."""
    first = next(records, None)
    if first is None:
        return [], iter(())
    names = list(first)
    return names, ([_text(each.get(name)) for name in names] for each in chain((first,), records))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return str(value)


_WRITERS: Mapping[str, Callable[[TextIO, Iterator[Record], Callable[[Record], str]], None]] = {
    "table": _table,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "md": _markdown,
}
