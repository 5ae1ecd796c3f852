"""The last door before the terminal: what a command prints sets no clipboard, moves no cursor, turns no text round.

Texts of feeds were cleaned when they came in. This is for whatever did not come in that way.
"""

from __future__ import annotations

import re
from typing import TextIO, cast

_SPOKEN_TO_TERMINALS = re.compile(
    r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """A text with U+FFFD for every character that a terminal would obey, or that can't be written.

    >>> harmless("Talks\\x1b[2J in\\tOslo\\r\\n")
    'Talks�[2J in\\tOslo\\r\\n'
    """
    return _SPOKEN_TO_TERMINALS.sub("\ufffd", text)


def guarded(stream: TextIO) -> TextIO:
    """A stream to which only harmless text is written."""
    return cast(TextIO, _Guarded(stream))


class _Guarded:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(harmless(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)
