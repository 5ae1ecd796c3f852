"""What tests of several rooms share: recorded material, a fixed clock, a feed server on loopback."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from dipread.config import load_config
from dipread.model import Feed
from tests.listing import START, a_feed, listed

if TYPE_CHECKING:
    from dipread.library import Library

# What a busy machine takes is no fault. `DIPREAD_TESTS=long` tries many more inputs than a change needs.
settings.register_profile("short", deadline=None)
settings.register_profile("long", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("DIPREAD_TESTS", "short"))

SHARED = Path(os.environ.get("DIPREAD_SHARED", Path(__file__).parents[2] / "shared"))
NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Recorded feeds and tables, which are not part of the project."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"no recorded material at {SHARED}; DIPREAD_SHARED says where it is")
    return SHARED


@pytest.fixture
def now() -> Callable[[], datetime]:
    """A clock that stands still, after all recordings."""
    return lambda: NOW


@pytest.fixture
def clock() -> list[datetime]:
    """A clock that a test sets."""
    return [START]


@pytest.fixture
def desk(tmp_path: Path, server: FeedServer, clock: list[datetime]) -> Callable[..., Library]:
    """A library on feeds, each on a host of its own that this server stands for, unless `hosts` says otherwise."""

    def make(*feeds: Feed | str, hosts: dict[str, str] | None = None) -> Library:
        from dipread.library import Library

        config = load_config({"DIPREAD_HOME": str(tmp_path)})
        chosen = [a_feed(each) if isinstance(each, str) else each for each in feeds]
        served = {f"{each.title}.example": server.address for each in chosen}
        config = config._replace(listed=listed(chosen))
        return Library(config, lambda: clock[0], {**served, **(hosts or {})})

    return make


Answer = Callable[[BaseHTTPRequestHandler], None]


class FeedServer:
    """Answers on loopback by path, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.asked.append((self.path, headers))
                server.answers[self.path](self)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: a test's output is its own."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False
            request_queue_size = 64

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up is what some tests are about."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        """`host:port`."""
        return f"127.0.0.1:{self._server.server_port}"

    def url(self, path: str) -> str:
        """The address of a path on this server."""
        return f"http://{self.address}{path}"

    def serve(
        self, path: str, body: bytes = b"", status: int = 200, headers: dict[str, str] | None = None
    ) -> str:
        """Answer `path` so; returns its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.url(path)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    server = FeedServer()
    yield server
    server.close()
