"""What a reading process does with a story: microseconds of CPU to parse it, to tag it and make it ready, and to hand it on.

    PYTHONPATH=src python benchmarks/reading.py FOLDER [--feeds 200]

FOLDER holds feeds as `*.xml`, such as those of the shared peers' folder. One process, one core; the first feed of each
language is read once before the clock runs, so that what is learnt once counts little.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from itertools import islice, pairwise
from pathlib import Path

from dipread.feeds.delivery import Desk
from dipread.feeds.jobs import Job, Rules, message

STEPS = ("parsed", "tagged", "handed on")


def spent(desk: Desk, job: Job) -> tuple[str, int, list[float]]:
    """The language of a feed, how many stories it has, and the seconds of CPU of each step."""
    clock = time.process_time
    times = [clock()]
    parsed = desk.parse(job)
    times.append(clock())
    reading = desk.tag(job, parsed)
    times.append(clock())
    message(reading)
    times.append(clock())
    steps = [after - before for before, after in pairwise(times)]
    return parsed.stories[0].lang, len(parsed.stories), steps


def main() -> None:
    """Measure and print a line for each language, and one for all."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--feeds", type=int, default=200)
    chosen = asked.parse_args()
    counts: dict[str, int] = defaultdict(int)
    seconds: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(STEPS))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Rules({}, Path(folder), Path(folder)))
        for path in islice(sorted(chosen.folder.glob("*.xml")), chosen.feeds):
            job = Job(path.read_bytes(), f"https://feeds.example/{path.name}")
            language, stories, steps = spent(desk, job)
            if language not in counts:
                language, stories, steps = spent(desk, job)
            for name in (language, "all"):
                counts[name] += stories
                seconds[name] = [sum(each) for each in zip(seconds[name], steps, strict=True)]
    print(f"{'language':<10}{'stories':>9}" + "".join(f"{step + ', µs':>16}" for step in STEPS))
    for name in sorted(counts, key=lambda each: (each == "all", each)):
        figures = "".join(f"{each / counts[name] * 1e6:>16.0f}" for each in seconds[name])
        print(f"{name:<10}{counts[name]:>9}{figures}")


if __name__ == "__main__":
    main()
