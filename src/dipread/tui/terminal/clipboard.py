"""Putting words where other programs can take them: the best way there is here, and which it was."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from typing import NamedTuple

PATIENCE = 3


class Way(NamedTuple):
    """A program that takes the words, or none: then the terminal is asked to."""

    command: tuple[str, ...]
    said: str


BY_TERMINAL = Way((), "Sent to the terminal (OSC 52): it may refuse")


def way_to_copy(env: Mapping[str, str], which: Callable[[str], str | None]) -> Way:
    """How to copy here. Another machine's desktop is not the reader's, so over ssh no program of it is asked.

    >>> way_to_copy({"TMUX": "/tmp/t,1,0", "SSH_TTY": "/dev/pts/1"}, lambda name: "/bin/" + name).said
    'Copied with tmux'
    """
    remote = bool(env.get("SSH_TTY") or env.get("SSH_CONNECTION"))
    ladder = (
        ("pbcopy", (), not remote),
        ("wl-copy", (), bool(env.get("WAYLAND_DISPLAY")) and not remote),
        ("xclip", ("-selection", "clipboard"), bool(env.get("DISPLAY")) and not remote),
        ("tmux", ("load-buffer", "-w", "-"), bool(env.get("TMUX"))),
    )
    for name, arguments, fits in ladder:
        if fits and (path := which(name)):
            return Way((path, *arguments), f"Copied with {name}")
    return BY_TERMINAL


def copied(way: Way, text: str) -> bool:
    """Hand the words to the program of a way; whether it took them."""
    try:
        done = subprocess.run(
            way.command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
