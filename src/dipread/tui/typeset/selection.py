"""How the cursor moves through a text in select mode: pure, in code points of that text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dipread.tui.typeset.lines import Line, line_at

_WORD = re.compile(r"\w+|[^\w\s]+")
_SENTENCE_END = re.compile(r"[.!?]['\"”’»)]*\s+|[。！？؟।]['\"”’」』]*\s*|\n+")


def move(text: str, lines: Sequence[Line], offset: int, motion: str) -> int:
    """Where a vi motion leads: h j k l w b e 0 $ ( ) { } g G. Unmoved at the edges.

    >>> move("a pact in Rome", [], 2, "w")
    7
    """
    last = max(0, len(text) - 1)
    return max(0, min(last, _MOTIONS[motion](text, lines, offset)))


def reach(text: str, lines: Sequence[Line], offset: int, motion: str) -> int:
    """Where a motion leads that takes a selection along: with ) and } to the end of what they pass.

    >>> reach("A pact. A row.", [], 0, ")")
    6
    """
    if motion not in ")}":
        return move(text, lines, offset, motion)
    start = offset + 1
    while start < len(text) and text[start].isspace():
        start += 1
    return max(offset, len(text[: _MOTIONS[motion](text, lines, start)].rstrip()) - 1)


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The word, or the run of punctuation, under an offset; one character between words."""
    start = text.rfind("\n", 0, offset) + 1
    for each in _WORD.finditer(text, start):
        if each.start() <= offset < each.end():
            return each.span()
        if each.start() > offset:
            break
    return offset, offset + 1


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """The sentence around an offset, without the blanks after it."""
    start = _sentence_back(text, (), offset + 1)
    end = _sentence_on(text, (), offset)
    return start, start + len(text[start : end or len(text)].rstrip())


def _right(text: str, lines: Sequence[Line], offset: int) -> int:
    return next(
        (c.start for line in _near(lines, offset) for c in line.clusters if c.start > offset),
        offset,
    )


def _left(text: str, lines: Sequence[Line], offset: int) -> int:
    before = [c.start for line in _near(lines, offset) for c in line.clusters if c.start < offset]
    return before[-1] if before else offset


def _near(lines: Sequence[Line], offset: int) -> Sequence[Line]:
    """The line of an offset and the nearest lines with text on either side."""
    index = line_at(lines, offset)
    first, last = index - 1, index + 1
    while first > 0 and not lines[first].clusters:
        first -= 1
    while last < len(lines) - 1 and not lines[last].clusters:
        last += 1
    return lines[max(0, first) : last + 1]


def _down(text: str, lines: Sequence[Line], offset: int) -> int:
    return _vertical(lines, offset, 1)


def _up(text: str, lines: Sequence[Line], offset: int) -> int:
    return _vertical(lines, offset, -1)


def _vertical(lines: Sequence[Line], offset: int, step: int) -> int:
    index = line_at(lines, offset)
    target = index + step
    while 0 <= target < len(lines) and not lines[target].clusters:
        target += step
    if not 0 <= target < len(lines):
        return offset
    return lines[target].at(lines[index].column(offset))


def _word_on(text: str, lines: Sequence[Line], offset: int) -> int:
    here = _WORD.match(text, offset)
    after = _WORD.search(text, here.end() if here else offset)
    return after.start() if after else offset


def _word_back(text: str, lines: Sequence[Line], offset: int) -> int:
    line_start = text.rfind("\n", 0, max(0, offset - 200)) + 1
    starts = [each.start() for each in _WORD.finditer(text, line_start, offset)]
    return starts[-1] if starts else 0


def _word_end(text: str, lines: Sequence[Line], offset: int) -> int:
    after = _WORD.search(text, offset + 1)
    return after.end() - 1 if after else offset


def _line_start(text: str, lines: Sequence[Line], offset: int) -> int:
    return lines[line_at(lines, offset)].start


def _line_end(text: str, lines: Sequence[Line], offset: int) -> int:
    line = lines[line_at(lines, offset)]
    return line.clusters[-1].start if line.clusters else offset


def _sentence_on(text: str, lines: Sequence[Line], offset: int) -> int:
    end = _SENTENCE_END.search(text, offset)
    return end.end() if end else len(text)


def _sentence_back(text: str, lines: Sequence[Line], offset: int) -> int:
    ends = [each.end() for each in _SENTENCE_END.finditer(text, 0, max(0, offset - 1))]
    return ends[-1] if ends else 0


def _paragraph_on(text: str, lines: Sequence[Line], offset: int) -> int:
    end = text.find("\n", offset)
    while 0 <= end < len(text) and text[end] == "\n":
        end += 1
    return end if end >= 0 else len(text)


def _paragraph_back(text: str, lines: Sequence[Line], offset: int) -> int:
    end = offset
    while end > 0 and text[end - 1] == "\n":
        end -= 1
    return text.rfind("\n", 0, end) + 1


_MOTIONS: dict[str, Callable[[str, Sequence[Line], int], int]] = {
    "h": _left,
    "l": _right,
    "j": _down,
    "k": _up,
    "w": _word_on,
    "b": _word_back,
    "e": _word_end,
    "0": _line_start,
    "$": _line_end,
    ")": _sentence_on,
    "(": _sentence_back,
    "}": _paragraph_on,
    "{": _paragraph_back,
    "g": lambda text, lines, offset: 0,
    "G": lambda text, lines, offset: len(text),
}
