"""Servers as bad as servers get, and how a test asks them."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipread.fetch import Reply, Request, WayOut, download, host_of

if TYPE_CHECKING:
    from tests.conftest import FeedServer


FEED = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


def ours(server: FeedServer) -> WayOut:
    """The way out of a reader who allowed this server."""
    return WayOut(allowed=frozenset({server.address}))


def reply_to(
    url: str, etag: str = "", modified: str = "", hosts: dict[str, str] | None = None, **more: Any
) -> Reply:
    """The only reply to one request, of a reader who allowed its server."""
    way = WayOut(hosts or {}, frozenset({host_of(url)}))
    (reply,) = download([Request(url, etag, modified, **more)], way)
    return reply


def wait_for(event: threading.Event) -> Callable[[BaseHTTPRequestHandler], None]:
    """No answer until the event."""

    def wait(_: BaseHTTPRequestHandler) -> None:
        event.wait()

    return wait


def cut_connection(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def raw(answer: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer of just these bytes, after which the server hangs up."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        cut_connection(handler)

    return send


@contextmanager
def signed_by_itself(
    folder: Path, answer: bytes = b"HTTP/1.0 200 OK\r\n\r\n" + FEED
) -> Iterator[tuple[str, Path]]:
    """A server with a certificate that nobody vouches for: its address and the certificate."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2"
        " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:  # closed: the test is over
                    return
                try:
                    with context.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(4_096)
                        secure.sendall(answer)
                        secure.unwrap()
                except OSError:  # the client hung up on us, as it should
                    connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}", certificate
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
