"""`dipread export`: files of Markdown, or one stream for another program."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TextIO, get_args

from dipread.cli.context import library, question
from dipread.cli.printing import output
from dipread.errors import EMPTY, UsageError
from dipread.library import Library
from dipread.model import And, ExportPlan, Has, Include, Query, StoryDetail
from dipread.store import Store

WORDS = {
    "written": "written",
    "rewritten": "brought up to date",
    "unchanged": "unchanged",
    "appended": "edited by you and kept, with the new version below your text",
    "beside": "written under another name, as a file of yours has theirs",
}


def export(arguments: argparse.Namespace) -> int:
    """Write the stories that match: as Markdown files, whose paths are the output, or in another format."""
    desk = library(arguments)
    query = question(desk, arguments)
    with desk.open() as store:
        count = WAYS[arguments.format](arguments, desk, query, store)
    if not count and not arguments.quiet:
        sys.stderr.write("dipread: nothing matched\n")
    return EMPTY if arguments.fail_if_empty and not count else 0


def _files(arguments: argparse.Namespace, desk: Library, query: Query, store: Store) -> int:
    from dipread.export import difference

    folder = (arguments.output or desk.config.export_folder).expanduser()
    done: Counter[str] = Counter()
    made = desk.export(query, folder, store, desk.now(), plan(arguments), dry=arguments.dry_run)
    for each in made:
        done[each.did] += 1
        if arguments.dry_run:
            sys.stdout.write(difference(each))
        else:
            print(each.path)
    if done and not arguments.quiet:
        _say(arguments, done, f"{folder}")
        _say_receipt(desk, query, store)
    return done.total()


def _say(arguments: argparse.Namespace, done: Counter[str], folder: str) -> None:
    said = [f"{done[did]} {words}" for did, words in WORDS.items() if done[did]]
    would = "nothing was written; it would be: " if arguments.dry_run else ""
    sys.stderr.write(f"dipread: {would}{'; '.join(said)} (in {folder})\n")


def _say_receipt(desk: Library, query: Query, store: Store) -> None:
    from dipread.export import receipt_line

    sys.stderr.write(f"dipread: {receipt_line(desk.receipt(query, store))}\n")


def plan(arguments: argparse.Namespace) -> ExportPlan:
    """How the arguments want stories written; raises UsageError."""
    wanted: set[Include] = set(ExportPlan().include)
    if arguments.group != "story":
        wanted.discard("evidence")  # of many stories in one file it hides the notes
    for each in (arguments.include or "").replace(",", " ").split():
        name = each.removeprefix("-").removeprefix("+")
        if name not in get_args(Include):
            raise UsageError(
                f"--include knows no '{name}'", f"There are: {', '.join(get_args(Include))}."
            )
        (wanted.discard if each.startswith("-") else wanted.add)(name)  # type: ignore[arg-type]
    return ExportPlan(arguments.flavour or ExportPlan().flavour, arguments.group, frozenset(wanted))


# ----------------------------------------------------------------------------------- other formats


def _noted(store: Store, query: Query) -> Iterator[StoryDetail]:
    return store.stories.details(And((query, Has("is", ("annotated",)))))


def _jsonl(arguments: argparse.Namespace, desk: Library, query: Query, store: Store) -> int:
    from dipread.export import annotation_line

    count = 0
    with output(arguments) as out:
        for detail in _noted(store, query):
            for each in detail.annotations:
                count += 1
                line = annotation_line(each, detail)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return count


def _w3c(arguments: argparse.Namespace, desk: Library, query: Query, store: Store) -> int:
    from dipread.export import w3c_collection

    made = w3c_collection(_noted(store, query))
    with output(arguments) as out:
        _write_json(out, made)
    return len(made["items"])


def _csl(arguments: argparse.Namespace, desk: Library, query: Query, store: Store) -> int:
    from dipread.export import csl_item

    items = [csl_item(each) for each in store.stories.details(query)]
    with output(arguments) as out:
        _write_json(out, items)
    return len(items)


def _csv(arguments: argparse.Namespace, desk: Library, query: Query, store: Store) -> int:
    from dipread.export import CSV_NAMES, csv_rows

    count = 0
    with output(arguments) as out:
        writer = csv.writer(out)
        writer.writerow(CSV_NAMES)
        for row in csv_rows(_noted(store, query)):
            writer.writerow(row)
            count += 1
    return count


def _paper(arguments: argparse.Namespace, desk: Library, query: Query, store: Store) -> int:
    """HTML or PDF, by pandoc."""
    from dipread.cli.pandoc import convert

    if arguments.output is None:
        raise UsageError(f"--format {arguments.format} needs a file", "Name one with -o.")
    arguments.group = "none" if arguments.group == "story" else arguments.group
    arguments.flavour = arguments.flavour or "plain"
    texts = desk.export_texts(query, store, desk.now(), plan(arguments))
    if texts:
        convert("\n\n".join(texts), arguments.format, arguments.output)
        print(arguments.output)
    return len(texts)


def _write_json(out: TextIO, made: object) -> None:
    json.dump(made, out, ensure_ascii=False, indent=1)
    out.write("\n")


WAYS: Mapping[str, Callable[[argparse.Namespace, Library, Query, Store], int]] = {
    "md": _files,
    "jsonl": _jsonl,
    "w3c": _w3c,
    "csl": _csl,
    "csv": _csv,
    "html": _paper,
    "pdf": _paper,
}
