"""Where a feed may not lead, whom its secrets go to, and who is trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dipread.fetch import Request, WayOut, download
from dipread.fetch.transfer import trusted_certificates
from tests.servers import FEED, ours, reply_to, signed_by_itself

if TYPE_CHECKING:
    from tests.conftest import FeedServer


def test_a_private_address_is_not_connected_to(server: FeedServer) -> None:
    (reply,) = download([Request(server.serve("/feed", FEED))])
    assert (reply.body, reply.problem) == (None, "leads into a private network (127.0.0.1)")
    assert server.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f.1", "017700000001", "localhost", "LOCALHOST.", "0", "[::1]", "[::]",
        "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b:1::7f00:1]", "e.example@127.0.0.1", "8.8.8.8:80@127.0.0.1",
        "8.8.8.8\\@127.0.0.1",
    ],
)  # fmt: skip
def test_a_redirect_into_a_private_network_is_not_followed(server: FeedServer, host: str) -> None:
    other = type(server)()
    try:
        port = other.address.rpartition(":")[2]
        url = server.serve("/feed", b"", 302, {"Location": f"http://{host}:{port}/hit"})
        reply = reply_to(url)
        assert reply.body is None
        assert reply.problem.startswith(("leads into a private network", "can't connect"))
        assert other.asked == []
    finally:
        other.close()


def test_what_began_in_secret_does_not_go_on_in_the_open(
    tmp_path: Path, server: FeedServer
) -> None:
    server.serve("/feed", FEED)
    answer = f"HTTP/1.0 302 Found\r\nLocation: {server.url('/feed')}\r\n\r\n".encode()
    with signed_by_itself(tmp_path, answer) as (address, _):
        way = WayOut({"localhost": address}, frozenset({server.address}))
        (reply,) = download([Request("https://localhost/feed", trusting=True)], way)
    assert (reply.body, reply.problem) == (None, "leads from https to unprotected http")
    assert server.asked == []


def test_a_proxy_of_the_environment_is_not_used(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert reply_to(server.serve("/feed", FEED)).body == FEED


def test_a_password_goes_to_its_own_server_and_to_no_other(server: FeedServer) -> None:
    server.serve("/feed", FEED)
    server.serve("/away", b"", 302, {"Location": "http://other.example/feed"})
    hosts = dict.fromkeys(["desk.example", "other.example"], server.address)
    reply = reply_to("http://desk.example/away", hosts=hosts, secret="ann:hunter2")
    assert reply.body == FEED
    first, second = (headers.get("authorization") for _, headers in server.asked)
    assert (first, second) == ("Basic YW5uOmh1bnRlcjI=", None)


def test_a_token_is_asked_with_and_shown_to_nobody(server: FeedServer) -> None:
    url = server.serve("/feed?a=1", FEED)
    server.answers["/feed?a=1&token=s3cret"] = server.answers["/feed?a=1"]
    request = Request(url, secret="?token=s3cret")
    (reply,) = download([request], ours(server))
    assert (reply.body, reply.address) == (FEED, url)
    assert "s3cret" not in repr(request) + repr(reply)


def test_a_certificate_nobody_vouches_for_is_refused_unless_the_system_trusts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with signed_by_itself(tmp_path) as (address, certificate):
        hosts = {"localhost": address}
        refused = reply_to("https://localhost/feed", hosts=hosts)
        assert refused.problem.startswith("its certificate is not trusted (")
        assert refused.body is None
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusted_certificates.cache_clear()
        trusted = reply_to("https://localhost/feed", hosts=hosts)
    trusted_certificates.cache_clear()
    assert (trusted.body, trusted.problem) == (FEED, "")
