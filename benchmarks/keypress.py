"""From key to paint: how long the screen takes and how many bytes it sends, seen from a terminal.

    python benchmarks/keypress.py [--size 120x36] [--keys 100] -- COMMAND...

Without a command, the sample desk. Starts the command on a pseudo-terminal, presses each key many
times, and prints median and 99th percentile of the time to the last byte of the answer, in
milliseconds, and its median size.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from statistics import median

QUIET = 0.05  # seconds without a byte: the answer is over
LONGEST = 3.0
KEYS = {
    "move in place (k, j)": ("k", "j"),
    "scroll (j)": ("j",),
    "page down": ("\x1b[6~",),
    "other pane (Tab)": ("\t",),
    "read, unread (m)": ("m",),
    "ends (G, g)": ("G", "g"),
}


class Terminal:
    """A program on a pseudo-terminal of a given size."""

    def __init__(self, command: list[str], columns: int, rows: int) -> None:
        self.process, self.handle = pty.fork()
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execvp(command[0], command)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, size)

    def answer(self, patience: float) -> tuple[float, int]:
        """When the last byte came, and how many there were; waits `patience` for the first."""
        last, size = time.perf_counter(), 0
        wait = patience
        while select.select([self.handle], [], [], wait)[0]:
            data = os.read(self.handle, 65536)
            last, size = time.perf_counter(), size + len(data)
            if b"\x1b[?2026$p" in data:  # may updates be synchronised? Yes, as most terminals say
                os.write(self.handle, b"\x1b[?2026;2$y")
            wait = QUIET
        return last, size

    def press(self, key: str) -> tuple[float, int]:
        """Milliseconds from a key to the last byte of its answer, and the bytes of it."""
        start = time.perf_counter()
        os.write(self.handle, key.encode())
        last, size = self.answer(LONGEST)
        return (last - start) * 1000, size

    def close(self) -> None:
        """End the program as a closed window would."""
        os.kill(self.process, signal.SIGHUP)
        os.waitpid(self.process, 0)


def main() -> None:
    """Print one line for each kind of key."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--keys", type=int, default=100)
    parser.add_argument("command", nargs="*")
    arguments = parser.parse_args()
    columns, rows = (int(each) for each in arguments.size.split("x"))
    command = arguments.command or [sys.executable, "-m", "dipread", "demo"]
    terminal = Terminal(command, columns, rows)
    terminal.answer(10)
    terminal.answer(2)
    for name, keys in KEYS.items():
        presses = [terminal.press(keys[number % len(keys)]) for number in range(arguments.keys)]
        answered = sorted(ms for ms, size in presses if size)
        if not answered:
            print(f"{name:24} no answer")
            continue
        slowest = answered[int(0.99 * (len(answered) - 1))]
        size = median(size for _, size in presses if size)
        print(f"{name:24} median {median(answered):6.1f}  p99 {slowest:6.1f} ms  {size:8.0f} bytes")
        terminal.answer(0.5)
    terminal.close()


if __name__ == "__main__":
    main()
