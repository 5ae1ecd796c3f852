"""A bar on stderr, where a person is there to see it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(
    what: str, total: int, arguments: argparse.Namespace
) -> Iterator[Callable[[int], None]]:
    """Gives what to call with how much is done by now."""
    if arguments.quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    # The bar is drawn with controls of its own, so past the guard; what is printed above it is not.
    console = Console(file=sys.__stderr__, no_color=not arguments.colour or None)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()
    ) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
