"""How long it takes to bring an archive to other rules, and how it fares meanwhile for who reads it.

    PYTHONPATH=src python benchmarks/retagging.py ARCHIVE

ARCHIVE is a database as `benchmarks/fetch.py --keep ARCHIVE` leaves it; a copy of it is used. Measured is
`dipread retag` in a process of its own: after a rule of one's own changed, which touches few stories,
and when the rules before are not known, so that all are tagged anew. Meanwhile this process reads a
window of rows and marks a story read, again and again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from dipread.model import StoryId
from dipread.store import Store

RULE = '[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["{word} pilots", "{word} quotas"]\n'


def retagged(database: Path, env: dict[str, str]) -> tuple[float, float, list[float]]:
    """Seconds, peak memory in MB, and how long each reading and marking took meanwhile, in ms."""
    start = time.perf_counter()
    process = os.spawnve(
        os.P_NOWAIT,
        sys.executable,
        [sys.executable, "-m", "dipread", "--db", str(database), "retag"],
        env,
    )
    waits: list[float] = []
    with Store(database) as store:
        ids = store.stories.find(limit=40)
        while True:
            pid, status, used = os.wait4(process, os.WNOHANG)
            if pid:
                break
            before = time.perf_counter()
            store.stories.rows(ids)
            store.states.mark_read([StoryId(ids[0])], True)
            waits.append((time.perf_counter() - before) * 1000)
            time.sleep(0.02)
    if status:
        raise SystemExit("dipread retag failed")
    return time.perf_counter() - start, used.ru_maxrss / 1024, waits


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("archive", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        env = {**os.environ, "DIPREAD_HOME": str(home)}
        database = home / "archive.db"
        shutil.copy(given.archive, database)
        rules = home / "config" / "rules.d" / "mine.toml"
        rules.parent.mkdir(parents=True)
        with Store(database) as store:
            stories = store.stories.count()
        for what, word in (("", "harbour"), ("one rule", "wharf"), ("all", "lighthouse")):
            rules.write_text(RULE.format(word=word), encoding="utf-8")
            if what == "all":
                with sqlite3.connect(database) as connection:
                    connection.execute("DELETE FROM rules")
                connection.close()
            seconds, memory, waits = retagged(database, env)
            if what:
                print(
                    f"{what:<8} {seconds:6.2f} s {stories / seconds:8,.0f} stories/s {memory:5.0f} MB"
                    f"   a window of rows and a mark meanwhile: {sorted(waits)[len(waits) // 2]:.1f} ms"
                    f" median, {max(waits):.0f} ms at most, of {len(waits)}"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
