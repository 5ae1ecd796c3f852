"""Expected failures of what the reader asked for, told in a toast; all others are bugs and seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.app import App

from dipread.errors import DipreadError


@contextmanager
def telling(app: App[Any]) -> Iterator[None]:
    """Tell the reader of a DipreadError raised inside, and go on."""
    try:
        yield
    except DipreadError as fault:
        words = ". ".join(filter(None, (fault.message, fault.hint)))
        app.notify(words, severity="error", markup=False)
