"""Requests that wait for their turn: few at once to a stranger's host, as many as help to the reader's own."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from datetime import timedelta

from dipread.fetch.guard import Guard
from dipread.fetch.transfer import Reply, Request, host_of

AT_ONCE = 16
PER_HOST = 2
AT_ONCE_OURS = 384
FIRST_OURS = 16
MORE = 3
"""What the reader allowed by `host:port` is a machine of their own: it need not be spared, but may be small.
Each answer that was long in coming and brought nothing lets three more at a time, as long as it came no slower
for those before. What brings something has to be read, which takes longer than to fetch it, and held meanwhile.
"""
LONG = 0.01
SLOWER = 2
"""Seconds from which on an answer was long in coming: where they come at once, more gain nothing. And how many
times as long as the quickest one shows that the server is busy enough.
"""
LOST = 0.9
"""Seconds: a connection that took so long was first turned away, for the server has no room for more to wait."""


class Line:
    """Requests that wait for their turn, host by host."""

    def __init__(self, requests: Iterable[Request], guard: Guard) -> None:
        self._waiting: dict[str, deque[Request]] = {}
        for request in requests:
            self._waiting.setdefault(host_of(request.url), deque()).append(request)
        self._turn = deque(self._waiting)
        self._ours = {host for host in self._waiting if guard.is_ours(host)}
        self._busy: Counter[str] = Counter()
        self._most_ours = FIRST_OURS
        self._quickest: dict[str, float] = {}

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

    def done(self, host: str, thought: float, connected: float, brought: bool = False) -> None:
        """One of its requests has been answered, after so many seconds of thought and of connecting.

        `brought` says whether there is something to read.
        """
        if host in self._ours:
            quickest = self._quickest[host] = min(thought, self._quickest.get(host, thought))
            if connected >= LOST:
                self._most_ours = FIRST_OURS
            elif not brought and LONG <= thought <= SLOWER * quickest:
                self._most_ours = min(AT_ONCE_OURS, self._most_ours + MORE)
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
