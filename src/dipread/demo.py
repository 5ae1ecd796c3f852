"""The sample desk: feed files that ship with dipread, served on loopback to the real fetcher."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dipread import data
from dipread.config import Config, FeedList, parse_feeds
from dipread.library import Library, utc_now

HOST = "desk.example"
FEEDS = "demo/feeds.toml"


@contextmanager
def sample_desk(
    config: Config, now: Callable[[], datetime] = utc_now, database: Path | None = None
) -> Iterator[Library]:
    """A library on the sample feeds, in a database of its own; they are served while the context lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
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


class _Desk(BaseHTTPRequestHandler):
    """Answers with the sample feeds and nothing else."""

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        known = {feed.url.rpartition("/")[2] for feed in parse_feeds(data.read(FEEDS), FEEDS)}
        if name not in known:
            self.send_error(404)
            return
        body = data.read(f"demo/{name}").encode()
        tag = f'"{len(body):x}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the desk is not a server to watch."""
