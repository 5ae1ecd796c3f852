"""From Enter to the first rows, on a pseudo-terminal; newsboat on the same stories, where it is installed.

    python benchmarks/start.py ARCHIVE.db... [--size 120x36] [--runs 7] [--newsboat CACHE.db]

All commands take turns, so that a busy machine is busy for all of them. Prints medians in milliseconds
and ratios. `--newsboat` writes a cache of the last archive's stories for newsboat, ANALYZEd, if the file
is not there yet, and measures newsboat's list of feeds, which is its first screen.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from statistics import median

LONGEST = 30.0
QUIET = 0.25
_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>78]")


ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[c": b"\x1b[?62;22c"}
"""What a terminal is asked, and what most say: yes, updates may be synchronised; a terminal with colours."""
Sign = tuple[bytes, int]
"""What was to be seen, and for which time: the first frame shows a title, the live screen shows it again."""


def start(
    command: list[str], marks: list[list[Sign]], size: tuple[int, int], env: dict[str, str]
) -> list[float]:
    """Seconds until all signs of each mark were seen, then the megabytes it holds; SystemExit when one never was."""
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.execvpe(command[0], command, env)
    began = time.perf_counter()
    seen, found = b"", [0.0] * len(marks)
    asked: set[bytes] = set()
    while not all(found) and time.perf_counter() - began < LONGEST:
        if select.select([fd], [], [], 0.5)[0]:
            try:
                seen += os.read(fd, 1 << 16)
            except OSError:
                break
            for question, answer in ANSWERS.items():
                if question in seen and question not in asked:
                    asked.add(question)
                    os.write(fd, answer)
            plain = _CONTROL.sub(b"", seen)
            for number, mark in enumerate(marks):
                if not found[number] and all(plain.count(sign) >= times for sign, times in mark):
                    found[number] = time.perf_counter() - began
    while select.select([fd], [], [], QUIET)[0]:
        try:
            os.read(fd, 1 << 16)
        except OSError:
            break
    found.append(resident(pid))
    os.kill(pid, signal.SIGTERM)
    os.close(fd)
    time.sleep(0.2)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    if not all(found[:-1]):
        sys.exit(f"{' '.join(command)}: never showed {marks}; last: {plain[-300:]!r}")
    return found


def resident(pid: int) -> float:
    """The memory of a process, in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def newsboat_cache(archive: Path, cache: Path) -> None:
    """The stories of an archive as newsboat keeps them, ANALYZEd."""
    urls = cache.with_suffix(".urls")
    source = sqlite3.connect(archive)
    feeds = source.execute("SELECT url, title FROM feeds").fetchall()
    urls.write_text("".join(f"{url}\n" for url, _ in feeds))
    cache.with_suffix(".config").touch()
    subprocess.run([*newsboat(cache), "-x", "print-unread"], check=True, stdout=subprocess.DEVNULL)
    from dipread.store.codec import unpack_text

    source.create_function("plain", 1, unpack_text)
    with sqlite3.connect(cache) as target:
        target.executemany(
            "INSERT OR IGNORE INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)",
            [(u, u, t) for u, t in feeds],
        )
        rows = source.execute(
            "SELECT s.id, s.title, '', s.link, f.url, s.shown_at, plain(r.text), coalesce(1 - st.read, 1), '', '', '', ''"
            " FROM stories s JOIN feeds f ON f.id = s.owner JOIN revisions r ON r.id = s.revision"
            " LEFT JOIN states st ON st.story = s.id"
        )
        target.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread,"
            " enclosure_url, enclosure_type, flags, base) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    analyse = sqlite3.connect(cache)
    analyse.execute("ANALYZE")
    analyse.close()


def newsboat(cache: Path) -> list[str]:
    """The command that opens a cache."""
    return [
        "newsboat",
        "-u",
        str(cache.with_suffix(".urls")),
        "-c",
        str(cache),
        "-C",
        str(cache.with_suffix(".config")),
    ]


def main() -> int:
    """Print a line for each command, then ratios to the first."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("archives", nargs="+", type=Path)
    asked.add_argument("--size", default="120x36")
    asked.add_argument("--runs", type=int, default=7)
    asked.add_argument("--newsboat", type=Path)
    given = asked.parse_args()
    columns, rows = map(int, given.size.split("x"))
    home = tempfile.mkdtemp()
    env = {**os.environ, "TERM": "xterm-256color", "HOME": home, "COLUMNS": "", "LINES": ""}
    env = {key: value for key, value in env.items() if value}
    commands: dict[str, tuple[list[str], list[list[Sign]]]] = {}
    for archive in given.archives:
        with sqlite3.connect(archive) as source:
            (title,) = source.execute(
                "SELECT title FROM stories ORDER BY shown_at DESC, id DESC LIMIT 1"
            ).fetchone()
        first = title[:12].encode()
        commands[archive.stem] = (
            ["dipread", "--db", str(archive)],
            [[(first, 1)], [(first, 2), (b"? keys", 1)]],
        )
    if given.newsboat:
        if not given.newsboat.exists():
            newsboat_cache(given.archives[-1], given.newsboat)
        commands["newsboat"] = (newsboat(given.newsboat), [[(b"Feed 1", 1)], [(b"q:Quit", 1)]])
    times: dict[str, list[list[float]]] = {name: [] for name in commands}
    for _ in range(given.runs + 1):  # the first round warms the caches
        for name, (command, marks) in commands.items():
            times[name].append(start(command, marks, (columns, rows), env))
    live: dict[str, float] = {}
    for name, told in times.items():
        first, ready, memory = (median(each[place] for each in told[1:]) for place in range(3))
        live[name] = 1000 * ready
        print(
            f"{name:<12} first rows {1000 * first:7.0f} ms  live screen {1000 * ready:7.0f} ms"
            f"  memory {memory:4.0f} MB"
        )
    for name in list(live)[1:]:
        print(f"live {name} / {next(iter(live))}: {live[name] / next(iter(live.values())):.2f}")
    if "newsboat" in live:
        size = given.newsboat.stat().st_size
        with sqlite3.connect(given.newsboat) as cache:
            (items,) = cache.execute("SELECT count(*) FROM rss_item").fetchone()
        print(f"newsboat's cache: {size / items:,.0f} bytes a story")
        last = given.archives[-1].stem
        print(f"live {last} / newsboat: {live[last] / live['newsboat']:.2f}")
    shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
