"""dipread beside newsboat and reader on the same feeds, in the same run: the machine is noisy, only ratios hold.

    BENCH_ROOT=/somewhere/with/3GB python benchmarks/peers.py [--feeds 1000] [--peers newsboat reader] [--cold 4]

Needs the shared peers' folder (DIPREAD_SHARED, default ../shared): its feeds are generated and its server is
started before (its README). newsboat runs with 32 threads and its cache ANALYZEd, reader with 32 workers
(READER_PYTHON names the interpreter that has it). Each does a cold refresh, one with nothing changed, and
one with 5 % of the feeds changed, on feeds that answer after 50 ms. For dipread the time is that of
`dipread fetch`, stories stored and tagged; how long the words are indexed after that is told apart.
Peak memory is that of all processes together. `--cold` does nothing but that many cold refreshes of each, in turns:
where the machine changes its pace within a run, one ratio says little, and the median of some says more.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

SHARED = Path(os.environ.get("DIPREAD_SHARED", Path(__file__).parents[2] / "shared"))
SERVER = SHARED / "tools" / "peers" / "srv.sh"
PORT = 8090
RUNS = ("cold", "unchanged", "5 % changed")


class Run(NamedTuple):
    """Seconds by the clock and of CPU, and megabytes."""

    wall: float
    cpu: float
    peak: int


def timed(command: list[str], env: Mapping[str, str]) -> Run:
    """One run of a command, with all processes it starts."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    peak, done = [0], threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watch.start()
    _, _, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = 0
    done.set()
    watch.join()
    return Run(wall, used.ru_utime + used.ru_stime, peak[0])


