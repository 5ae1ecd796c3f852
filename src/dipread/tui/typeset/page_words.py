"""The words that are looked for on a page: those of the filter, or those that the reader finds in this text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dipread.model import EVERYTHING, Field
from dipread.store import Sought, Span
from dipread.tui.typeset.page import Page

_FIELDS: tuple[Field, Field] = ("title", "text")
_BLANK = Page("", (), ())


class PageWords:
    """`wanted` are the reader's words, before which those of the filter give way; `places` where the words stand."""

    def __init__(self) -> None:
        self.wanted = ""
        self.places: Sequence[Span] = ()
        self._page = _BLANK
        self._sought = Sought(EVERYTHING)

    def turn_to(self, page: Page, *, keep: bool) -> None:
        """Look for them on another page; the reader's words are for one page alone, unless they are to be kept."""
        self._page = page
        self.wanted = self.wanted if keep else ""
        self._look()

    def seek(self, sought: Sought) -> bool:
        """Look for the words of a filter; whether others are found now."""
        self._sought = sought
        return self._look()

    def find(self, words: str) -> bool:
        """Look for the reader's words; whether others are found now."""
        self.wanted = words
        return self._look()

    def within(self, start: int, end: int) -> list[Span]:
        """The places that touch a stretch of the page."""
        first = bisect_right(self.places, start, key=lambda place: place[1])
        last = bisect_left(self.places, end, key=lambda place: place[0])
        return list(self.places[first:last])

    def _look(self) -> bool:
        before, self.places = self.places, self._found()
        return self.places != before

    def _found(self) -> Sequence[Span]:
        text = self._page.text
        if self.wanted:
            return [
                each.span() for each in re.finditer(re.escape(self.wanted), text, re.IGNORECASE)
            ]
        if not self._sought or not text:
            return ()
        found: list[Span] = []
        for field in _FIELDS:
            part = self._page.part(field)
            places = self._sought.places(field, text[part.start : part.end])
            found += [(part.start + start, part.start + end) for start, end in places]
        return found
