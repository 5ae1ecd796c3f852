"""The dateline of a text: where its agency sat, before the first word of the story."""

from __future__ import annotations

import re

from msgspec import Struct

from dipread.classify.document import Document

FARTHEST = 200
"""A dateline lies within so many characters of the text."""

_LATIN = re.compile(
    r"(?:By [A-Z][^\n]{3,80}\n+)?\s*(?P<place>[A-Z][\w.'’/-]*(?:[ ,/]+[A-Z][\w.'’/-]*){0,5})"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?:, \d{4})?\s*(?:\((?P<agency>[^)]{2,30})\))?\s*(?:[-–—]{1,2}|:)\s"
)


class Dateline(Struct, frozen=True):
    """[dateline] of countries.toml: the agencies, in lower case, that close a dateline, and the shapes of
    datelines in other languages and scripts.
    """

    agencies: tuple[str, ...]
    shapes: re.Pattern[str]

    def end(self, document: Document) -> int:
        """The folded position at which the dateline of the text ends; the text's start without one.

        A place in capitals needs no agency after it: LIMA, May 3 - but Lima (Reuters) -.
        """
        start = document.text_start
        line = _LATIN.match(document.original, start, start + FARTHEST)
        if line is not None and (
            _is_capitals(line["place"])
            or (line["agency"] or "").casefold().startswith(self.agencies)
        ):
            return document.folded.position(line.end())
        other = self.shapes.match(document.original, start, start + FARTHEST)
        return document.folded.position(other.end() if other else start)


def _is_capitals(place: str) -> bool:
    letters = sum(each.isalpha() for each in place)
    return sum(each.isupper() for each in place) > 0.6 * letters
