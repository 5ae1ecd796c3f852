"""Feeds fetched, read, tagged and stored: many at once, each with its limits. No screen and no command line here.

Three at work: a thread that downloads, processes that read and tag, and the caller's thread, which alone
writes. What is on its way between them is bounded.
"""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from dipread import __version__
from dipread.feeds.jobs import Job, Reading, Rules
from dipread.feeds.readers import Readers
from dipread.fetch import Reply, Request, WayOut, download, host_of
from dipread.model import Feed, Outcome, Status
from dipread.store import KEPT, Answer, Saved, Store, Subscription
from dipread.text.secrets import redact

Watch = Callable[[Outcome, Saved], None]
IN_HAND_BYTES = 24_000_000
"""Bodies that were downloaded and are not yet stored."""
AT_A_TIME = 64
"""Feeds whose outcomes are written in one go."""
STORIES_AT_A_TIME = 400
SOON = 0.2
"""Seconds that what is ready waits for more, to be written together."""
NAME_BYTES = 16
"""How long the name of a body's bytes is; what tells its entries follows it in the archive."""
INDEXED_AT_ONCE = 100
"""More new stories than these are indexed and put in the catalogue's blobs by another process; they are found
meanwhile all the same.
"""


class Desk(Struct, frozen=True):
    """What a refresh works with: the way out, the rules, the list as the reader wrote it, and its secrets."""

    way: WayOut
    rules: Rules
    listed: Mapping[str, Feed]
    secrets: Mapping[str, str]

    def request(self, subscription: Subscription) -> Request:
        """What to ask the server of a feed."""
        url = subscription.feed.url
        own = self.listed.get(url, subscription.feed)
        return Request(
            url,
            subscription.etag,
            subscription.modified,
            self.secrets.get(url, ""),
            own.user_agent,
            own.any_certificate,
        )


def refresh(
    store: Store,
    desk: Desk,
    urls: Sequence[str] | None = None,
    *,
    only_due: bool = False,
    watch: Watch | None = None,
) -> Iterator[Outcome]:
    """Fetch, read, tag and store; one outcome per feed as it is done, a failed feed among them.

    All listed feeds, or those of `urls`. A feed that its server asked to leave alone is not asked; one that
    we hold back ourselves is asked by name. `only_due` leaves out those whose usual interval is not over.
    `watch` sees what was stored.
    """
    moment = int(store.now().timestamp())
    asked: dict[str, Subscription] = {}
    for each in store.feeds.subscriptions(urls):
        until = each.hold_until if urls is None else each.asked_until
        if until > moment:
            yield _left_alone(each, until)
        elif not only_due or each.next_due <= moment:
            asked[each.feed.url] = each
    if asked:
        with _Round(store, desk, asked) as work:
            yield from work.outcomes(watch)
    for _ in store.removals.clean(store.now() - KEPT):
        pass
    if store.indexing.behind() <= INDEXED_AT_ONCE:
        for _ in store.indexing.catch_up():
            pass
        store.stories.keep_catalogue()


class _Came(NamedTuple):
    """Something that came in: a server's reply, the name of its bytes, and what it was read as if it was read."""

    reply: Reply
    name: bytes
    reading: Reading | None = None


