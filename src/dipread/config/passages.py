"""A change of a file that a person edits, as the lines it was about: to be taken back, whatever they wrote elsewhere in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct

from dipread.errors import ConfigError

_ABOVE = 3
_HEADING = re.compile(r"\s*\[")


class Passage(Struct, frozen=True):
    """Some lines of a text: where they stood, below which others, and the name of the whole text."""

    at: int
    above: tuple[str, ...]
    lines: tuple[str, ...]
    whole: str


def differing(before: str, after: str) -> tuple[Passage, Passage]:
    """The lines in which two texts differ, as they are in either; all between the first and the last of them.

    >>> old, new = differing("a\\nb\\nc", "a\\nc")
    >>> old.lines, new.lines
    (('b',), ())
    """
    old, new = before.split("\n"), after.split("\n")
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    lines = [tuple(each[start : len(each) - end]) for each in (old, new)]
    if not all(lines):
        start, lines = _from_a_heading(old, start, lines)
    above = tuple(old[max(0, start - _ABOVE) : start])
    one, other = (
        Passage(start, above, some, _name(text))
        for some, text in zip(lines, (before, after), strict=True)
    )
    return one, other


def exchange(text: str, old: Passage, new: Passage, name: str) -> str:
    """The text with one passage instead of the other; it may have been edited since, but not there.

    Raises ConfigError when it was; `name` is what errors call the file.
    """
    if _name(text) == new.whole:
        return text
    lines = text.split("\n")
    at = old.at if _name(text) == old.whole else _found(lines, old, name)
    return "\n".join((*lines[:at], *new.lines, *lines[at + len(old.lines) :]))


def _found(lines: Sequence[str], passage: Passage, name: str) -> int:
    """The one place of a passage among other lines; one without lines may also stand at the end."""
    wanted = (*passage.above, *passage.lines)
    places = _places(lines, wanted)
    if len(places) == 1:
        return places[0] + len(passage.above)
    if not passage.lines:
        return len(lines) - (not lines[-1])
    places = _places(lines, passage.lines)
    if len(places) != 1:
        raise ConfigError(
            f"{name}: what was to be changed back has been changed by hand since",
            "The file was left as it is; change it there.",
        )
    return places[0]


def _places(lines: Sequence[str], wanted: Sequence[str]) -> list[int]:
    last = len(lines) - len(wanted)
    return [at for at in range(last + 1) if tuple(lines[at : at + len(wanted)]) == tuple(wanted)]


def _from_a_heading(
    old: Sequence[str], start: int, lines: list[tuple[str, ...]]
) -> tuple[int, list[tuple[str, ...]]]:
    """The same lines put in or left out, told from the heading of a table on where they hold one.

    Of two tables that begin alike the first lines are common to both texts: what differs then seems to begin
    amid a table.
    """
    held = next((each for each in lines if each), ())
    place, shifted = start, held
    while place and shifted and not _HEADING.match(shifted[0]) and old[place - 1] == shifted[-1]:
        place, shifted = place - 1, (shifted[-1], *shifted[:-1])
    if shifted and _HEADING.match(shifted[0]):
        return place, [shifted if each else () for each in lines]
    return start, lines


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two texts have in common from the start."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
