"""What the app says, and the words it hands to other programs: one thing at a time, and all of it kept."""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable
from datetime import datetime

from textual import work
from textual.notifications import SeverityLevel

from dipread.tui.colours.inks import InkedApp
from dipread.tui.telling import Said
from dipread.tui.terminal.clipboard import Way, copied, way_to_copy

SAID_KEPT = 200


class SayingApp(InkedApp):
    """`said` is what was said, the last at the end; `now` its clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.said: deque[Said] = deque(maxlen=SAID_KEPT)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something at the bottom right, in place of what was said before; it stays in the messages. Never markup."""
        self.said.append(Said(self._now(), severity, message))
        self.clear_notifications()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by the best way there is here, and say which it was."""
        way = way_to_copy(os.environ, shutil.which)
        self._clipboard = text
        if way.command:
            self._copy(way, text)
        else:
            super().copy_to_clipboard(text)
            self.notify(way.said, markup=False)

    @work(thread=True, group="copy")
    def _copy(self, way: Way, text: str) -> None:
        done = copied(way, text)
        self.call_from_thread(
            self.notify, way.said if done else f"{way.command[0]} did not copy", markup=False
        )
