"""How long it takes to fetch, parse, tag and store a desk of feeds, and to ask it again.

    python benchmarks/fetch.py [--feeds 200] [--stories 50] [--keep archive.db]

Served on loopback by another process. Prints wall and CPU seconds and peak memory of `dipread fetch`:
cold, again with nothing changed, and of the parts on their own, each also as a share of the cold run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desk import write_desk

SERVER = """
import functools, http.server, sys
class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
"""
PARTS = """
import sys, time
from pathlib import Path
from dipread.config import load_config
from dipread.fetch import parse_feed
from dipread.library import Library
library = Library(load_config({}))
start = time.process_time(); library.knowledge; loaded = time.process_time()
stories = [story for path in sorted(Path(sys.argv[1]).glob("*.xml")) for story in parse_feed(path.read_bytes()).stories]
parsed = time.process_time()
for story in stories: library.tag(story)
print(loaded - start, parsed - loaded, time.process_time() - parsed)
"""


def timed(command: list[str], env: dict[str, str]) -> tuple[float, float, str]:
    """Wall seconds, CPU seconds and last line of output of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.stdout.strip().splitlines()[-1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--stories", type=int, default=50)
    parser.add_argument("--keep", type=Path, help="where to leave the database")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        folder.mkdir()
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout
            port = server.stdout.readline().strip()
            listing = write_desk(folder, chosen.feeds, chosen.stories, f"http://127.0.0.1:{port}/")
            database = chosen.keep or Path(name) / "archive.db"
            database.unlink(missing_ok=True)
            env = {
                **os.environ,
                "DIPREAD_HOME": str(Path(name) / "home"),
                "DIPREAD_ALLOW_PRIVATE": f"127.0.0.1:{port}",
            }
            command = [
                sys.executable,
                "-m",
                "dipread",
                "--db",
                str(database),
                "--feeds",
                str(listing),
                "fetch",
            ]
            stories = chosen.feeds * chosen.stories
            cold, cold_cpu, said = timed(command, env)
            print(
                f"cold fetch          {cold:7.2f} s wall {cold_cpu:7.2f} s CPU {stories / cold:8,.0f} stories/s   ({said})"
            )
            again, again_cpu, said = timed(command, env)
            print(
                f"nothing changed     {again:7.2f} s wall {again_cpu:7.2f} s CPU    {again / cold:.3f} of cold   ({said})"
            )
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"peak memory         {peak:7.0f} MB")
            print(f"database            {database.stat().st_size / stories:7.0f} bytes/story")
            parts = subprocess.run(
                [sys.executable, "-c", PARTS, str(folder)],
                env=env,
                capture_output=True,
                text=True,
                check=True,
            )
            load, parse, tag = (float(part) for part in parts.stdout.split())
            print(f"loading knowledge   {1000 * load:7.0f} ms CPU")
            print(
                f"parsing alone       {parse:7.2f} s CPU  {stories / parse:8,.0f} stories/s    {parse / cold_cpu:.2f} of cold CPU"
            )
            print(
                f"tagging alone       {tag:7.2f} s CPU  {stories / tag:8,.0f} stories/s    {tag / cold_cpu:.2f} of cold CPU"
            )
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main()
