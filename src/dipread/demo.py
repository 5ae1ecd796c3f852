"""The sample desk: feed files that ship with dipread, served on loopback to the real fetcher as of today.

Their dates are moved by whole days, so that the desk looks as on a morning after its latest story, whenever
that is: nothing has fallen silent, and `since:7d` finds something.
"""

from __future__ import annotations

import mimetypes
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dipread import data
from dipread.config import Config, FeedList, parse_feeds
from dipread.library import Library, utc_now

HOST = "desk.example"
FEEDS = "demo/feeds.toml"
LATEST = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
"""When the latest story of the files came out."""
_DAYS = {
    "%Y-%m-%d": re.compile(r"\b\d{4}-\d\d-\d\d(?=T\d\d:)"),
    "%a, %d %b %Y": re.compile(r"\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4}(?= \d\d:)"),
}
"""The days of dates in feeds, by how they are written."""


@contextmanager
def sample_desk(
    config: Config, now: Callable[[], datetime] = utc_now, database: Path | None = None
) -> Iterator[Library]:
    """A library on the sample feeds, in a database of its own; they are served while the context lasts."""
    server = _Desk((now() - LATEST).days)
    threading.Thread(target=server.serve_forever, name="sample desk", daemon=True).start()
    desk = config._replace(
        database=database or config.paths.data / "demo.db",
        feeds_file=None,
        listed=FeedList(FEEDS, data.read(FEEDS)),
    )
    try:
        yield Library(
            desk,
            now,
            hosts={HOST: f"127.0.0.1:{server.server_port}"},
            refresh_command=("demo", "--fetch"),
        )
    finally:
        server.shutdown()
        server.server_close()


def moved(body: str, days: int) -> str:
    """A feed with every date in it so many days later.

    >>> moved("<pubDate>Fri, 20 Nov 2026 18:30:00 JST</pubDate>", 11)
    '<pubDate>Tue, 01 Dec 2026 18:30:00 JST</pubDate>'
    """
    for form, day in _DAYS.items():
        body = day.sub(partial(_later, form, days), body)
    return body


def _later(form: str, days: int, found: re.Match[str]) -> str:
    day = datetime.strptime(found[0], form).replace(tzinfo=UTC)
    return (day + timedelta(days)).strftime(form)


class _Desk(ThreadingHTTPServer):
    """Serves the sample feeds with their dates so many days later, and nothing else."""

    def __init__(self, days: int) -> None:
        names = [feed.url.rpartition("/")[2] for feed in parse_feeds(data.read(FEEDS), FEEDS)]
        self.bodies = {
            f"/{name}": moved(data.read(f"demo/{name}"), days).encode() for name in names
        }
        super().__init__(("127.0.0.1", 0), _Answer)


class _Answer(BaseHTTPRequestHandler):
    server: _Desk

    def do_GET(self) -> None:
        body = self.server.bodies.get(self.path)
        if body is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        tag = f'"{len(body):x}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", mimetypes.guess_type(self.path)[0] or "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the desk is not a server to watch."""
