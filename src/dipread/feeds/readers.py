"""Readers of feeds in processes of their own: each is given one job at a time, and killed if it takes too long."""

from __future__ import annotations

import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from msgspec import DecodeError

from dipread.errors import ConfigError
from dipread.feeds.jobs import (
    PARSED,
    READY,
    SIZE_BYTES,
    Job,
    Reading,
    Refusal,
    Rules,
    answer_in,
    message,
)

START_WAIT = 60.0
PARSE_WAIT = 14.0
TAG_WAIT = 120.0
"""Seconds by the clock: the limit of CPU in delivery.py comes first unless the machine is busy or it hangs."""
MOST = 2
PROGRAM = "from dipread.feeds.delivery import main; main()"
ANSWER_BYTES = 400_000_000
"""More than a reader's memory holds: what claims to be longer is no answer."""
AT_ONCE = 1_000_000
"""Bytes that are taken of it at once, at most."""
TOO_MUCH = "not readable within {seconds:.0f} seconds and the memory allowed"


class Readers:
    """Some reading processes, started when there is work for them; what they read is handed to `answer`.

    `answer` is called from other threads with the key of the job; an exception is to be raised where it
    is waited for.
    """

    def __init__(
        self,
        rules: Rules,
        answer: Callable[[str, Reading | BaseException], None],
        most: int | None = None,
    ) -> None:
        self._rules = rules
        self._answer = answer
        self._most = most or min(MOST, os.cpu_count() or 1)
        self._jobs: queue.SimpleQueue[tuple[str, Job] | None] = queue.SimpleQueue()
        self._readers: list[_Reader] = []
        self._threads: list[threading.Thread] = []
        self._open = 0
        self._lock = threading.Lock()

    def expect(self, jobs: int) -> None:
        """Have readers start for so many jobs that will surely come."""
        with self._lock:
            while len(self._readers) < min(jobs, self._most):
                self._hire()

    def give(self, key: str, job: Job) -> None:
        """Have a job read as soon as a reader is free."""
        with self._lock:
            self._open += 1
            if self._open > len(self._readers) < self._most:
                self._hire()
        self._jobs.put((key, job))

    def close(self) -> None:
        """End all readers, at work or not; what none has begun is left undone."""
        with suppress(queue.Empty):
            while True:
                self._jobs.get_nowait()
        for _ in self._threads:
            self._jobs.put(None)
        for reader in self._readers:
            reader.stop()
        for thread in self._threads:
            thread.join()

    def _hire(self) -> None:
        reader = _Reader(self._rules)
        thread = threading.Thread(target=self._work, args=(reader,), name="reader", daemon=True)
        self._readers.append(reader)
        self._threads.append(thread)
        thread.start()

    def _work(self, reader: _Reader) -> None:
        try:
            with suppress(OSError):  # what keeps it from starting is told of the first job
                reader.start()
            while item := self._jobs.get():
                key, job = item
                answer: Reading | BaseException
                try:
                    answer = reader.read(job)
                except BaseException as fault:  # handed to who asked, and raised there
                    answer = fault
                with self._lock:
                    self._open -= 1
                self._answer(key, answer)
        finally:
            reader.end()


class _Reader:
    """One process, and another in its place when it had to be killed."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def read(self, job: Job) -> Reading:
        """What a job comes to; raises ConfigError when the rules to tag by are faulty."""
        process = self.start()
        assert process.stdin
        try:
            if not self._ready:
                self._ready = _heard(process, len(READY), START_WAIT) == READY
            process.stdin.write(message(job))
            process.stdin.flush()
            if _heard(process, len(PARSED), PARSE_WAIT) != PARSED:
                raise EOFError
            answer = answer_in(_message(process, TAG_WAIT))
        except (EOFError, OSError, DecodeError):
            self.end()
            return Reading(problem=TOO_MUCH.format(seconds=PARSE_WAIT))
        if isinstance(answer, Refusal):
            raise ConfigError(answer.message, answer.hint)
        return answer

    def start(self) -> subprocess.Popen[bytes]:
        """The process, which is started when there is none."""
        if self._process is None:
            self._process = self._started()
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin
        with suppress(OSError):  # a process that ended at once is found out when it is asked
            process.stdin.write(message(self._rules))
            process.stdin.flush()
        return process

    def end(self) -> None:
        """End the process and clear up after it."""
        process, self._process = self._process, None
        self._ready = False
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe and pipe.close()
        process.wait()

    def stop(self) -> None:
        """End the process now, whatever it is doing."""
        if self._process:
            self._process.kill()


def _message(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """What a process says, which has so many seconds for all of it."""
    end = time.monotonic() + seconds
    size = int.from_bytes(_heard(process, SIZE_BYTES, seconds))
    if size > ANSWER_BYTES:
        raise EOFError
    return _heard(process, size, end - time.monotonic())


def _heard(process: subprocess.Popen[bytes], size: int, seconds: float) -> bytes:
    """So many bytes of what a process says; raises EOFError when it ends or takes longer than `seconds`."""
    assert process.stdout
    out = process.stdout.fileno()
    end = time.monotonic() + seconds
    waiting = select.poll()
    waiting.register(out, select.POLLIN)
    said = bytearray()
    while len(said) < size:
        if not waiting.poll(max(0.0, end - time.monotonic()) * 1_000):
            raise EOFError
        some = os.read(out, min(size - len(said), AT_ONCE))
        if not some:
            raise EOFError
        said += some
    return bytes(said)
