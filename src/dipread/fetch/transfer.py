"""One request under way: every limit on it, and what has come of it so far."""

from __future__ import annotations

import ssl
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

import pycurl
from msgspec import Struct, field

from dipread import __version__
from dipread.fetch.body import Body
from dipread.fetch.guard import Door
from dipread.fetch.problems import HEADERS_TOO_LARGE, fault_in_words, refusal
from dipread.text.cleaning import clean_line
from dipread.text.secrets import redact

CONNECT_SECONDS = 10
TOTAL_SECONDS = 20
REDIRECTS = 5
HEADER_BYTES = 64_000
USER_AGENT = f"dipread/{__version__}"
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
LONGEST_WAIT = timedelta(days=30)
SHORTEST_WAIT = timedelta(minutes=1)
_FOR_GOOD = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)


class Request(Struct, frozen=True):
    """A feed to ask for; `etag` and `modified` are sent back as its server gave them.

    `secret` is the part of its address that is shown to nobody: `name:password`, or a query with a token.
    `agent` names another program than ours to a server that lets ours not in; `trusting` takes any
    certificate.
    """

    url: str
    etag: str = ""
    modified: str = ""
    secret: str = ""
    agent: str = ""
    trusting: bool = False

    def __repr__(self) -> str:
        return f"Request({self.url!r})"


class Reply(Struct, frozen=True):
    """What came back. `body` is None when nothing changed or something failed; then `problem` says what.

    `moved` is the address that the server says the feed has for good, empty when it said none.
    """

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
    moved: str = ""


