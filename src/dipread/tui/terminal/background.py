"""Which theme suits this terminal: what it says of its colours, and, asked, how dark its background is."""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
import tty
from collections.abc import Callable, Mapping

_ASK = "\x1b]11;?\x1b\\\x1b[c"
"""The background, and then something that every terminal answers, so that nobody waits for those that don't know it."""
_COLOUR = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_END = re.compile(rb"\x1b\[\?[\d;]*c")
_ANSWERS = re.compile(rb"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)|" + _END.pattern)
PATIENCE = 0.1


def theme_for(wanted: str, colour: bool, env: Mapping[str, str], ask: Callable[[], bytes]) -> str:
    """The theme to start with: the one that is wanted, else by what the terminal can and is.

    >>> theme_for("auto", True, {"TERM": "xterm-256color"}, lambda: b"\\x1b]11;rgb:fafa/f8f8/f3f3")
    'paper'
    >>> theme_for("auto", True, {"TERM": "linux"}, bytes), theme_for("auto", False, {}, bytes)
    ('terminal', 'mono')
    """
    if not colour:
        return "mono"
    if wanted != "auto":
        return wanted
    if not _many_colours(env):
        return "terminal"
    return "paper" if is_light(ask(), env.get("COLORFGBG", "")) else "ink"


def _many_colours(env: Mapping[str, str]) -> bool:
    """Whether the terminal says that it shows 256 colours or more."""
    return "256" in env.get("TERM", "") or bool(env.get("COLORTERM")) or "direct" in env.get("TERM", "")  # fmt: skip


def is_light(answer: bytes, said: str) -> bool:
    """Whether a background is light: by the terminal's answer, else by what COLORFGBG says.

    >>> is_light(b"\\x1b]11;rgb:1313/1515/1a1a\\x1b", "0;15"), is_light(b"", "0;15"), is_light(b"", "")
    (False, True, False)
    """
    if found := _COLOUR.search(answer):
        parts = [int(each, 16) / float(16 ** len(each) - 1) for each in found.groups()]
        red, green, blue = parts
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5
    ground = said.rpartition(";")[2]
    return ground in ("7", "15")


def typed_with(answer: bytes) -> bytes:
    """What was typed while the terminal answered.

    >>> typed_with(b"j\x1b]11;rgb:1313/1515/1a1a\x1b\\\\\x1b[Bj\x1b[?62;22c")
    b'j\\x1b[Bj'
    """
    return _ANSWERS.sub(b"", answer)


def ask_terminal(seconds: float = PATIENCE) -> bytes:
    """What this terminal answers within a tenth of a second; nothing when it does not."""
    try:
        device = sys.stdin.fileno()
        before = termios.tcgetattr(device)
    except (OSError, ValueError, termios.error):
        return b""
    answer = b""
    try:
        tty.setcbreak(device, termios.TCSANOW)
        sys.stdout.write(_ASK)
        sys.stdout.flush()
        end = time.monotonic() + seconds
        while not _END.search(answer):
            ready, _, _ = select.select([device], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                break
            answer += os.read(device, 1024)
    finally:
        termios.tcsetattr(device, termios.TCSANOW, before)
    return answer