def _watch(session: int, peak: list[int], done: threading.Event) -> None:
    page = os.sysconf("SC_PAGE_SIZE")
    while not done.wait(0.1):
        total = 0
        for place in Path("/proc").glob("[0-9]*"):
            try:
                about = (place / "stat").read_text().rpartition(")")[2].split()
                if int(about[3]) == session:
                    total += int((place / "statm").read_text().split()[1]) * page
            except (OSError, IndexError, ValueError):  # it ended meanwhile
                continue
        peak[0] = max(peak[0], total // 1_000_000)


def addresses(feeds: int) -> list[str]:
    """The feeds that answer after 50 ms."""
    return [f"http://127.0.0.1:{PORT}/l/{number}.xml" for number in range(feeds)]


def use(tree: str) -> None:
    """Have the server serve the feeds as they were (`base`), or with 5 % changed (`delta`)."""
    subprocess.run([str(SERVER), "use", tree], check=True)


def dipread(folder: Path, feeds: int) -> Callable[[], Run]:
    """How dipread is run on an archive of its own."""
    listing = folder / "feeds.toml"
    listing.write_text(
        "\n".join(
            f'[[feed]]\nurl = "{url}"\ntitle = "f{number}"\npublisher = "P"\ncountry = "INT"\n'
            'kind = "press"\nlanguage = "en"\ngroup = "G"'
            for number, url in enumerate(addresses(feeds))
        ),
        encoding="utf-8",
    )
    env = {"DIPREAD_HOME": str(folder), "DIPREAD_ALLOW_PRIVATE": f"127.0.0.1:{PORT}"}
    command = [sys.executable, "-m", "dipread", "--feeds", str(listing), "fetch", "--quiet"]
    return lambda: timed(command, env)


def newsboat(folder: Path, feeds: int) -> Callable[[], Run]:
    """How newsboat is run; its cache is ANALYZEd before every run but the first."""
    (folder / "urls").write_text("\n".join(addresses(feeds)) + "\n", encoding="utf-8")
    (folder / "config").write_text("reload-threads 32\n", encoding="utf-8")
    cache = folder / "cache.db"
    command = ["newsboat", "-q", "-u", str(folder / "urls"), "-c", str(cache)]
    command += ["-C", str(folder / "config"), "-x", "reload"]

    def run() -> Run:
        if cache.exists():
            with sqlite3.connect(cache) as connection:
                connection.execute("ANALYZE")
            connection.close()
        return timed(command, {"HOME": str(folder)})

    return run


def reader(folder: Path, feeds: int) -> Callable[[], Run]:
    """How reader is run."""
    python, database = os.environ.get("READER_PYTHON", sys.executable), folder / "db.sqlite"
    adding = (
        "import sys; from reader import make_reader; r = make_reader(sys.argv[1])\n"
        "for url in sys.argv[2:]: r.add_feed(url)"
    )
    subprocess.run([python, "-c", adding, str(database), *addresses(feeds)], check=True)
    command = [python, "-m", "reader", "--db", str(database), "update", "--no-scheduled"]
    return lambda: timed([*command, "--workers", "32"], {"HOME": str(folder)})


PROGRAMS = {"dipread": dipread, "newsboat": newsboat, "reader": reader}


def measured(name: str, folder: Path, feeds: int) -> dict[str, Run]:
    """The runs of one program."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    use("base")
    run = PROGRAMS[name](folder, feeds)
    runs = {"cold": run()}
    if name == "dipread":
        _wait_for_index(folder / "data" / "dipread.db")
    if name == "newsboat":  # it sends what it knows only from the third run on
        run()
    runs["unchanged"] = run()
    use("delta")
    runs["5 % changed"] = run()
    use("base")
    return runs


def in_turns(names: Sequence[str], root: Path, feeds: int, times: int) -> None:
    """Cold runs in turns, each told as it is done, and what part of each peer's time ours is, pair by pair."""
    use("base")
    walls: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(times):
        for name in names:
            folder = root / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            run = PROGRAMS[name](folder, feeds)()
            if name == "dipread":
                _wait_for_index(folder / "data" / "dipread.db")
            walls[name].append(run.wall)
            print(f"cold {name:<9} {run.wall:8.2f} s wall {run.cpu:8.2f} s CPU", flush=True)
    for name in names[1:]:
        parts = [ours / other for ours, other in zip(walls["dipread"], walls[name], strict=True)]
        told = " ".join(f"{part:.2f}" for part in parts)
        print(f"dipread is {told} of {name}'s wall, median {median(parts):.2f}")


def _wait_for_index(database: Path) -> None:
    """Tell how long the words are indexed behind the stories."""
    start = time.perf_counter()
    sql = "SELECT (SELECT max(id) FROM stories) - coalesce((SELECT max(id) FROM search_docsize), 0)"
    connection = sqlite3.connect(database)
    first = connection.execute(sql).fetchone()[0]
    if first is None:
        raise SystemExit(f"dipread stored nothing: does {SERVER} answer on port {PORT}?")
    while connection.execute(sql).fetchone()[0]:
        time.sleep(0.2)
    connection.close()
    print(
        f"dipread: the words of {first:,} stories indexed within {time.perf_counter() - start:.1f} s after"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--peers", nargs="*", default=["newsboat", "reader"])
    parser.add_argument("--cold", type=int, default=0)
    chosen = parser.parse_args()
    root = Path(os.environ["BENCH_ROOT"]) / "work"
    if chosen.cold:
        in_turns(("dipread", *chosen.peers), root, chosen.feeds, chosen.cold)
        return
    results = {
        name: measured(name, root / name, chosen.feeds) for name in ("dipread", *chosen.peers)
    }
    for what in RUNS:
        ours = results["dipread"][what]
        for name, runs in results.items():
            run = runs[what]
            print(
                f"{what:<12} {name:<9} {run.wall:8.2f} s wall {run.cpu:8.2f} s CPU {run.peak:5} MB"
                f"   dipread is {ours.wall / run.wall:.2f} of its wall, {ours.cpu / run.cpu:.2f} of its CPU"
            )


if __name__ == "__main__":
    main()