class Transfer(Struct):
    """A request that curl is at work on."""

    request: Request
    host: str
    door: Door
    body: Body = field(default_factory=Body)
    headers: dict[str, str] = field(default_factory=dict)
    hops: list[int] = field(default_factory=list)
    header_bytes: int = 0
    started: float = field(default_factory=time.monotonic)
    too_large: str = ""

    def prepare(self, curl: pycurl.Curl, hosts: dict[str, str], proxy: str) -> None:
        """Set every limit on a fresh handle."""
        request = self.request
        headers = [f"Accept: {ACCEPT}", "Accept-Encoding: gzip"]
        if request.etag:
            headers.append(f"If-None-Match: {request.etag}")
        if request.modified:
            headers.append(f"If-Modified-Since: {request.modified}")
        secure = request.url.lower().startswith("https:")
        web = pycurl.PROTO_HTTPS if secure else pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS
        curl.setopt(pycurl.URL, self._address())
        curl.setopt(pycurl.HTTPHEADER, [header.encode("latin-1", "replace") for header in headers])
        curl.setopt(pycurl.USERAGENT, request.agent or USER_AGENT)
        curl.setopt(pycurl.FOLLOWLOCATION, True)
        curl.setopt(pycurl.MAXREDIRS, REDIRECTS)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.REDIR_PROTOCOLS, web)  # what began in secret does not go on in the open
        curl.setopt(pycurl.CONNECTTIMEOUT, CONNECT_SECONDS)
        curl.setopt(pycurl.TIMEOUT, TOTAL_SECONDS)
        curl.setopt(pycurl.NOSIGNAL, True)
        curl.setopt(pycurl.CAINFO, trusted_certificates())
        curl.setopt(pycurl.WRITEFUNCTION, self._write)
        curl.setopt(pycurl.HEADERFUNCTION, self._header)
        curl.setopt(pycurl.CONNECT_TO, [f"{name}::{address}" for name, address in hosts.items()])
        curl.setopt(pycurl.PROXY, proxy)  # empty: none, whatever the environment says
        if not proxy:
            curl.setopt(pycurl.OPENSOCKETFUNCTION, self.door.open)
        if request.secret and not request.secret.startswith("?"):
            curl.setopt(pycurl.USERPWD, request.secret.encode())
            curl.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_BASIC)
        if request.trusting:
            curl.setopt(pycurl.SSL_VERIFYPEER, 0)
            curl.setopt(pycurl.SSL_VERIFYHOST, 0)

    def _address(self) -> bytes:
        url, secret = self.request.url, self.request.secret
        if secret.startswith("?"):
            bare, mark, part = url.partition("#")
            url = bare + ("&" + secret[1:] if "?" in bare else secret) + mark + part
        # curl refuses in words what is no address, but will not even be given a NUL.
        return url.encode("utf-8", "surrogatepass").replace(b"\x00", b" ")

    def _write(self, part: bytes) -> int | None:
        if not self.body.take(part):
            return 0
        return None

    def _header(self, line: bytes) -> int | None:
        self.header_bytes += len(line)
        if self.header_bytes > HEADER_BYTES:
            self.too_large = HEADERS_TOO_LARGE
            return 0
        name, colon, value = line.decode("latin-1").partition(":")
        if line.startswith(b"HTTP/"):  # a redirect's headers are not the answer's
            self.headers = {}
            self.body = Body()
            words = line.split(None, 2)
            self.hops.append(int(words[1]) if len(words) > 1 and words[1].isdigit() else 0)
        elif colon:
            self._keep(name.strip().lower(), value.strip())
        elif not line.strip():
            self.body = self._answers_body()
            return 0 if self.body.problem else None
        return None

    def _answers_body(self) -> Body:
        """Where the answer goes; what stands in a redirect or a refusal is nobody's to unpack."""
        if self.hops and 200 <= self.hops[-1] < 300:
            return Body(
                self.headers.get("content-encoding", ""), self.headers.get("content-length", "")
            )
        return Body()

    def _keep(self, name: str, value: str) -> None:
        if name == "content-encoding" and name in self.headers:  # one packing in another
            value = f"{self.headers[name]}, {value}"
        self.headers[name] = value

    def reply(self, curl: pycurl.Curl, fault: tuple[int, str] | None) -> Reply:
        """What this transfer came to."""
        status = int(curl.getinfo(pycurl.RESPONSE_CODE))
        whole = self.body.whole()
        refused = refusal(status)
        problem = self.too_large or (refused if status >= 400 else "") or self.body.problem
        if not problem:
            problem = self._in_words(*fault) if fault else refused
        done = not problem and status != HTTPStatus.NOT_MODIFIED
        # curl won't say it of what is no address at all
        address = "" if fault else self._shown(str(curl.getinfo(pycurl.EFFECTIVE_URL)))
        return Reply(
            url=self.request.url,
            status=status,
            body=whole if done else None,
            address=address,
            content_type=clean_line(self.headers.get("content-type", ""), 200),
            etag=_validator(self.headers.get("etag", "")) if done else self.request.etag,
            modified=_validator(self.headers.get("last-modified", ""))
            if done
            else self.request.modified,
            wait=_wait(self.headers.get("retry-after", "")) if status in (429, 503) else None,
            size=int(curl.getinfo(pycurl.SIZE_DOWNLOAD_T)),
            milliseconds=round(1_000 * (time.monotonic() - self.started)),
            problem=problem,
            moved=address if not problem and self._moved_for_good() else "",
        )

    def _in_words(self, code: int, said: str) -> str:
        if self.door.refused and code == pycurl.E_COULDNT_CONNECT:
            return f"leads into a private network ({clean_line(self.door.refused, 60)})"
        if code == pycurl.E_UNSUPPORTED_PROTOCOL and self.hops:
            target = self.headers.get("location", "")
            if self.request.url.startswith("https:") and target.lower().startswith("http:"):
                return "leads from https to unprotected http"
        return fault_in_words(code, redact(said), TOTAL_SECONDS, REDIRECTS)

    def _shown(self, address: str) -> str:
        """An address without what the request kept secret."""
        secret = self.request.secret
        if secret.startswith("?"):
            address = address.replace(secret[1:], "").replace("?&", "?").rstrip("?&")
        return clean_line(address, 2_000)

    def _moved_for_good(self) -> bool:
        redirects = [each for each in self.hops[:-1] if 300 <= each < 400]
        return bool(redirects) and all(each in _FOR_GOOD for each in redirects)


@cache
def trusted_certificates() -> str:
    """The file of certificate authorities: the system's (or SSL_CERT_FILE), else certifi's."""
    if system := ssl.get_default_verify_paths().cafile:
        return system
    import certifi

    return certifi.where()


def host_of(url: str) -> str:
    """The `host:port` of an address, which limits hold for; empty when it is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ""
    return f"{parts.hostname or ''}:{port}"


def _validator(header: str) -> str:
    """What a server wants to hear again byte for byte; nothing if it could harm whoever looks at it."""
    harmless = all(each >= " " and not "\x7f" <= each < "\xa0" for each in header)
    return header if harmless and len(header) <= 1_000 else ""


def _wait(header: str) -> timedelta | None:
    """Retry-After in seconds or as a date, kept between a minute and 30 days."""
    if not header:
        return None
    if header.isdecimal():
        asked = timedelta(seconds=int(header[:10]))
    else:
        from email.utils import parsedate_to_datetime

        try:
            asked = parsedate_to_datetime(header) - datetime.now(UTC)
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(asked, SHORTEST_WAIT), LONGEST_WAIT)
