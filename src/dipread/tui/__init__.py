"""The screen: a Textual app over a Library. It runs no SQL and touches no network.

Importing this package does not import Textual; it only says how Textual has to start, because
Textual reads these settings from the environment once, when it is first imported.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping


def terminal_problem(env: Mapping[str, str], stdin_is_tty: bool, stdout_is_tty: bool) -> str:
    """Why the screen can't be shown here, in words for the reader; empty when it can.

    >>> terminal_problem({"TERM": "xterm-256color"}, True, True)
    ''
    """
    if not stdout_is_tty:
        return "the screen needs a terminal, and the output goes elsewhere"
    if not stdin_is_tty:
        return "the screen needs a keyboard, and the input comes from elsewhere"
    if env.get("TERM", "") in ("", "dumb", "unknown"):
        return f"this terminal (TERM={env.get('TERM', '')}) can't place text on a screen"
    return ""


def in_browser(env: Mapping[str, str]) -> bool:
    """Whether textual-serve started this program: then it talks with a page, and not with a terminal.

    >>> in_browser({"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}), in_browser({})
    (True, False)
    """
    return env.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def settle(env: MutableMapping[str, str]) -> None:
    """Set what Textual should find: nothing moves, and Escape is not waited for."""
    env["TEXTUAL_ANIMATIONS"] = "none"
    env["TEXTUAL_SMOOTH_SCROLL"] = "0"
    env.setdefault("ESCDELAY", "25")


settle(os.environ)
