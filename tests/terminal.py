"""A real terminal for tests: a program on a pty, and the screen it paints."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType, TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "down": "\x1b[B",
    "backspace": "\x7f",
}
PATIENCE = 120.0  # seconds until a busy machine is taken for a program that hangs
# What pyte does not know and would print: mode queries, kitty's keyboard protocol, links, the window's pointer.
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\[\?u|\x1b\](?:8|22);[^\x07\x1b]*(?:\x07|\x1b\\)"
)


class Terminal:
    """A program running on a pty of its own; `wait` reads until the screen shows what is wanted.

    It answers the questions that are keys of `answers`.
    """

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        columns: int,
        lines: int,
        answers: Mapping[bytes, bytes] = MappingProxyType({}),
    ) -> None:
        # "do you know synchronized output?"
        self._answers = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", **answers}
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.bytes = b""
        self._pid, self._fd = pty.fork()
        if self._pid == 0:  # the child
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.execvpe(command[0], list(command), dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass  # it ended by itself, as it should
        os.close(self._fd)

    def press(self, *keys: str) -> None:
        """Type keys, named (`enter`) or as they are (`country:JP`)."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())

    def text(self) -> str:
        """What the screen shows."""
        cells = (
            self._screen.buffer
        )  # not .display, which fails where half a wide character was painted over
        lines = (
            "".join(cells[y][x].data for x in range(self._screen.columns))
            for y in range(self._screen.lines)
        )
        return "\n".join(line.rstrip() for line in lines)

    def wait(self, *wanted: str, seconds: float = PATIENCE) -> str:
        """The screen once it shows all of `wanted`; fails with the screen as it stands when it never does."""
        end = time.monotonic() + seconds
        while not all(each in self.text() for each in wanted):
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                missing = [each for each in wanted if each not in self.text()]
                raise AssertionError(f"never on screen: {missing}\n{self.text()}")
        return self.text()

    def wait_without(self, unwanted: str, seconds: float = PATIENCE) -> str:
        """The screen once it shows `unwanted` no more."""
        end = time.monotonic() + seconds
        while unwanted in self.text():
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"still on screen: {unwanted!r}\n{self.text()}")
        return self.text()

    def finish(self, seconds: float = PATIENCE) -> int:
        """Read until the program ends; its exit code."""
        end = time.monotonic() + seconds
        while self._read(max(0.0, end - time.monotonic())):
            pass
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)

    def hang_up(self, seconds: float = PATIENCE) -> int:
        """Close the terminal under the program, as a window is closed; its exit code."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDONLY)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            select.select([], [], [], 0.05)
        raise AssertionError("the program lives on without its terminal")

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65_536)
        except OSError:  # the program closed its side
            return False
        self.bytes += data
        for question, answer in self._answers.items():
            if question in data:
                os.write(self._fd, answer)
        self._stream.feed(_UNKNOWN.sub(b"", data))
        return bool(data)
