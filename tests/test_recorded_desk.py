"""The whole job on recorded feeds: fetched by the command line, then read in a real terminal."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from .terminal import Terminal

SRC = Path(__file__).parents[1] / "src"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_recorded_feeds_are_fetched_filtered_read_noted_and_exported(
    tmp_path: Path, shared: Path
) -> None:
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(QuietHandler, directory=str(shared / "data" / "feeds"))
    )
    Thread(target=server.serve_forever, daemon=True).start()
    with (shared / "data" / "feeds" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        names = [row["file"] for row in csv.DictReader(file, delimiter="\t")]
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    (home / "config" / "feeds.toml").write_text(
        "\n".join(
            f'[[feed]]\nurl = "http://127.0.0.1:{server.server_port}/{name}"\ntitle = "{name}"\n'
            'publisher = "Recorded"\ncountry = "INT"\nkind = "press"\nlanguage = "en"\ngroup = "World press"\n'
            for name in names
        ),
        encoding="utf-8",
    )
    (home / "config" / "config.toml").write_text(
        f'export_folder = "{tmp_path / "notes"}"\n', encoding="utf-8"
    )
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SRC),
        "PYTHONUTF8": "1",
        "DIPREAD_HOME": str(home),
        "DIPREAD_ALLOW_PRIVATE": f"127.0.0.1:{server.server_port}",
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
    }
    dipread = [sys.executable, "-m", "dipread"]
    fetched = subprocess.run([*dipread, "fetch", "--quiet"], env=env, check=False, timeout=120)
    server.shutdown()
    server.server_close()
    assert fetched.returncode == 0

    with Terminal(dipread, env, 120, 36) as terminal:
        everything = terminal.wait("▌STORIES", "STORY 1/", "COUNTRIES", "? keys")
        total = int(re.search(r"of ([\d,]+)", everything)[1].replace(",", ""))  # type: ignore[index]
        assert total > 2_000

        terminal.press("f", "tab")
        terminal.wait("▌FILTERS")
        terminal.press("space")  # the country named most
        terminal.wait("country:")
        terminal.press("escape")
        terminal.wait("▌STORIES", "Space read on")
        terminal.press("/")
        terminal.wait("Enter keep")
        terminal.press("sector:trade,energy,defence")
        terminal.wait("sector:trade,energy,defence")
        terminal.press("enter")
        terminal.wait("▌STORIES")
        terminal.press("enter")
        terminal.wait("▌STORY 1/", "▎")
        terminal.press("a")
        terminal.wait("New note")
        terminal.press("Compare with last week")
        terminal.wait("Compare with last week")
        terminal.press("enter")
        noted = terminal.wait("1 note")
        few = int(re.search(r"STORY \d+/([\d,]+)", noted)[1].replace(",", ""))  # type: ignore[index]
        assert 0 < few < total / 4
        terminal.press("E")
        terminal.wait("Export")
        terminal.press("enter")
        terminal.wait("written")
        terminal.press("q", "q", "q")
        assert terminal.finish() == 0

    files = [path.read_text(encoding="utf-8") for path in (tmp_path / "notes").glob("*.md")]
    assert len(files) == few
    assert sum("Compare with last week" in text for text in files) == 1