class _Round:
    """One refresh of some feeds."""

    def __init__(self, store: Store, desk: Desk, asked: Mapping[str, Subscription]) -> None:
        self._store = store
        self._desk = desk
        self._asked = asked
        self._came: queue.SimpleQueue[_Came | BaseException] = queue.SimpleQueue()
        self._room = _Room(IN_HAND_BYTES)
        self._enough = threading.Event()
        self._sent: dict[str, _Came] = {}
        self._readers = Readers(desk.rules, self._read)
        self._thread = threading.Thread(target=self._download, name="download", daemon=True)

    def __enter__(self) -> _Round:
        self._readers.expect(sum(not each.body for each in self._asked.values()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._room.open()
        self._thread.join()
        self._readers.close()

    def outcomes(self, watch: Watch | None) -> Iterator[Outcome]:
        """The outcome of every feed asked, as it is stored."""
        left = len(self._asked)
        while left:
            told: list[tuple[Outcome, Saved]] = []
            batch = self._batch(left)
            with self._store.transaction():
                for came in batch:
                    told.append(self._take_in(came))
            for came in batch:
                self._room.leave(len(came.reply.body or b""))
            left -= len(told)
            for outcome, saved in told:
                if watch:
                    watch(outcome, saved)
                yield outcome

    def _batch(self, left: int) -> list[_Came]:
        """What has come and is ready to be written, at least one; bodies are sent to be read meanwhile.

        No more than the `left` are waited for.
        """
        batch: list[_Came] = []
        stories, end = 0, 0.0
        while len(batch) < min(left, AT_A_TIME) and stories < STORIES_AT_A_TIME:
            try:
                came = self._came.get(timeout=max(0.0, end - time.monotonic()) if batch else None)
            except queue.Empty:
                break
            if isinstance(came, BaseException):
                raise came
            if came.reading is None and self._to_be_read(came):
                continue
            stories += len(came.reading.items) if came.reading else 0
            end = end or time.monotonic() + SOON
            batch.append(came)
        return batch

    def _to_be_read(self, came: _Came) -> bool:
        """Send a body to be read, unless it is the one that came last time; whether it was sent."""
        reply = came.reply
        subscription = self._asked[reply.url]
        if reply.body is None or came.name == subscription.body[:NAME_BYTES]:
            return False
        self._sent[reply.url] = came
        feed = subscription.feed
        known = self._store.ingest.known(subscription.id)
        address = reply.address or reply.url
        written = subscription.body[NAME_BYTES:]
        job = Job(reply.body, address, reply.content_type, feed.language, known, written)
        self._readers.give(reply.url, job)
        return True

    def _read(self, url: str, reading: Reading | BaseException) -> None:
        sent = self._sent.pop(url)
        self._came.put(sent._replace(reading=reading) if isinstance(reading, Reading) else reading)

    def _download(self) -> None:
        try:
            requests = [self._desk.request(each) for each in self._asked.values()]
            for reply in download(requests, self._desk.way, self._enough):
                self._room.enter(len(reply.body or b""))
                self._came.put(_Came(reply, _name_of(reply.body or b"")))
        except BaseException as fault:  # handed to the thread that waits, which raises it
            self._came.put(fault)

    # ------------------------------------------------------------------------------------- writing

    def _take_in(self, came: _Came) -> tuple[Outcome, Saved]:
        reply, name, reading = came
        store, subscription = self._store, self._asked[reply.url]
        outcome = Outcome(
            subscription.feed,
            "unchanged",
            entries=subscription.entries,
            size=reply.size,
            milliseconds=reply.milliseconds,
        )
        saved = Saved((), 0)
        said = Answer(reply.etag, reply.modified, subscription.body, reply.wait)
        if reply.problem:
            outcome = replace(outcome, status=_failure(reply), problem=redact(reply.problem))
        elif reading is not None:
            outcome, saved = self._save(subscription, outcome, reading)
            # What was cut is asked for whole the next time, and not whether it has changed.
            said = Answer() if reading.cut else replace(said, body=name + reading.written)
        elif reply.body is not None:
            outcome = replace(outcome, status="ok")
        if outcome.status in ("ok", "partial", "unchanged") and store.feeds.has_moved(
            subscription, redact(reply.moved)
        ):
            outcome = replace(outcome, status="moved", moved_to=redact(reply.moved))
        store.feeds.record(
            subscription,
            outcome,
            said,
            [each.published or store.now() for each in saved.fresh if each.how == "new"],
        )
        if reply.wait:
            store.feeds.hold_host(host_of, host_of(reply.url), reply.wait)
        return outcome, saved

    def _save(
        self, subscription: Subscription, outcome: Outcome, reading: Reading
    ) -> tuple[Outcome, Saved]:
        store = self._store
        if reading.problem:
            return replace(outcome, status="error", problem=reading.problem), Saved((), 0)
        if reading.rules:
            store.retagging.remember(reading.rules, reading.edition, self._desk.rules.own)
        saved = store.ingest.take_in(subscription.id, reading.items, reading.rules)
        if subscription.feed.title == subscription.feed.url and reading.title:
            store.feeds.rename(subscription.id, reading.title)  # fetched by its bare address
        return replace(
            outcome,
            status="partial" if reading.cut else "ok",
            new=saved.new,
            updated=saved.updated,
            entries=store.feeds.entries(subscription.id),
            problem=reading.cut,
        ), saved


class _Room:
    """Room for so many bytes; a body larger than all of it still gets in when there is nothing else."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside = 0
        self._opened = False
        self._changed = threading.Condition()

    def enter(self, size: int) -> None:
        """Wait until there is room."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._opened or not self._inside or self._inside + size <= self._most
            )
            self._inside += size

    def leave(self, size: int) -> None:
        """Make room again."""
        with self._changed:
            self._inside -= size
            self._changed.notify_all()

    def open(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._opened = True
            self._changed.notify_all()


def _left_alone(subscription: Subscription, until: int) -> Outcome:
    moment = datetime.fromtimestamp(until, UTC)
    said = f"left alone until {moment:%d %b %H:%M} UTC"
    if subscription.asked_until >= until:
        said += ", as its server asked"
    return Outcome(subscription.feed, "backoff", entries=subscription.entries, problem=said)


def _failure(reply: Reply) -> Status:
    """How a reply failed: 410 means that the feed is gone for good, Retry-After that it wants to be left alone."""
    if reply.status == HTTPStatus.GONE:
        return "gone"
    return "backoff" if reply.wait else "error"


def _name_of(body: bytes) -> bytes:
    """Names the bytes of a body as this dipread reads them: a newer one may read more in them."""
    name = hashlib.sha256(f"{__version__}\n".encode())
    name.update(body)
    return name.digest()[:NAME_BYTES]
