"""What went wrong with a request, in words."""

from __future__ import annotations

from http import HTTPStatus

import pycurl

from dipread.model import NO_NETWORK
from dipread.text.cleaning import clean_line

HEADERS_TOO_LARGE = "its headers are too large"
_TOO_LARGE = 100  # a line longer than curl takes, for which pycurl has no name

_WORDS = {
    pycurl.E_COULDNT_RESOLVE_HOST: NO_NETWORK,
    pycurl.E_COULDNT_CONNECT: "can't connect",
    pycurl.E_OPERATION_TIMEDOUT: "no full answer within {seconds} seconds",
    pycurl.E_TOO_MANY_REDIRECTS: "redirected more than {redirects} times",
    pycurl.E_UNSUPPORTED_PROTOCOL: "leads off the web, or to what is no web server",
    pycurl.E_URL_MALFORMAT: "not a web address",
    pycurl.E_PARTIAL_FILE: "the answer was cut off",
    pycurl.E_GOT_NOTHING: "the server hung up without an answer",
    pycurl.E_RECV_ERROR: "the connection broke off",
    pycurl.E_SEND_ERROR: "the connection broke off",
    pycurl.E_BAD_CONTENT_ENCODING: "the answer is compressed in a broken or unknown way",
    pycurl.E_PEER_FAILED_VERIFICATION: "its certificate is not trusted",
    pycurl.E_SSL_CONNECT_ERROR: "no secure connection could be made",
    _TOO_LARGE: HEADERS_TOO_LARGE,
    pycurl.E_FTP_WEIRD_SERVER_REPLY: "what answers there is no web server",
}


def fault_in_words(code: int, said: str, seconds: int, redirects: int) -> str:
    """A fault of curl's in words; `said` is what curl said of it."""
    words = _WORDS.get(code, "").format(seconds=seconds, redirects=redirects)
    detail = clean_line(said, 160)
    if not words:
        return detail or f"failed (curl error {code})"
    return f"{words} ({detail})" if code == pycurl.E_PEER_FAILED_VERIFICATION and detail else words


def refusal(status: int) -> str:
    """What a server's refusal is called; empty when it is none."""
    if 200 <= status < 300 or status == HTTPStatus.NOT_MODIFIED:
        return ""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "an unknown answer"
    return f"HTTP {status} {phrase}"
