"""From key to paint: how long the screen takes and how many bytes it sends, seen from a terminal.

    python benchmarks/keypress.py [--size 120x36] [--keys 100] -- COMMAND...

Without a command, the sample desk. Starts the command on a pseudo-terminal, says after how long the
first rows stood there, presses each key many times, and prints median and 99th percentile of the
time to the last byte of the answer, in milliseconds, and its median size.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from statistics import median
from typing import NamedTuple

from start import ANSWERS

_TALLY = re.compile(rb"[\d,]+(?:\x1b\[[0-9;]*m)* of ")
QUIET = 0.05  # seconds without a byte: the answer is over
LONGEST = 3.0
TYPED = 0.3  # the same while typing a query, which waits for a pause of 60 ms


class Press(NamedTuple):
    """Keys to press in turn, of which those at even places are timed when there is a way back.

    What is `counted` is timed to the painting of how many stories there are then, which a rehearsal
    tells, and not to the last byte: that count is painted in one frame with the list. Where the keys
    find as many as before, no count is painted, and the last byte has to do.
    """

    name: str
    keys: tuple[str, ...]
    back: bool = False
    quiet: float = QUIET
    before: str = ""
    after: tuple[str, ...] = ()
    counted: bool = False


PRESSES = (
    Press("move in place (k, j)", ("k", "j")),
    Press("scroll (j)", ("j",)),
    Press("page down, page up", ("\x1b[6~", "\x1b[5~")),
    Press("other pane (Tab)", ("\t",), after=("1",)),
    Press("read, unread (m)", ("m",)),
    Press("ends (G, g)", ("G", "g")),
    Press("why (w), then back", ("w", "w"), back=True),
    Press("note dialog (a), then back", ("a", "\x1b"), back=True, quiet=0.15),
    Press("all found (&), then back", ("&", "\x1b"), back=True, quiet=0.15),
    Press("keys (?), then back", ("?", "\x1b"), back=True, quiet=0.15),
    Press("insights (2), then back", ("2", "1"), back=True, quiet=0.2),
    Press("stories (1), then back", ("1", "2"), back=True, quiet=0.2, before="2", after=("1",)),
    Press("feeds (4), then back", ("4", "1"), back=True, quiet=0.2),
    Press("filter, last byte", (" ",), quiet=TYPED, before="f\t", after=("1",)),
    Press(
        "filter to list",
        (" ", " "),
        back=True,
        quiet=TYPED,
        before="f\t",
        after=("1",),
        counted=True,
    ),
    Press(
        "letter of a query, last byte",
        ("t", "\x7f"),
        quiet=TYPED,
        before="/",
        after=("\x1b", "\x1b"),
    ),
    Press(
        "letter of a field to list",
        ("S", "\x7f"),
        back=True,
        quiet=TYPED,
        before="/country:U",
        after=("\x1b", "\x1b"),
        counted=True,
    ),
    Press(
        "letter of a word to list",
        ("i", "\x7f"),
        back=True,
        quiet=TYPED,
        before="/tar",
        after=("\x1b", "\x1b"),
        counted=True,
    ),
)


class Terminal:
    """A program on a pseudo-terminal of a given size."""

    def __init__(self, command: list[str], columns: int, rows: int) -> None:
        self.process, self.handle = pty.fork()
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execvp(command[0], command)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, size)

    def answer(
        self, patience: float, quiet: float = QUIET, wanted: bytes = b"", sign: bytes = b""
    ) -> tuple[float, int]:
        """When the last byte came (or the first with the `sign`), and how many there were.

        Waits `patience` for the first, and as long again for each until `wanted` was among them.
        """
        last, size, seen, self.said = time.perf_counter(), 0, 0.0, b""
        wait = patience
        while select.select([self.handle], [], [], wait)[0]:
            data = os.read(self.handle, 65536)
            last, size = time.perf_counter(), size + len(data)
            for question, answer in ANSWERS.items():
                if question in data:
                    os.write(self.handle, answer)
            if wanted in data:
                wanted, wait = b"", quiet
            self.said += data
            if sign and sign in self.said and not seen:
                seen = last
        return seen or last, size

    def press(self, key: str, quiet: float = QUIET, sign: bytes = b"") -> tuple[float, int]:
        """Milliseconds from a key to the last byte of its answer (or the sign), and the bytes of it."""
        start = time.perf_counter()
        os.write(self.handle, key.encode())
        last, size = self.answer(LONGEST, quiet, sign=sign)
        return (last - start) * 1000, size

    def close(self) -> None:
        """End the program as a closed window would."""
        os.kill(self.process, signal.SIGHUP)
        os.waitpid(self.process, 0)


def measure(terminal: Terminal, press: Press, times: int) -> None:
    """Press these keys so often, and print what was seen."""
    if press.before:
        terminal.press(press.before, press.quiet)
    sign = b""
    if press.counted:
        terminal.press(press.keys[0], press.quiet)
        sign = next(reversed(_TALLY.findall(terminal.said)), b"")
        terminal.press(press.keys[1], press.quiet)
    answers = [
        terminal.press(press.keys[number % len(press.keys)], press.quiet, sign)
        for number in range(times)
    ]
    for key in press.after:
        terminal.press(key, press.quiet)
    if press.back:
        answers = answers[::2]
    answered = sorted(ms for ms, size in answers if size)
    if not answered:
        print(f"{press.name:26} no answer")
        return
    slowest = answered[int(0.99 * (len(answered) - 1))]
    size = median(size for _, size in answers if size)
    print(
        f"{press.name:26} median {median(answered):6.1f}  p99 {slowest:6.1f} ms  {size:8.0f} bytes"
    )
    terminal.answer(0.5)


def main() -> None:
    """Print one line for each kind of key."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--keys", type=int, default=100)
    parser.add_argument("command", nargs="*")
    arguments = parser.parse_args()
    columns, rows = (int(each) for each in arguments.size.split("x"))
    command = arguments.command or [sys.executable, "-m", "dipread", "demo"]
    start = time.perf_counter()
    terminal = Terminal(command, columns, rows)
    first_rows, _ = terminal.answer(10, wanted="●".encode())
    print(f"{'start to first rows':26} {(first_rows - start) * 1000:6.0f} ms")
    terminal.answer(2)
    for press in PRESSES:
        measure(terminal, press, arguments.keys)
    terminal.close()


if __name__ == "__main__":
    main()
