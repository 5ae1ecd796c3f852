"""What the reader is told: expected failures of what was asked for, and all of it again later.

Other failures are bugs, and seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from textual.app import App

from dipread.errors import DipreadError


class Said(NamedTuple):
    """Something that was said, and when."""

    when: datetime
    severity: str
    words: str


def told(said: Sequence[Said]) -> str:
    """All of it, the last first, a line each; an error says that it is one."""
    return "\n".join(
        f"{each.when:%H:%M:%S}  {'! ' if each.severity == 'error' else ''}{each.words}"
        for each in reversed(said)
    )


@contextmanager
def telling(app: App[Any]) -> Iterator[None]:
    """Tell the reader of a DipreadError raised inside, and go on."""
    try:
        yield
    except DipreadError as fault:
        words = ". ".join(filter(None, (fault.message, fault.hint)))
        app.notify(words, severity="error", markup=False)
