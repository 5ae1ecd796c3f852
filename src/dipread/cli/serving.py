"""`dipread serve`: the screen in a browser on this machine."""

from __future__ import annotations

import argparse
import os
import sys

from dipread.cli.context import configuration
from dipread.errors import DipreadError


def serve(arguments: argparse.Namespace) -> int:
    """Serve until interrupted, and say the address on stdout."""
    configuration(arguments)  # what is wrong in it is said here, and not in the browser
    try:
        from dipread.web.server import WebDesk
    except ModuleNotFoundError as missing:
        raise DipreadError(
            f"what serves web pages is not installed ({missing.name})",
            "In the folder that you installed dipread from: pip install '.[web]'",
        ) from None

    def say(address: str) -> None:
        print(address, flush=True)
        if not arguments.quiet:
            sys.stderr.write("dipread: open this address in a browser here; Ctrl-C ends it\n")

    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")  # what the page shows
    desk = WebDesk(_screen(arguments), arguments.port, say)
    try:
        desk.serve()
    except OSError as fault:
        raise DipreadError(
            f"port {arguments.port} can't be served on: {fault.strerror}",
            "Choose another with --port.",
        ) from None
    return 0


def _screen(arguments: argparse.Namespace) -> list[str]:
    """The command that shows the screen which these arguments ask for."""
    command = [sys.executable, "-m", "dipread"]
    for option, value in (("--db", arguments.db), ("--feeds", arguments.feeds_file)):
        command += [option, str(value.absolute())] if value else []
    command += ["--offline"] if arguments.offline else []
    command += [] if arguments.colour else ["--no-color"]
    command += ["--theme", arguments.theme] if arguments.theme else []
    return [*command, "demo"] if arguments.demo else command
