"""One fetch at a time for an archive, so that no server is asked twice for the same."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dipread.errors import StoreBusy

PAUSE = 0.2
PATIENCE = 600.0


@contextmanager
def only_fetch(
    database: Path,
    waiting: Callable[[], None],
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold what only one process can; `waiting` is called once when another has it.

    It is a lock of the system's on a file beside the database, which ends with the process that holds it,
    however that ends. Raises StoreBusy when the other does not come to an end.
    """
    handle = os.open(f"{database}.fetching", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _taken(handle):
            waiting()
            waited = 0.0
            while not _taken(handle):
                if waited > PATIENCE:
                    raise StoreBusy(
                        f"{database}: another dipread has been fetching for ten minutes",
                        "Wait for it to finish, or end it, then try again.",
                    )
                pause(PAUSE)
                waited += PAUSE
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
