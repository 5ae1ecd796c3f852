"""What the system itself allows a process that reads what strangers wrote: so much CPU, so much memory."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """The system ends this process when what is inside takes more CPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def limit_memory(spare: int) -> None:
    """The system gives this process no more than it has now and so many bytes to spare."""
    with suppress(OSError, ValueError):  # where there is no /proc, killing after a time must do
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + spare
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def watched_over() -> int | None:
    """None in a copy of this process, which goes on with the work; here the exit code that it came to.

    It is negative when a signal ended it, as the system does beyond a limit.
    """
    copy = os.fork()
    if not copy:
        return None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the copy that is interrupted, and says so
    _, status = os.waitpid(copy, 0)
    return os.waitstatus_to_exitcode(status)
