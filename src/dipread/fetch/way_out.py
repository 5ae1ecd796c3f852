"""The way out: many feeds at once through one pool of connections, each with its limits.

Bytes only; what they mean is for others. A feed that fails is an answer with a problem, not an exception.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

import pycurl
from msgspec import Struct, field

from dipread.fetch.guard import Door, Guard
from dipread.fetch.transfer import Reply, Request, Transfer, host_of

AT_ONCE = 16
PER_HOST = 2
AT_ONCE_OURS = 128
FIRST_OURS = 4
"""What the reader allowed by `host:port` is a machine of their own: it need not be spared, but may be small,
so that each answer lets one more at a time.
"""


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
    line = _Line(requests, guard)
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
                reply = transfer.reply(curl, fault)
                multi.remove_handle(curl)
                curl.reset()
                idle.append(curl)
                line.done(transfer.host)
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


class _Line:
    """Requests that wait for their turn, host by host."""

    def __init__(self, requests: Iterable[Request], guard: Guard) -> None:
        self._waiting: dict[str, deque[Request]] = {}
        for request in requests:
            self._waiting.setdefault(host_of(request.url), deque()).append(request)
        self._turn = deque(self._waiting)
        self._ours = {host for host in self._waiting if guard.is_ours(host)}
        self._busy: Counter[str] = Counter()
        self._most_ours = FIRST_OURS

    def __bool__(self) -> bool:
        return bool(self._turn) or any(self._waiting.values())

    def next(self) -> Request | None:
        """A request that may go out now, if there is one."""
        for _ in range(len(self._turn)):
            host = self._turn.popleft()
            if not self._room(host):
                self._turn.append(host)
                continue
            request = self._waiting[host].popleft()
            self._busy[host] += 1
            if self._waiting[host] and (host in self._ours or self._busy[host] < PER_HOST):
                self._turn.append(host)
            return request
        return None

    def _room(self, host: str) -> bool:
        if host in self._ours:
            return sum(self._busy[each] for each in self._ours) < self._most_ours
        return sum(busy for each, busy in self._busy.items() if each not in self._ours) < AT_ONCE

    def done(self, host: str) -> None:
        """One of its requests has been answered."""
        if host in self._ours:
            self._most_ours = min(AT_ONCE_OURS, self._most_ours + 1)
        self._busy[host] -= 1
        if not self._busy[host]:
            del self._busy[host]
        if self._waiting[host] and host not in self._turn:
            self._turn.append(host)

    def spare(self, host: str, wait: timedelta) -> Iterator[Reply]:
        """Ask this host no more; what would have been asked is answered as its server did."""
        for request in self._waiting[host]:
            yield Reply(
                request.url,
                etag=request.etag,
                modified=request.modified,
                wait=wait,
                problem="its server asked to be left alone",
            )
        self._waiting[host].clear()
        if host in self._turn:
            self._turn.remove(host)


def _finished(multi: pycurl.CurlMulti) -> Iterator[tuple[pycurl.Curl, tuple[int, str] | None]]:
    while True:
        left, good, bad = multi.info_read()
        yield from ((curl, None) for curl in good)
        yield from ((curl, (code, said)) for curl, code, said in bad)
        if not left:
            return
