"""A story laid out for the classifier: one folded text, its sentences and its zones."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from msgspec import Struct, field

from dipread.classify.fold import Folded, fold
from dipread.classify.terms import UNSPACED
from dipread.model import Evidence, Story

Zone = Literal["title", "lead", "body"]

LEAD_LENGTH = 400
OPENING_LENGTH = 250
"""The lead is two sentences, the opening one, neither longer than this."""

_STOPS = {
    **{sign: re.compile(rf"{re.escape(sign)}[\"'”’»)\]]*\s+") for sign in ".!?"},
    **{sign: re.compile(sign) for sign in "。！？؟"},
    "\n": re.compile(r"\n(?:\s*\n)?"),
}
"""What may end a sentence: a stop with the blanks after it, one of a script without blanks, an end of line.
Each is searched for by itself, for one character is found fast.
"""
_WRAPPED = range(50, 90)
"""How long the lines are, in characters, of a text that was broken to fit a page; a line break after a
shorter or a longer line ends a sentence.
"""
_ABBREVIATION = re.compile(
    r"(?:^|[\s.(])(?:[A-Z]|Mrs?|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|vs|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)$"
)


_UNSPACED = "\u3001"
"""From here on Unicode has the scripts that part no words."""
_WORD_END = re.compile(rf"(?:(?!{UNSPACED})[^\W\d_])*")
"""What is left of a word, in scripts that part words."""


class Document(Struct, frozen=True):
    """`original` is the title and the text with blanks around them, the text from `text_start` on.

    Positions are folded ones: `title_end`, the ends of the opening and of the lead, and the `ends` of
    all sentences of the text.
    `words` is the length of the story; `title_case` that the title's capitals say nothing.
    """

    original: str
    folded: Folded
    text_start: int
    title_end: int
    opening_end: int
    lead_end: int
    ends: tuple[int, ...]
    words: int
    title_case: bool
    _known: dict[tuple[str, ...], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, story: Story) -> Document:
        """Lay out a story."""
        original = f" {story.title}\n\n{story.text} "
        folded = fold(original)
        text_start = len(story.title) + 3
        ends = _sentence_ends(original, text_start)
        opening = min(ends[0] if ends else len(original), text_start + OPENING_LENGTH)
        second = ends[1] if len(ends) > 1 else len(original)
        lead_end = min(second, text_start + LEAD_LENGTH)
        words = folded.text.split()
        unspaced = 0
        if not folded.text.isascii() and max(words, default="") >= _UNSPACED:
            unspaced = sum(map(len, filter(_UNSPACED.__le__, words)))
        return cls(
            original,
            folded,
            text_start,
            title_end=folded.position(text_start - 2),
            opening_end=folded.position(opening),
            lead_end=folded.position(lead_end),
            ends=tuple(map(folded.position, ends)) if folded.turns else tuple(ends),
            words=len(words) + unspaced // 2,
            title_case=_is_title_case(story.title),
        )

    def has_any(self, words: tuple[str, ...]) -> bool:
        """Whether one of the folded words is in the text; asked again, the answer is remembered."""
        if words not in self._known:
            self._known[words] = any(word in self.folded.text for word in words)
        return self._known[words]

    def zone(self, position: int) -> Zone:
        """Where in the story a position is."""
        if position < self.title_end:
            return "title"
        return "lead" if position < self.lead_end else "body"

    def sentence(self, position: int) -> int:
        """The number of the sentence around a position; the title is -1."""
        return -1 if position < self.title_end else bisect_right(self.ends, position)

    def bounds(self, position: int) -> tuple[int, int]:
        """Where the sentence around a position begins and ends."""
        if position < self.title_end:
            return 0, self.title_end
        ends = self.ends
        sentence = bisect_right(ends, position)
        start = ends[sentence - 1] if sentence else self.title_end
        return start, ends[sentence] if sentence < len(ends) else len(self.folded.text)

    def opens(self, position: int, articles: frozenset[str]) -> bool:
        """Whether a position opens its sentence or, in the title, what follows a colon; an article may
        stand before it.
        """
        start, _ = self.bounds(position)
        if position < self.title_end:
            colon = self.original.rfind(": ", 0, self.folded.original(position)) + 2
            if colon > 1:
                start = max(start, self.folded.position(colon))
        return self.folded.text[start:position].strip() in articles

    def positions(self, evidence: Evidence) -> tuple[int, int]:
        """The folded positions of evidence: the way back of `evidence`."""
        shift = 1 if evidence.field == "title" else self.text_start
        return (
            self.folded.position(evidence.start + shift),
            self.folded.position(evidence.end + shift),
        )

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """Folded positions as evidence in a field of the story.

        A term may be the beginning of a word (`соглашени*`); people are shown the word.
        """
        folded = self.folded
        if folded.text[end].isalpha() and (rest := _WORD_END.match(folded.text, end)):
            end = rest.end()
        here, there = folded.span(start, end) if folded.turns else (start, end)
        if start < self.title_end:
            return Evidence("title", here - 1, there - 1, rule)
        return Evidence("text", here - self.text_start, there - self.text_start, rule)


def _is_title_case(title: str) -> bool:
    """Whether nearly every longer word of the title has a capital, so that capitals say nothing."""
    longer = [word for word in title.split() if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.75 * len(longer)


def _sentence_ends(text: str, start: int) -> list[int]:
    """Where the sentences from `start` on end, the blanks behind them included."""
    stops = [
        stop.span()
        for sign, pattern in _STOPS.items()
        if sign in text
        for stop in pattern.finditer(text, start)
    ]
    ends: list[int] = []
    behind = start
    for at, end in sorted(stops):
        if at >= behind:  # else it stands in the blanks after another
            behind = end
            if not _goes_on(text, at, end):
                ends.append(end)
    return ends


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the sentence goes on: after the full stop of an abbreviation, before a word without a
    capital, over the end of a line that only the page broke.
    """
    sign = text[start]
    if sign == ".":
        return text[end : end + 1].islower() or (
            not text[start - 5 : start].isalpha()  # none is so long
            and _ABBREVIATION.search(text, max(0, start - 6), start) is not None
        )
    return sign == "\n" and end == start + 1 and start - text.rfind("\n", 0, start) in _WRAPPED
