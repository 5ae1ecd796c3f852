"""The way out: many feeds at once through one pool of connections, each with its limits.

Bytes only; what they mean is for others. A feed that fails is an answer with a problem, not an exception.
"""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

import certifi
import pycurl

from dipread import __version__
from dipread.text import clean_line

AT_ONCE = 16
PER_HOST = 2
CONNECT_SECONDS = 10
TOTAL_SECONDS = 20
REDIRECTS = 5
BODY_BYTES = 10_000_000
HEADER_BYTES = 64_000
USER_AGENT = f"dipread/{__version__}"
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
LONGEST_WAIT = timedelta(days=30)
SHORTEST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Request:
    """A feed to ask for; `etag` and `modified` are sent back as its server gave them."""

    url: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `body` is None when nothing changed or something failed; then `problem` says what."""

    url: str
    status: int = 0
    body: bytes | None = None
    address: str = ""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    wait: timedelta | None = None
    size: int = 0
    milliseconds: int = 0
    problem: str = ""


def download(
    requests: Iterable[Request],
    hosts: Mapping[str, str] | None = None,
    enough: threading.Event | None = None,
) -> Iterator[Reply]:
    """The replies to all requests, in the order in which they come in.

    At most 16 at once and 2 to a host, over kept connections. `hosts` sends what is meant for a host
    to `address:port` instead, as a hosts file would. Once `enough` is set, no more replies come.
    """
    enough = enough or threading.Event()
    waiting = deque(requests)
    busy: dict[pycurl.Curl, _Transfer] = {}
    hosts_busy: Counter[str] = Counter()
    multi = pycurl.CurlMulti()
    idle: list[pycurl.Curl] = []
    try:
        while (waiting or busy) and not enough.is_set():
            for _ in range(len(waiting)):
                if len(busy) >= AT_ONCE:
                    break
                request = waiting.popleft()
                host = _host(request.url)
                if hosts_busy[host] >= PER_HOST:
                    waiting.append(request)
                    continue
                curl = idle.pop() if idle else pycurl.Curl()
                busy[curl] = _Transfer(request, host)
                hosts_busy[host] += 1
                busy[curl].prepare(curl, hosts or {})
                multi.add_handle(curl)
            multi.perform()
            finished = list(_finished(multi))
            for curl, fault in finished:
                transfer = busy.pop(curl)
                hosts_busy[transfer.host] -= 1
                reply = transfer.reply(curl, fault)
                multi.remove_handle(curl)
                curl.reset()
                idle.append(curl)
                yield reply
            if busy and not finished:  # else there is room for another request first
                multi.select(0.2)
    finally:
        for curl in busy:
            multi.remove_handle(curl)
            curl.close()
        for curl in idle:
            curl.close()
        multi.close()


def download_ahead(
    requests: Iterable[Request], hosts: Mapping[str, str] | None = None, depth: int = 32
) -> Iterator[Reply]:
    """What `download` gives, got in a thread of its own so that no transfer waits for what is done with the last.

    At most `depth` replies wait to be taken.
    """
    ready: queue.Queue[Reply | BaseException | None] = queue.Queue(depth)
    enough = threading.Event()

    def put(item: Reply | BaseException | None) -> None:
        while not enough.is_set():
            try:
                return ready.put(item, timeout=0.2)
            except queue.Full:
                continue

    def work() -> None:
        try:
            for reply in download(requests, hosts, enough):
                put(reply)
            put(None)
        except BaseException as fault:  # handed to the thread that asked, which raises it
            put(fault)

    thread = threading.Thread(target=work, name="download", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        enough.set()
        thread.join()


@cache
def trusted_certificates() -> str:
    """The file of certificate authorities: the system's (or SSL_CERT_FILE), else certifi's."""
    return ssl.get_default_verify_paths().cafile or certifi.where()


def _finished(multi: pycurl.CurlMulti) -> Iterator[tuple[pycurl.Curl, tuple[int, str] | None]]:
    while True:
        left, good, bad = multi.info_read()
        yield from ((curl, None) for curl in good)
        yield from ((curl, (code, said)) for curl, code, said in bad)
        if not left:
            return


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@dataclass(slots=True)
class _Transfer:
    """One request under way, and what has come of it so far."""

    request: Request
    host: str
    body: BytesIO = field(default_factory=BytesIO)
    headers: dict[str, str] = field(default_factory=dict)
    header_bytes: int = 0
    started: float = field(default_factory=time.monotonic)
    too_large: str = ""

    def prepare(self, curl: pycurl.Curl, hosts: Mapping[str, str]) -> None:
        """Set every limit on a fresh handle."""
        headers = [f"Accept: {ACCEPT}"]
        if self.request.etag:
            headers.append(f"If-None-Match: {self.request.etag}")
        if self.request.modified:
            headers.append(f"If-Modified-Since: {self.request.modified}")
        # curl refuses in words what is no address, but will not even be given a NUL.
        url = self.request.url.encode("utf-8", "surrogatepass").replace(b"\x00", b" ")
        curl.setopt(pycurl.URL, url)
        curl.setopt(pycurl.HTTPHEADER, [header.encode("latin-1", "replace") for header in headers])
        curl.setopt(pycurl.USERAGENT, USER_AGENT)
        curl.setopt(pycurl.ACCEPT_ENCODING, "gzip")
        curl.setopt(pycurl.FOLLOWLOCATION, True)
        curl.setopt(pycurl.MAXREDIRS, REDIRECTS)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.CONNECTTIMEOUT, CONNECT_SECONDS)
        curl.setopt(pycurl.TIMEOUT, TOTAL_SECONDS)
        curl.setopt(pycurl.NOSIGNAL, True)
        curl.setopt(pycurl.CAINFO, trusted_certificates())
        curl.setopt(pycurl.WRITEFUNCTION, self._write)
        curl.setopt(pycurl.HEADERFUNCTION, self._header)
        curl.setopt(pycurl.CONNECT_TO, [f"{name}::{address}" for name, address in hosts.items()])

    def _write(self, part: bytes) -> int | None:
        """Takes decoded bytes, so that the cap holds for compressed answers too."""
        if self.body.tell() + len(part) > BODY_BYTES:
            self.too_large = f"larger than {BODY_BYTES // 1_000_000} MB"
            return 0
        self.body.write(part)
        return None

    def _header(self, line: bytes) -> int | None:
        self.header_bytes += len(line)
        if self.header_bytes > HEADER_BYTES:
            self.too_large = "its headers are too large"
            return 0
        name, colon, value = line.decode("latin-1").partition(":")
        if line.startswith(b"HTTP/"):  # a redirect's headers are not the answer's
            self.headers = {}
            self.body = BytesIO()
        elif colon:
            self.headers[name.strip().lower()] = value.strip()
        return None

    def reply(self, curl: pycurl.Curl, fault: tuple[int, str] | None) -> Reply:
        """What this transfer came to."""
        status = int(curl.getinfo(pycurl.RESPONSE_CODE))
        problem = self.too_large or (_in_words(*fault) if fault else _refusal(status))
        done = not problem and status != HTTPStatus.NOT_MODIFIED
        return Reply(
            url=self.request.url,
            status=status,
            body=self.body.getvalue() if done else None,
            # curl won't say it of what is no address at all
            address="" if fault else clean_line(str(curl.getinfo(pycurl.EFFECTIVE_URL)), 2_000),
            content_type=clean_line(self.headers.get("content-type", ""), 200),
            etag=self.headers.get("etag", "") if done else self.request.etag,
            modified=self.headers.get("last-modified", "") if done else self.request.modified,
            wait=_wait(self.headers.get("retry-after", "")) if status in (429, 503) else None,
            size=int(curl.getinfo(pycurl.SIZE_DOWNLOAD_T)),
            milliseconds=round(1_000 * (time.monotonic() - self.started)),
            problem=problem,
        )


def _refusal(status: int) -> str:
    if 200 <= status < 300 or status == HTTPStatus.NOT_MODIFIED:
        return ""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "an unknown answer"
    return f"HTTP {status} {phrase}"


_WORDS = {
    pycurl.E_COULDNT_RESOLVE_HOST: "no such host, or no network",
    pycurl.E_COULDNT_CONNECT: "can't connect",
    pycurl.E_OPERATION_TIMEDOUT: f"no full answer within {TOTAL_SECONDS} seconds",
    pycurl.E_TOO_MANY_REDIRECTS: f"redirected more than {REDIRECTS} times",
    pycurl.E_UNSUPPORTED_PROTOCOL: "leads off the web, or to what is no web server",
    pycurl.E_URL_MALFORMAT: "not a web address",
    pycurl.E_PARTIAL_FILE: "the answer was cut off",
    pycurl.E_GOT_NOTHING: "the server hung up without an answer",
    pycurl.E_RECV_ERROR: "the connection broke off",
    pycurl.E_SEND_ERROR: "the connection broke off",
    pycurl.E_BAD_CONTENT_ENCODING: "the answer is compressed in a broken or unknown way",
    pycurl.E_PEER_FAILED_VERIFICATION: "its certificate is not trusted",
    pycurl.E_SSL_CONNECT_ERROR: "no secure connection could be made",
    pycurl.E_FTP_WEIRD_SERVER_REPLY: "what answers there is no web server",
}


def _in_words(code: int, said: str) -> str:
    words = _WORDS.get(code)
    detail = clean_line(said, 160)
    if words is None:
        return detail or f"failed (curl error {code})"
    return f"{words} ({detail})" if code == pycurl.E_PEER_FAILED_VERIFICATION and detail else words


def _wait(header: str) -> timedelta | None:
    """Retry-After in seconds or as a date, kept between a minute and 30 days."""
    if not header:
        return None
    if header.isdecimal():
        asked = timedelta(seconds=int(header[:10]))
    else:
        try:
            asked = parsedate_to_datetime(header) - datetime.now(UTC)
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(asked, SHORTEST_WAIT), LONGEST_WAIT)
