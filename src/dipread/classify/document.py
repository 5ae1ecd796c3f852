"""A story laid out for the classifier: one folded text, its sentences and its zones."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from typing import Literal

from msgspec import Struct, field

from dipread.classify.fold import Folded, fold
from dipread.classify.terms import UNSPACED
from dipread.model import Evidence, Story

Zone = Literal["title", "lead", "body"]

LEAD_LENGTH = 400
OPENING_LENGTH = 250
"""The lead is two sentences, the opening one, neither longer than this."""

_SHORT = (
    "[A-Z]",
    "Mr|Ms|Dr|St|Lt|vs|No",
    "Mrs|Gen|Sen|Rep|Gov|Col|Sgt|Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec",
    "Sept",
)
"""Words that a full stop shortens, by their length."""
_BEHIND = r"[\"'”’»)\]]*\s+"
"""What may stand between a stop and the next sentence."""
_FULL_STOP = re.compile(
    r"\.(?:"
    + "|".join(rf"(?<=[\s.(](?:{words})\.)" for words in _SHORT)
    + rf"|(?P<ends>)){_BEHIND}"
)
"""A full stop with what is behind it; `ends` is there but after a word that it shortens."""
_STOPS = {
    **{sign: re.compile(re.escape(sign) + _BEHIND) for sign in "!?"},
    **{sign: re.compile(sign) for sign in "。！？؟"},
}
"""Other stops. Each is searched for by itself, for one character is found fast."""
_BREAK = re.compile(r"\n\s*")
_INK = b"".join(b" " if byte == 0x20 else b"x" if byte < 0xE3 else b"w" for byte in range(0x100))
"""Each byte of UTF-8 as a blank, `x`, or `w` where what it begins is not parted into words: from U+3000 on."""
_evidence = partial(tuple.__new__, Evidence)  # spares a call that only makes a tuple
_WRAPPED = range(50, 90)
"""How long the lines are, in characters, of a text that was broken to fit a page; a line break after a
shorter or a longer line ends a sentence.
"""
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
        return cls(
            original,
            folded,
            text_start,
            title_end=folded.position(text_start - 2),
            opening_end=folded.position(opening),
            lead_end=folded.position(lead_end),
            ends=tuple(map(folded.position, ends)) if folded.turns else tuple(ends),
            words=_length(folded.text),
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
            return _evidence(("title", here - 1, there - 1, rule))
        return _evidence(("text", here - self.text_start, there - self.text_start, rule))


def _length(text: str) -> int:
    """How many words a folded text has; two letters of a script that parts no words are taken for one."""
    begun = f" {text}".encode("utf-8", "surrogatepass").translate(_INK)
    if text.isascii() or b" w" not in begun:  # the words need not be parted to be counted
        return begun.count(b" x")
    words = text.split()
    return len(words) + sum(map(len, filter(_UNSPACED.__le__, words))) // 2


def _is_title_case(title: str) -> bool:
    """Whether nearly every longer word of the title has a capital, so that capitals say nothing."""
    longer = [word for word in title.split() if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.75 * len(longer)


def _sentence_ends(text: str, start: int) -> list[int]:
    """Where the sentences from `start` on end, the blanks behind them included.

    One goes on after the full stop of a shortened word, before a word without a capital, and over the end of a line that
    only the page broke.
    """
    ends: list[int] = []
    stops: set[int] = set()
    for stop in _FULL_STOP.finditer(text, start):
        end = stop.end()
        stops.add(end)
        if stop.lastindex and not text[end : end + 1].islower():
            ends.append(end)
    for sign, pattern in _STOPS.items():
        if sign in text:
            found = [stop.end() for stop in pattern.finditer(text, start)]
            stops.update(found)
            ends += found
    for stop in _BREAK.finditer(text, start):
        if stop.end() not in stops:  # else it stands in the blanks behind a stop
            at = stop.start()
            end = text.rfind("\n", at, stop.end()) + 1
            if end > at + 1 or at - text.rfind("\n", 0, at) not in _WRAPPED:
                ends.append(end)
    return sorted(ends)
