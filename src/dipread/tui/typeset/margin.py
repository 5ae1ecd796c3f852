"""Notes beside the text, where there is room for them: each at the line where its passage begins."""

from __future__ import annotations

from collections.abc import Sequence

from dipread.tui.typeset.lines import Line, line_at, seen, wrap
from dipread.tui.typeset.page import Page

MOST_LINES = 6


def beside(page: Page, lines: Sequence[Line], cells: int) -> dict[int, str]:
    """What stands beside each line of the page, at most `cells` wide.

    A note never covers another: it moves down instead. A long one is cut, since all of it stands
    under the text.
    """
    body = page.part("text").end
    passages = {mark.note: mark.start for mark in page.marks if mark.note and mark.start < body}
    margin: dict[int, str] = {}
    free = 0
    for part in page.parts:
        if part.name == "note" and part.note in passages:
            note = seen(page.text[part.start : part.end]).replace("\n", " ")
            words = [note[line.start : line.end].rstrip() for line in wrap(note, cells - 2)]
            if len(words) > MOST_LINES:
                words[MOST_LINES - 1 :] = [words[MOST_LINES - 1][: cells - 3] + "…"]
            first = max(free, line_at(lines, passages[part.note]))
            for number, each in enumerate(words):
                margin[first + number] = ("✎ " if number == 0 else "  ") + each
            free = first + len(words) + 1
    return margin
