"""Opening a story's page in the reader's browser: never through a shell, only web addresses."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from dipread.errors import DipreadError

_OPENERS = ("xdg-open", "open", "wslview", "gio", "firefox", "chromium")


def browser_command(
    url: str, env: Mapping[str, str], which: Callable[[str], str | None]
) -> list[str]:
    """The argument list that opens `url`. Raises DipreadError when it is no web address, or nothing can open it.

    >>> browser_command("https://example.org/a b", {"BROWSER": "lynx -x"}, lambda name: "/bin/" + name)
    ['/bin/lynx', '-x', 'https://example.org/a%20b']
    """
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise DipreadError(
            "This story has no web address to open" if not url else f"Not a web address: {url[:80]}"
        )
    address = "".join(c if c.isprintable() and not c.isspace() else "%20" for c in url)
    named = [shlex.split(each) for each in env.get("BROWSER", "").split(":") if each.strip()]
    for command in [*named, *([name] for name in _OPENERS)]:
        if path := which(command[0]):
            extra = ["open"] if command == ["gio"] else command[1:]
            return [path, *extra, address]
    raise DipreadError("No browser was found", "Set BROWSER to the name of one")


def start(command: list[str]) -> None:
    """Run a command apart from this terminal. Raises DipreadError when it can't be started."""
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as fault:
        raise DipreadError(f"{command[0]} could not be started: {fault.strerror}") from fault
