"""How long queries take on an archive, to data: the stories, all counts beside them, the newest hundred, their rows.

    python benchmarks/asking.py ARCHIVE.db [--runs 7]

Prints medians in milliseconds. Words are asked for the first time before they are timed, but for the
newest hundred, which is read from the index of words each time.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from dipread.config import load_config
from dipread.library import Library

QUERIES = (
    "", "country:US", "country:US sector:trade", "country:FR sector:energy is:unread", "@g7", "pair:US-CN", "pair:JP",
    "since:30d country:JP", "has:pair", "conf:>=0.9", "tariffs", '"free trade"', "karel country:US sector:trade",
    "minister -country:US", "minister", "mer", "con sector:trade", "kar",
)  # fmt: skip


def timed(work: Callable[[], object], runs: int) -> float:
    """The median of so many runs, in milliseconds; one before them is not counted."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * median(times[1:])


def main() -> int:
    """One line for each query."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("archive", type=Path)
    asked.add_argument("--runs", type=int, default=7)
    given = asked.parse_args()
    desk = Library(load_config({}, given.archive))
    with desk.open() as store:
        start = time.perf_counter()
        print(
            f"{len(store.stories.find()):,} stories, first answer {1000 * (time.perf_counter() - start):.0f} ms"
        )
        for text in QUERIES:
            query = desk.parse(text)
            found = store.stories.find(query)
            parts = {
                "find": timed(partial(store.stories.find, query), given.runs),
                "counts": timed(partial(store.stories.facets, query), given.runs),
                "rows": timed(partial(store.stories.rows, found[:100]), given.runs),
                "newest 100": timed(partial(store.stories.newest, query, 100), given.runs),
            }
            told = "  ".join(f"{name} {value:6.2f}" for name, value in parts.items())
            print(f"{text or '(all)':<36} {len(found):>9,}  {told}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
