"""How long it takes to list and to export many notes, on an archive made for it.

    python benchmarks/notes.py [--notes 10000] [--runs 5] [--keys 20]

Prints medians in milliseconds: the screen of notes opened for the first time and again, to its first paint and to
its rows; the first screenful of all notes, of those with a tag, of those that lost their place; and each export, in
seconds of CPU.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from keypress import Terminal
from msgspec.structs import replace

from dipread.config import load_config
from dipread.export import annotation_line, csv_rows, w3c_collection
from dipread.library import Library
from dipread.model import ExportPlan, Feed, Group, NoteFilter, Query, Story, StoryId
from dipread.model.anchor import quote_of
from dipread.store import Store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BODY = (
    (
        "The foreign ministers of Japan and Italy signed a reciprocal agreement on critical minerals in "
        "Tokyo on Sunday, number {number}, the first of its kind between the two countries.\n\n"
    )
    + "Officials said that trade and energy would follow, and that talks go on before the end of the year. "
    * 20
)
FEED = Feed("https://a.invalid/f", "Wire", "Wire", "FR", "wire", "en", "Press")
SCREENFUL = 50
PER_STORY = 2
SETTLED = 0.5  # s without a byte, after which a screen is whole


def fill(desk: Library, notes: int) -> None:
    """Stories with two notes each, one of them on a quote; every tenth story is edited afterwards."""
    with desk.open() as store:
        feed = store.feeds.add(FEED)
        stories = [
            Story(
                uid=f"u{number}",
                guid="",
                link=f"https://a.invalid/{number}",
                title=f"Japan and Italy sign minerals pact {number}",
                text=BODY.format(number=number),
                published=NOW - timedelta(minutes=number),
                lang="en",
            )
            for number in range(notes // PER_STORY)
        ]
        store.ingest.save(feed, stories, desk.tag, "rules")
        for each in store.stories.find():
            detail = store.stories.detail(StoryId(each))
            assert detail is not None
            quote = quote_of("text", detail.story.text, 60, 140)
            store.annotations.add(detail.id, "compare #follow-up", quote, NOW)
            store.annotations.add(detail.id, "ask the post", None, NOW, type="question")
        edited = [
            replace(story, text=story.text.replace("critical minerals", "rare earths"))
            for story in stories[::10]
        ]
        store.ingest.save(feed, [*edited], desk.tag, "rules")


def timed(work: Callable[[], object], runs: int, clock: Callable[[], float]) -> float:
    """The median of so many runs, in milliseconds; one before them is not counted."""
    times = []
    for _ in range(runs + 1):
        start = clock()
        work()
        times.append(clock() - start)
    return 1000 * median(times[1:])


def screenful(store: Store, asked: NoteFilter) -> object:
    """What a list of notes asks for when it is opened."""
    return store.notes.rows(store.notes.find(asked)[:SCREENFUL])


def main() -> int:
    """One line for each thing measured."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--notes", type=int, default=10_000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--keys", type=int, default=20)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = Library(load_config({"DIPREAD_HOME": name}), lambda: NOW)
        fill(desk, given.notes)
        query = desk.parse("is:annotated")
        with desk.open() as store:
            print(f"{len(store.notes.find()):,} notes, {len(store.notes.lost()):,} of them lost")
            for said, wanted in (
                ("all", NoteFilter()),
                ("of a tag", NoteFilter(tag="follow-up")),
                ("lost", NoteFilter(orphan=True)),
            ):
                took = timed(partial(screenful, store, wanted), given.runs, time.perf_counter)
                print(f"list, {said:<9} {took:8.1f} ms")
            _exports(desk, store, query, folder)
            store.stories.keep_catalogue()
        _openings(name, given.keys)
    return 0


def _openings(home: str, times: int) -> None:
    """The screen of notes on a terminal: from its key to its first paint, and to the first of its notes."""
    for name, sign in (("to its first paint", b"NOTES"), ("to its notes", "✎".encode())):
        terminal = Terminal(
            ["env", f"DIPREAD_HOME={home}", sys.executable, "-m", "dipread"], *(120, 36)
        )
        terminal.answer(10, wanted="●".encode())
        terminal.answer(5, quiet=5)  # the screen is made ready when the reader rests
        first, _ = terminal.press("3", SETTLED, sign)
        terminal.press("1", SETTLED)
        print(f"screen of notes, the first time, {name:<18} {first:6.1f} ms")
        took = []
        for _ in range(times):
            took.append(terminal.press("3", SETTLED, sign)[0])
            terminal.press("1", SETTLED)
        print(
            f"screen of notes, {name:<18} median {median(took):6.1f}, at most {max(took):6.1f} ms"
        )
        terminal.close()


def _exports(desk: Library, store: Store, query: Query, folder: Path) -> None:
    streams: dict[str, Callable[[], object]] = {
        "jsonl": lambda: [
            annotation_line(note, each)
            for each in store.stories.details(query)
            for note in each.annotations
        ],
        "w3c": lambda: w3c_collection(store.stories.details(query)),
        "csv": lambda: list(csv_rows(store.stories.details(query))),
    }
    for name, work in streams.items():
        print(f"export, {name:<12} {timed(work, 1, time.process_time) / 1000:6.2f} s CPU")
    groups: tuple[Group, ...] = ("none", "pair", "day", "story")
    for group in groups:
        shown = ExportPlan().include - (set() if group == "story" else {"evidence"})
        plan = ExportPlan(group=group, include=frozenset(shown))
        for how in ("new", "again"):
            start = time.process_time()
            files = list(desk.export(query, folder / group, store, NOW, plan))
            took = time.process_time() - start
            print(f"export, {group:<5} {how:<6} {took:6.2f} s CPU, {len(files):,} files")


if __name__ == "__main__":
    raise SystemExit(main())
