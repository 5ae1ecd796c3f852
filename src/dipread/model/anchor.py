"""Quotes and the texts they stand in: taken, found again after an edit, or looked for by likeness.

A place is never guessed: a quote moves only where its exact words stand once with the words that were
round them, on one side at least. Everything less is a candidate, for a person to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from dipread.model import Annotation, Field, Quote, Story, StoryDetail

CONTEXT = 32
TELLING = CONTEXT // 2
ALIKE = 0.5
MOST_CANDIDATES = 5
_SENTENCE = re.compile(r"[^\n.!?。！？]+[.!?。！？]*[”’»\"']?")
_WORD = re.compile(r"\w+")
_LONGEST = 2_000  # of what is compared letter by letter: the time grows with the square


class Candidate(Struct, frozen=True):
    """A place that a lost quote may have now, and how alike its words are, from 0 to 1."""

    quote: Quote
    alike: float


def anchored(quote: Quote, text: str) -> tuple[int, int] | None:
    """The one place where the quote's exact words stand between the words it was taken from.

    An edit close by may have changed the words on one side; then those on the other must be many enough
    to tell. None when there is no such place or more than one: a place is never guessed.

    >>> anchored(Quote("text", 2, 6, "pact", "a ", " in"), "Today a pact in Rome")
    (8, 12)
    >>> anchored(Quote("text", 2, 6, "pact", "a ", " in"), "the pact of Rome") is None
    True
    """
    if not quote.exact:
        return None
    sides = [(quote.prefix, quote.suffix)]
    sides += [(quote.prefix, "")] if len(quote.prefix) >= TELLING else []
    sides += [("", quote.suffix)] if len(quote.suffix) >= TELLING else []
    for before, after in sides:
        places = list(islice(_occurrences(before + quote.exact + after, text), 2))
        if len(places) > 1:
            return None
        if places:
            start = places[0][0] + len(before)
            return start, start + len(quote.exact)
    return None


def place_in(annotation: Annotation, detail: StoryDetail) -> tuple[int, int] | None:
    """Where the quote of a note stands in what its story says now; None without a quote or a place."""
    quote = annotation.quote
    if quote is None:
        return None
    if annotation.revision == detail.revision and quote.start >= 0:
        return quote.start, quote.end
    return anchored(quote, detail.story.title if quote.field == "title" else detail.story.text)


def candidates(quote: Quote, story: Story) -> tuple[Candidate, ...]:
    """Where a lost quote may stand now, the likeliest first: its words elsewhere, then sentences like it.

    >>> story = Story("", "", "", "", "Rome and Tokyo sign a pact. It rained.")
    >>> [each.quote.exact for each in candidates(Quote("text", 0, 9, "sign a treaty"), story)]
    ['sign a pact']
    """
    found: dict[tuple[Field, int, int], float] = {}
    for field in _FIELDS:
        text: str = getattr(story, field)
        for start, end in _occurrences(quote.exact, text):
            found[field, start, end] = 1.0
        if not found:
            for start, end, alike in _like(quote.exact, text):
                found[field, start, end] = alike
    best = sorted(found, key=lambda place: (-found[place], place[0] != quote.field, place[1]))
    return tuple(
        Candidate(quote_of(field, getattr(story, field), start, end), found[field, start, end])
        for field, start, end in best[:MOST_CANDIDATES]
    )


_FIELDS: tuple[Field, Field] = ("title", "text")


def _occurrences(words: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _like(words: str, text: str) -> Iterator[tuple[int, int, float]]:
    """Stretches of sentences that are like the words, from the first letter they share to the last."""
    from difflib import SequenceMatcher  # seldom needed, and not read from disk before it is

    words = words[:_LONGEST]
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(words)
    for sentence in _SENTENCE.finditer(text):
        said = sentence[0][:_LONGEST]
        matcher.set_seq1(said)
        blocks = [each for each in matcher.get_matching_blocks() if each.size > 2]
        if not blocks:
            continue
        first, last = blocks[0], blocks[-1]
        start, end = _grown(
            *(said, first.a, last.a + last.size),
            *(len(words[: first.b].split()), len(words[last.b + last.size :].split())),
        )
        alike = 2 * sum(each.size for each in blocks) / (end - start + len(words))
        if alike >= ALIKE:
            yield sentence.start() + start, sentence.start() + end, round(alike, 3)


def _grown(text: str, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    """A stretch grown to whole words, and by as many words as the quote has on either side of it."""
    words = list(_WORD.finditer(text))
    inside = [at for at, each in enumerate(words) if each.end() > start and each.start() < end]
    if not inside:
        return start, end
    first, last = max(0, inside[0] - before), min(len(words) - 1, inside[-1] + after)
    return words[first].start(), words[last].end()


def quote_of(field: Field, text: str, start: int, end: int) -> Quote:
    """The quote of `text[start:end]`, grown to whole characters as a reader counts them.

    >>> quote_of("text", "a pact in Rome", 3, 6).exact
    'act'
    """
    start, end = snap(text, start, end)
    before, after = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before, _ = snap(text, before, start) if before < start else (start, start)
    _, after = snap(text, end, after) if end < after else (end, end)
    return Quote(field, start, end, text[start:end], text[before:start], text[end:after])


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a range to the edges of what readers take for characters, so that no accent or emoji is cut.

    Only the lines it touches are looked at: no character crosses a line break.
    """
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    line = text[low : len(text) if high < 0 else high]
    if line.isascii():
        return start, end
    from wcwidth import iter_graphemes  # its tables are dear to import

    for each in iter_graphemes(line):
        if low < start < low + len(each):
            start = low
        if low < end < low + len(each):
            end = low + len(each)
        low += len(each)
    return start, end
