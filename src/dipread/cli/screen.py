"""`dipread` and `dipread demo`: the screen."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dipread.cli.context import configuration
from dipread.config import Config, read_keys
from dipread.errors import DipreadError

if TYPE_CHECKING:
    from dipread.library import Library


def open_screen(arguments: argparse.Namespace) -> int:
    """Open the screen on the reader's archive."""
    if arguments.plain:
        from dipread.cli.plain import open_plainly

        return open_plainly(arguments)
    _check_terminal()
    gc.disable()  # until the screen is there, which then sees to it
    config, typed = _dressed(configuration(arguments), arguments)
    with _first_frame(config):
        from dipread.library import Library

        code, wants_demo = _run(Library(config), typed)
    if wants_demo:
        arguments.db, arguments.fetch, arguments.urls = None, False, []
        return open_demo(arguments)
    return code


def open_demo(arguments: argparse.Namespace) -> int:
    """Open the screen on the sample desk, fetched first if that was never done."""
    from dipread.cli.fetching import fetch_all
    from dipread.demo import sample_desk

    config, typed = configuration(arguments), b""
    if not arguments.fetch and not arguments.plain:
        _check_terminal()
        config, typed = _dressed(config, arguments)
    with sample_desk(config, database=arguments.db) as desk:
        if arguments.fetch:
            return fetch_all(desk, arguments, arguments.urls or None)
        with desk.open() as store:
            empty = store.stories.count() == 0
        if empty:
            print("The sample desk is being made ready", flush=True)
            for _ in desk.refresh():
                pass
        if arguments.plain:
            from dipread.cli.plain import read_plainly

            return read_plainly(desk)
        return _run(desk, typed)[0]


def _dressed(config: Config, arguments: argparse.Namespace) -> tuple[Config, bytes]:
    """The configuration with the theme to start with, and what was typed while the terminal was asked for it.

    Without colour Textual is told so, as it asks for it.
    """
    from dipread.tui.terminal.background import ask_terminal, theme_for, typed_with

    answers: list[bytes] = []

    def ask() -> bytes:
        answers.append(ask_terminal())
        return answers[-1]

    colour = config.colour and arguments.colour
    theme = theme_for(arguments.theme or config.theme, colour, os.environ, ask)
    if theme == "mono":
        os.environ["NO_COLOR"] = "1"
    return config._replace(theme=theme, colour=theme != "mono"), typed_with(b"".join(answers))


def _run(desk: Library, typed: bytes) -> tuple[int, bool]:
    """Show the screen to whom `typed` these keys already; the exit code, and whether the sample desk is wanted."""
    with desk.open():  # a database that can't be used is said on the command line
        pass
    from dipread.tui.bind import choose

    keys = read_keys(desk.config.paths)
    choose(keys)  # before the widgets are imported: they are made with these keys
    from dipread.tui.app import DipreadApp

    app = DipreadApp(desk, desk.now, keys=keys, typed=typed)
    app.run(mouse=desk.config.mouse == "on")
    return app.return_code or 0, app.wants_demo


@contextmanager
def _first_frame(config: Config) -> Iterator[None]:
    """The newest stories at once, while the screen is still on its way; taken away if it never comes."""
    from dipread.store import newest_glimpses
    from dipread.tui import in_browser
    from dipread.tui.colours.looks import LOOKS
    from dipread.tui.terminal.first_frame import LEAVE, first_frame, has_true_colour

    if in_browser(os.environ):
        yield
        return
    columns, rows = os.get_terminal_size(sys.stdout.fileno())
    stories = newest_glimpses(config.database, rows)
    if not stories:
        yield
        return
    coloured = config.colour and has_true_colour(os.environ)
    look = LOOKS.get(config.theme) if coloured else None
    sys.stdout.write(first_frame(stories, columns, rows, look))
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        sys.stdout.write(LEAVE)
        sys.stdout.flush()
        raise


def _check_terminal() -> None:
    from dipread.tui import in_browser, terminal_problem

    if in_browser(os.environ):
        return
    if problem := terminal_problem(os.environ, sys.stdin.isatty(), sys.stdout.isatty()):
        raise DipreadError(
            problem,
            "Line by line: dipread --plain. On the command line: dipread list, dipread show ID, dipread export QUERY.",
        )
