"""`dipread views`: saved queries, counted, put in order, carried from machine to machine."""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from dipread.cli.columns import in_cells
from dipread.cli.context import library, question
from dipread.cli.printing import Record, print_listing
from dipread.errors import ConfigError, DipreadError, QueryError, UsageError
from dipread.library import Library
from dipread.model import And, Has, View
from dipread.query import print_query
from dipread.store import Store


def list_views(arguments: argparse.Namespace) -> int:
    """Every view in order, with its unread and all stories."""
    desk = library(arguments)
    with desk.open() as store:
        told = print_listing(arguments, _records(desk, store), _line)
    if not told and not arguments.quiet:
        sys.stderr.write("dipread: no views yet; save one with: dipread views save NAME QUERY\n")
    return 0


def _records(desk: Library, store: Store) -> Iterator[Record]:
    for view in store.views.all():
        asked = desk.parse(view.query)
        unread = And((asked, Has("is", ("unread",))))
        yield {
            "name": view.name,
            "query": view.query,
            "alert": view.alert,
            "unread": len(store.stories.find(unread)),
            "stories": len(store.stories.find(asked)),
        }


def _line(record: Record) -> str:
    bell = "♪" if record["alert"] else " "
    return f"{bell} {in_cells(record['name'], 24)} {record['unread']:>7,} {record['stories']:>8,}  {record['query']}"


def save(arguments: argparse.Namespace) -> int:
    """Save a query under a name."""
    desk = library(arguments)
    asked = question(desk, arguments)
    view = View(_name(arguments.name), print_query(asked), arguments.alert)
    with desk.open() as store:
        desk.save_views(store, [view])
    _tell(arguments, f"view '{view.name}' saved: {view.query or 'every story'}")
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Forget a view."""
    with library(arguments).open() as store:
        gone = store.views.remove(arguments.name)
    _tell(arguments, f"view '{gone.name}' removed; it asked: {gone.query}")
    return 0


def order(arguments: argparse.Namespace) -> int:
    """Put these views first, in this order."""
    with library(arguments).open() as store:
        known = {each.name.casefold() for each in store.views.all()}
        for name in arguments.names:
            if name.casefold() not in known:
                raise DipreadError(f"no view is called '{name}'", "See: dipread views list")
        store.views.order(arguments.names)
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write all views as TOML."""
    with library(arguments).open() as store:
        text = "\n".join(map(_toml, store.views.all()))
    if arguments.file is None:
        sys.stdout.write(text)
        return 0
    try:
        arguments.file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise DipreadError(
            f"{arguments.file}: can't be written: {fault.strerror}", "Name another file."
        ) from None
    return 0


def bring_in(arguments: argparse.Namespace) -> int:
    """Take in views that were written as TOML: all of them, or none."""
    desk = library(arguments)
    views = _read(arguments.file)
    with desk.open() as store:
        try:
            desk.save_views(store, views)
        except QueryError as fault:
            raise ConfigError(f"{arguments.file}: {fault.message}", fault.hint) from None
    _tell(arguments, f"{len(views)} views taken in")
    return 0


def _read(path: Path) -> list[View]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("view", [])
    except OSError as fault:
        raise ConfigError(
            f"{path}: can't be read: {fault.strerror}", "Name another file."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path}: {fault}", "It should be what `views export` writes.") from None
    views = []
    for number, table in enumerate(tables if isinstance(tables, list) else [tables], start=1):
        place = f"{path}: view {number}"
        if not isinstance(table, dict) or not all(
            isinstance(table.get(key), str) for key in ("name", "query")
        ):
            raise ConfigError(f"{place}: needs a name and a query", 'As name = "morning".')
        alert = table.get("alert", False)
        if not isinstance(alert, bool):
            raise ConfigError(f"{place}: alert is true or false", "Write alert = true.")
        views.append(View(_name(table["name"]), table["query"], alert))
    return views


def _toml(view: View) -> str:
    """A view as a TOML table; what JSON writes as a string, TOML reads as one."""
    lines = ["[[view]]", f"name = {json.dumps(view.name, ensure_ascii=False)}"]
    lines += [f"query = {json.dumps(view.query, ensure_ascii=False)}"]
    return "\n".join([*lines, *(["alert = true"] if view.alert else []), ""])


def _name(name: str) -> str:
    clean = " ".join(name.split())
    if not clean or '"' in clean or not clean.isprintable():
        raise UsageError(f"'{name}' can't be the name of a view", "Use words without quotes.")
    return clean


def _tell(arguments: argparse.Namespace, said: str) -> None:
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {said}\n")
