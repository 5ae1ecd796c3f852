"""Readers of feeds in processes of their own: each is given one job at a time, and killed if it takes too long."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TypeVar

from dipread.errors import DipreadError
from dipread.feeds.jobs import PARSED, READY, Job, Reading, Rules

START_WAIT = 60.0
PARSE_WAIT = 14.0
TAG_WAIT = 120.0
"""Seconds by the clock: the limit of CPU in delivery.py comes first unless the machine is busy or it hangs."""
MOST = 2

Told = TypeVar("Told")
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

    def give(self, key: str, job: Job) -> None:
        """Have a job read as soon as a reader is free."""
        with self._lock:
            self._open += 1
            if self._open > len(self._readers) < self._most:
                self._hire()
        self._jobs.put((key, job))

    def close(self) -> None:
        """End all readers, at work or not."""
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
        process = self._process = self._process or self._start()
        assert process.stdin
        try:
            if not self._ready:
                self._ready = self._within(START_WAIT, process, lambda out: out.read(1)) == READY
            pickle.dump(job, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            if self._within(PARSE_WAIT, process, lambda out: out.read(1)) != PARSED:
                raise EOFError
            answer: Reading | DipreadError = self._within(TAG_WAIT, process, pickle.load)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.end()
            return Reading(problem=TOO_MUCH.format(seconds=PARSE_WAIT))
        if isinstance(answer, DipreadError):
            raise answer
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", "from dipread.feeds.delivery import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin
        with suppress(OSError):  # a process that ended at once is found out when it is asked
            pickle.dump(self._rules, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
        return process

    def _within(
        self, seconds: float, process: subprocess.Popen[bytes], ask: Callable[[IO[bytes]], Told]
    ) -> Told:
        """What `ask` gets from the process, which is killed when it takes longer."""
        assert process.stdout
        watch = threading.Timer(seconds, process.kill)
        watch.daemon = True
        watch.start()
        try:
            return ask(process.stdout)
        finally:
            watch.cancel()

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
