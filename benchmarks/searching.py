"""How long the newest hundred stories with some words take, beside the library `reader` on the same stories.

    python benchmarks/searching.py ARCHIVE.db [--reader PYTHON] [--stories 50000]

Without `--reader`, only dipread is asked. PYTHON is an interpreter that can import `reader` (and
`sgmllib3k`, which it needs); the newest stories of the archive are given to it first, and it makes its
search index, which takes minutes. Both are then asked in turns. Prints medians in milliseconds and ratios.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

WORDS = ("tariffs", "minister", "frigates", "lithium", '"free trade"', "minister tariffs")
RUNS = 7


def timed(work: Callable[[], object]) -> float:
    """The median of some runs, in milliseconds; one before them is not counted."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * median(times[1:])


def told(archive: Path, count: int) -> Iterator[dict[str, str]]:
    """The newest stories of an archive."""
    from dipread.model import StoryId
    from dipread.store import Store

    with Store(archive) as store:
        for number in reversed(store.stories.find()[:count]):  # in the order of arrival, nearly
            detail = store.stories.detail(StoryId(number))
            assert detail is not None
            yield {
                "id": str(number),
                "title": detail.story.title,
                "text": detail.story.text,
                "published": detail.when.isoformat(),
            }


def copy_of(archive: Path, folder: Path, count: int) -> Path:
    """An archive of the newest stories alone, with no tags."""
    from datetime import datetime

    from dipread.model import Feed, Story
    from dipread.store import Store

    path = folder / "dipread.db"
    with Store(path) as store:
        feed = store.feeds.add(Feed("https://a.example/", "A", "A", "INT", "press", "en", "A"))
        stories = [
            Story(
                each["id"], each["id"], f"https://a.example/{each['id']}", each["title"], each["text"],
                datetime.fromisoformat(each["published"]),
            )
            for each in told(archive, count)
        ]  # fmt: skip
        for at in range(0, len(stories), 500):
            store.ingest.save(feed, stories[at : at + 500], lambda story: (), "none")
        store.stories.keep_catalogue()
    return path


def as_reader(stories: Path) -> int:
    """The other side: give `reader` the stories, then answer each line of words with its milliseconds."""
    from datetime import datetime
    from itertools import islice

    from reader import make_reader

    reader = make_reader(str(stories.with_suffix(".reader.sqlite")), search_enabled=True)
    reader.add_feed("https://a.example/feed")
    with stories.open(encoding="utf-8") as lines:
        for line in lines:
            each = json.loads(line)
            reader.add_entry(
                {
                    "feed_url": "https://a.example/feed",
                    "id": each["id"],
                    "title": each["title"],
                    "summary": each["text"],
                    "published": datetime.fromisoformat(each["published"]),
                }
            )
    reader.update_search()

    def newest(query: str) -> object:
        return list(islice(reader.search_entries(query, sort="recent", limit=100), 100))

    print("ready", flush=True)
    for words in sys.stdin:
        print(timed(partial(newest, words.strip())), flush=True)
    return 0


def main() -> int:
    """One line for each query."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("archive", type=Path)
    asked.add_argument("--reader", metavar="PYTHON")
    asked.add_argument("--stories", type=int, default=50_000)
    asked.add_argument("--as-reader", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.as_reader:
        return as_reader(given.archive)
    from dipread.config import load_config
    from dipread.library import Library

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        other = None
        if given.reader:
            stories = folder / "stories.jsonl"
            with stories.open("w", encoding="utf-8") as file:
                for each in told(given.archive, given.stories):
                    file.write(json.dumps(each) + "\n")
            other = subprocess.Popen(
                [given.reader, __file__, str(stories), "--as-reader"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert other.stdin
            assert other.stdout
            if other.stdout.readline() != "ready\n":
                sys.exit("reader could not be asked")
        desk = Library(load_config({}, copy_of(given.archive, folder, given.stories)))
        with desk.open() as store:
            for words in WORDS:
                query = desk.parse(words)
                ours = timed(partial(store.stories.newest, query, 100))
                line = f"{words:<20} dipread {ours:7.2f} ms"
                if other and other.stdin and other.stdout:
                    other.stdin.write(words + "\n")
                    other.stdin.flush()
                    theirs = float(other.stdout.readline())
                    line += f"  reader {theirs:8.2f} ms  ratio {ours / theirs:.4f}"
                print(line, flush=True)
        if other and other.stdin:
            other.stdin.close()
            other.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
