"""The command line as a person runs it: a process of its own, a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from dipread import demo
from dipread.config import load_config

Run = Callable[..., subprocess.CompletedProcess[str]]
SERVED: list[str] = []
"""The servers of a test, which its reader allows."""
SRC = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    keep = {
        key: os.environ[key]
        for key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
        if key in os.environ
    }
    return {
        **keep,
        "PYTHONPATH": str(SRC),
        "PYTHONUTF8": "1",
        "DIPREAD_HOME": str(tmp_path_factory.mktemp("home")),
        "TZ": "UTC",
    }


@pytest.fixture
def dipread(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run a command on an archive of this test's own; `env` adds to the environment."""

    def run(
        *arguments: object, env: dict[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        home = {"DIPREAD_HOME": str(tmp_path / "home"), "DIPREAD_ALLOW_PRIVATE": ",".join(SERVED)}
        return subprocess.run(
            [sys.executable, "-m", "dipread", *map(str, arguments)],
            env={**environment, **home, **(env or {})},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            **options,
        )

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of the sample desk, fetched on the day of its latest story."""
    home = tmp_path_factory.mktemp("fetched")
    with demo.sample_desk(load_config({"DIPREAD_HOME": str(home)}), lambda: demo.LATEST) as desk:
        assert {outcome.status for outcome in desk.refresh()} == {"ok"}
    return (home / "data" / "demo.db").read_bytes()


@pytest.fixture(scope="session")
def sample_desk(tmp_path_factory: pytest.TempPathFactory, sample: bytes) -> Path:
    """A database of the sample desk for those who change nothing in it."""
    database = tmp_path_factory.mktemp("sample") / "demo.db"
    database.write_bytes(sample)
    return database


@pytest.fixture
def desk(tmp_path: Path, sample: bytes) -> Path:
    """A sample desk of this test's own."""
    database = tmp_path / "desk.db"
    database.write_bytes(sample)
    return database


@pytest.fixture
def story(dipread: Run, desk: Path) -> int:
    done = dipread("list", "pair:JP-IT sector:minerals", "--format", "jsonl", "--db", desk)
    return int(json.loads(done.stdout.splitlines()[0])["id"])


class QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on loopback; the address of it ends in a slash."""
    servers = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
        servers.append(server)
        SERVED.append(f"127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
    SERVED.clear()


def feeds_toml(path: Path, feeds: dict[str, str], language: str = "en") -> Path:
    """A feeds.toml listing title -> address."""
    path.write_text(
        "\n".join(
            f'[[feed]]\nurl = "{url}"\ntitle = "{title}"\npublisher = "Desk"\ncountry = "INT"\nkind = "press"\n'
            f'language = "{language}"\ngroup = "World press"\n'
            for title, url in feeds.items()
        ),
        encoding="utf-8",
    )
    return path


RSS = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Desk</title><link>https://desk.example/</link>{items}</channel></rss>"""
ITEM = """<item><guid>{guid}</guid><link>https://desk.example/{guid}</link><title>{title}</title>
<description>{text}</description><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item>"""


def rss(*stories: tuple[str, str, str]) -> str:
    """An RSS feed of (guid, title, text)."""
    return RSS.format(
        items="".join(
            ITEM.format(guid=guid, title=title, text=text) for guid, title, text in stories
        )
    )
