"""A window that was closed takes its program along, even where the goodbye gets stuck.

Textual writes to the terminal from a thread of its own; when the terminal is gone that thread dies, and
the next writes wait for it for ever. So this watches from a thread too, not from the event loop.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

LOOK = 2.0
PATIENCE = 5.0


class Lifeline:
    """Looks at the terminal now and then; when it is gone, has `finish` called and ends the program."""

    def __init__(self, finish: Callable[[], object]) -> None:
        self._finish = finish
        if os.isatty(0):
            threading.Thread(target=self._watch, name="lifeline", daemon=True).start()

    def _watch(self) -> None:
        while os.isatty(0):
            time.sleep(LOOK)
        time.sleep(LOOK)  # for the signal that closed the window to end the program as it should
        self._end()

    def _end(self) -> None:
        """What is being written is finished, unless that takes too long: then the database undoes it."""
        last = threading.Timer(PATIENCE, os._exit, (128 + signal.SIGHUP,))
        last.daemon = True
        last.start()
        self._finish()
        os._exit(128 + signal.SIGHUP)
