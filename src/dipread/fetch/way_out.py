"""The way out: many feeds at once through one pool of connections, each with its limits.

Bytes only; what they mean is for others. A feed that fails is an answer with a problem, not an exception.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping

import pycurl
from msgspec import Struct, field

from dipread.fetch.guard import Door, Guard
from dipread.fetch.line import Line
from dipread.fetch.transfer import Reply, Request, Transfer, host_of


class WayOut(Struct, frozen=True):
    """How requests leave: `hosts` sends what is meant for a host to `address:port` instead, as a hosts file
    would; `allowed` names each private `host:port` that feeds may come from; `proxy` is one the reader set.
    """

    hosts: Mapping[str, str] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    proxy: str = ""


def download(
    requests: Iterable[Request],
    way: WayOut | None = None,
    enough: threading.Event | None = None,
) -> Iterator[Reply]:
    """The replies to all requests, in the order in which they come in.

    At most 16 at once and 2 to a host, over kept connections. A host that asks for patience is not asked
    again, its other requests are answered so. Once `enough` is set, no more replies come.
    """
    way = way or WayOut()
    guard = Guard({*way.allowed, *way.hosts.values()})
    hosts = dict(way.hosts)
    enough = enough or threading.Event()
    line = Line(requests, guard)
    busy: dict[pycurl.Curl, Transfer] = {}
    multi = pycurl.CurlMulti()
    idle: list[pycurl.Curl] = []
    try:
        while (line or busy) and not enough.is_set():
            while request := line.next():
                curl = idle.pop() if idle else pycurl.Curl()
                busy[curl] = Transfer(request, host_of(request.url), Door(guard))
                busy[curl].prepare(curl, hosts, way.proxy)
                multi.add_handle(curl)
            multi.perform()
            finished = list(_finished(multi))
            for curl, fault in finished:
                transfer = busy.pop(curl)
                transfer.door.close()
                reply, pace = transfer.reply(curl, fault), _pace(curl)
                multi.remove_handle(curl)
                curl.reset()
                idle.append(curl)
                line.done(transfer.host, *pace, brought=bool(reply.body))
                yield reply
                if reply.wait:
                    yield from line.spare(transfer.host, reply.wait)
            if busy and not finished:  # else there is room for another request first
                multi.select(0.2)
    finally:
        for curl, transfer in busy.items():
            transfer.door.close()
            multi.remove_handle(curl)
            curl.close()
        for curl in idle:
            curl.close()
        multi.close()


def _pace(curl: pycurl.Curl) -> tuple[float, float]:
    """The seconds that a server took to answer once it was asked, and before that to be connected to."""
    asked, answered = curl.getinfo(pycurl.PRETRANSFER_TIME), curl.getinfo(pycurl.STARTTRANSFER_TIME)
    return answered - asked, curl.getinfo(pycurl.CONNECT_TIME)


def _finished(multi: pycurl.CurlMulti) -> Iterator[tuple[pycurl.Curl, tuple[int, str] | None]]:
    while True:
        left, good, bad = multi.info_read()
        yield from ((curl, None) for curl in good)
        yield from ((curl, (code, said)) for curl, code, said in bad)
        if not left:
            return
