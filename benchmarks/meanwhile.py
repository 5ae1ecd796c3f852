"""Keys while a refresh runs: 200 feeds are fetched, parsed, tagged and stored, and the reader goes on reading.

    python benchmarks/meanwhile.py ARCHIVE.db [--feeds 200] [--stories 50] [--size 120x36] [--hostile]

A copy of the archive is opened on a pseudo-terminal, `R` starts the refresh of a desk served on loopback,
and `j` and `k` are pressed until it is over. Prints median and 99th percentile from key to last byte, with
and without a refresh, and how many stories came in meanwhile. With `--hostile` ten of the feeds are of the
hostile server, and the others are counted that came in whole.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from desk import write_desk
from fetch import SERVER
from keypress import Terminal

HOSTILE = (
    "hang", "slowloris", "gzip-bomb", "quadratic-entity", "lead-newlines", "many-categories", "author-redos",
    "1e5-items", "huge-body", "osc52-title",
)  # fmt: skip
SHARED = Path(os.environ.get("DIPREAD_SHARED", Path(__file__).parents[2] / "shared"))
PRESSED = 200
MOST = 4_000


def told(name: str, answers: list[float]) -> None:
    """A line of the result."""
    ranked = sorted(answers)
    slowest = ranked[int(0.99 * (len(ranked) - 1))]
    print(f"{name:<18} median {median(ranked):6.1f}  p99 {slowest:6.1f} ms  of {len(ranked)} keys")


def stories_of(archive: Path) -> int:
    """How many stories an archive holds."""
    with sqlite3.connect(archive) as connection:
        (count,) = connection.execute("SELECT count(*) FROM stories").fetchone()
    connection.close()
    return int(count)


def add_hostile(listing: Path) -> tuple[subprocess.Popen[str], str]:
    """Ten feeds of the hostile server put between the others; the server, and its address."""
    command = [sys.executable, str(SHARED / "hostile" / "hostile_server.py"), "--idle", "600"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    address = f"127.0.0.1:{server.stdout.readline().strip()}"
    tables = listing.read_text(encoding="utf-8").split("[[feed]]")
    for number, name in enumerate(HOSTILE):
        told = f'\nurl = "http://{address}/{name}"\ntitle = "hostile {name}"\npublisher = "X"\ncountry = "INT"\n'
        told += 'kind = "press"\nlanguage = "en"\ngroup = "Hostile"\n'
        tables.insert(1 + number * len(tables) // (len(HOSTILE) + 1), told)
    listing.write_text("[[feed]]".join(tables), encoding="utf-8")
    return server, address


def stored_whole(archive: Path, stories: int) -> int:
    """How many feeds have all their stories in an archive."""
    with sqlite3.connect(archive) as connection:
        ((whole,),) = connection.execute(
            "SELECT count(*) FROM feeds WHERE entries >= ? AND listed AND feed_group <> 'Hostile'",
            (stories,),
        ).fetchall()
    connection.close()
    return int(whole)


def pressed(terminal: Terminal, times: int, until: bytes = b"") -> list[float]:
    """Milliseconds of so many keys, or of as many as it takes until something is shown."""
    answers = []
    for number in range(times):
        took, size = terminal.press("jk"[number % 2], 0.02)
        if size:
            answers.append(took)
        if until and until in terminal.said:
            break
    return answers


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("archive", type=Path)
    asked.add_argument("--feeds", type=int, default=200)
    asked.add_argument("--stories", type=int, default=50)
    asked.add_argument("--size", default="120x36")
    asked.add_argument("--hostile", action="store_true")
    given = asked.parse_args()
    columns, rows = map(int, given.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        site.mkdir()
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(site)], stdout=subprocess.PIPE, text=True
        )
        servers = [server]
        try:
            assert server.stdout
            base = f"http://127.0.0.1:{server.stdout.readline().strip()}/"
            good = given.feeds - len(HOSTILE) * given.hostile
            listing = write_desk(site, good, given.stories, base)
            archive = Path(shutil.copy(given.archive, Path(name) / "archive.db"))
            before = stories_of(archive)
            os.environ["DIPREAD_HOME"] = name
            allowed = base.removeprefix("http://").rstrip("/")
            if given.hostile:
                hostile, address = add_hostile(listing)
                servers.append(hostile)
                allowed += f",{address}"
            os.environ["DIPREAD_ALLOW_PRIVATE"] = allowed
            terminal = Terminal(
                ["dipread", "--db", str(archive), "--feeds", str(listing)], columns, rows
            )
            terminal.answer(10, wanted="●".encode())
            terminal.answer(2)
            told("at rest", pressed(terminal, PRESSED))
            os.write(terminal.handle, b"R")
            told("while refreshing", pressed(terminal, MOST, "✓".encode()))
            terminal.close()
            print(f"{stories_of(archive) - before:,} stories came in meanwhile")
            if given.hostile:
                print(f"{stored_whole(archive, given.stories)} of {good} good feeds whole")
        finally:
            for each in servers:
                each.kill()
                each.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
