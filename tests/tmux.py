"""A program in tmux for tests: keys go in as a person's would, the screen comes out as tmux shows it."""

from __future__ import annotations

import os
import select
import shlex
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ENDED = "the program has ended with"


class Tmux:
    """One window of a server of its own. What the program writes wakes whoever waits for the screen."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], folder: Path, columns: int, lines: int
    ) -> None:
        self._socket = str(folder / "socket")
        self._env = dict(env)
        written = folder / "written"
        os.mkfifo(written)
        self._fd = os.open(written, os.O_RDWR | os.O_NONBLOCK)
        self._tmux("new-session", "-d", "-x", str(columns), "-y", str(lines), "cat")
        self._tmux("pipe-pane", "-o", f"cat > {shlex.quote(str(written))}")
        words = [f"{name}={value}" for name, value in env.items()]
        run = shlex.join(["env", "-i", *words, *command])
        self._tmux("respawn-pane", "-k", f"{run}; printf '{ENDED} %s' $?; cat")
        self._tmux("pipe-pane", "-o", f"cat > {shlex.quote(str(written))}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tmux("kill-server")
        os.close(self._fd)

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, "-f", "/dev/null", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=self._env)
        return done.stdout

    def press(self, *keys: str) -> None:
        """Keys by tmux's names: Enter, Escape, Tab, C-u, j."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Letters as they are."""
        self._tmux("send-keys", "-l", text)

    def settle(self, quiet: float = 0.4) -> None:
        """Let the program write until it has nothing more to say for so many seconds."""
        while select.select([self._fd], [], [], quiet)[0]:
            os.read(self._fd, 65_536)

    def text(self) -> str:
        """What the window shows."""
        return self._tmux("capture-pane", "-p")

    def set(self, option: str, value: str) -> None:
        """Set an option of the server."""
        self._tmux("set-option", "-g", option, value)

    def title(self) -> str:
        """What the program has told the terminal to be called."""
        return self._tmux("display-message", "-p", "#{pane_title}").rstrip("\n")

    def clipboard(self) -> str:
        """What tmux keeps to be pasted, which programs fill as they would a terminal's clipboard."""
        return self._tmux("show-buffer")

    def copy(self, text: str) -> None:
        """Fill the clipboard, as a person does."""
        self._tmux("set-buffer", text)

    def wait(self, *wanted: str, without: str = "", seconds: float = 30) -> str:
        """The screen once it shows all of `wanted` and not `without`; fails with the screen when it never does."""
        end = time.monotonic() + seconds
        while True:
            shown = self.text()
            missing = [each for each in wanted if each not in shown]
            if not missing and not (without and without in shown):
                return shown
            if time.monotonic() > end:
                raise AssertionError(f"never on screen: {missing}, without {without!r}\n{shown}")
            ready, _, _ = select.select([self._fd], [], [], 0.2)
            if ready:
                os.read(self._fd, 65_536)
