"""`dipread` and `dipread demo`: the screen."""

from __future__ import annotations

import argparse
import os
import sys

from dipread.cli.context import configuration, library
from dipread.cli.fetching import fetch_all
from dipread.demo import sample_desk
from dipread.errors import DipreadError
from dipread.library import Library


def open_screen(arguments: argparse.Namespace) -> int:
    """Open the screen on the reader's archive."""
    return _run(library(arguments))


def open_demo(arguments: argparse.Namespace) -> int:
    """Open the screen on the sample desk, fetched first if that was never done."""
    config = configuration(arguments)
    if not arguments.fetch:
        _check_terminal()
    with sample_desk(config, database=arguments.db) as desk:
        if arguments.fetch:
            return fetch_all(desk, arguments, arguments.urls or None)
        with desk.open() as store:
            empty = store.stories.count() == 0
        if empty:
            for _ in desk.refresh():
                pass
        return _run(desk)


def _run(desk: Library) -> int:
    _check_terminal()
    with desk.open():  # a database that can't be used is said here, in the open terminal
        pass
    from dipread.tui.app import DipreadApp

    app = DipreadApp(desk, desk.now)
    app.run()
    return app.return_code or 0


def _check_terminal() -> None:
    from dipread.tui import terminal_problem

    if problem := terminal_problem(os.environ, sys.stdin.isatty(), sys.stdout.isatty()):
        raise DipreadError(
            problem, "On the command line: dipread list, dipread show ID, dipread export QUERY."
        )
