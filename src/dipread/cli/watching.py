"""`dipread watch`: fetch again and again, and tell what is new to the views that are alerts."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator

from dipread.cli.context import library
from dipread.cli.records import row_record, rows_of
from dipread.errors import DipreadError
from dipread.model import StoryRow, View
from dipread.store import Store


def watch(arguments: argparse.Namespace) -> int:
    """Fetch what is due, print what newly matches, wait, and so on; with --once every feed, once."""
    if arguments.offline:
        raise DipreadError("--offline and watch exclude one another", "Leave out --offline.")
    desk = library(arguments)
    names = [each.casefold() for each in arguments.views]
    failed = False
    for _ in _rounds(arguments.once, arguments.every * 60, time.sleep):
        with desk.open() as store:
            views = alerts(store, names)
            before = {view: store.stories.find(desk.parse(view.query)) for view in views}
            outcomes = list(desk.refresh(only_due=not arguments.once))
            failed = any(each.status in ("error", "gone") for each in outcomes)
            for view in views:
                news = store.stories.find(desk.parse(view.query)).without(before[view])
                for row in rows_of(store, news):
                    print(_told(arguments.format, view, row), flush=True)
    return 3 if failed else 0


def alerts(store: Store, names: list[str]) -> list[View]:
    """The views of these names, or those that are alerts. Raises DipreadError when there is none."""
    views = store.views.all()
    for name in names:
        if not any(each.name.casefold() == name for each in views):
            raise DipreadError(f"no view is called '{name}'", "See: dipread views list")
    chosen = [each for each in views if each.name.casefold() in names or (each.alert and not names)]
    if not chosen:
        raise DipreadError(
            "no view is an alert", "Save one with: dipread views save NAME QUERY --alert"
        )
    return chosen


def _rounds(once: bool, pause: float, sleep: Callable[[float], None]) -> Iterator[None]:
    yield
    while not once:
        sleep(pause)
        yield


def _told(form: str, view: View, row: StoryRow) -> str:
    if form == "jsonl":
        return json.dumps({"view": view.name, **row_record(row)}, ensure_ascii=False)
    return f"{view.name}: {row.title}\n  {row.link}"
