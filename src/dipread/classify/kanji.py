"""Countries written with one character, as Japanese and Chinese headlines do: 日伊首脳会談, 対中関税, 中法关系."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from dipread.classify.document import Document
from dipread.classify.places import Mention
from dipread.classify.spans import Spans


class Kanji(Struct, frozen=True):
    """A table of [kanji] in countries.toml: the characters, and the folded words that must stand beside
    them. `within` says that they may follow other ideographs, where a tail is there: 推动中法关系.
    """

    codes: Mapping[str, str]
    runs: re.Pattern[str]
    pair_tails: tuple[str, ...]
    strict: frozenset[str]
    particles: frozenset[str]
    single_tails: tuple[str, ...]
    single_heads: tuple[str, ...]
    within: bool

    def mentions(self, document: Document, taken: Spans) -> Iterator[Mention]:
        """The countries of every run of such characters outside the spans that are `taken`."""
        for run in self.runs.finditer(document.folded.text):
            start, end = run.span()
            if taken.touch(start, end):
                continue
            if len(run[0]) > 1 and self._is_group(document, run):
                codes = tuple(self.codes[each] for each in run[0])
                for at, code in enumerate(codes, start):
                    yield Mention(at, at + 1, (code,), "kanji", "kanji.group")
            elif (at := self._single(document.folded.text, run)) >= 0:
                code = self.codes[run[0][at - start]]
                yield Mention(at, at + 1, (code,), "kanji", "kanji.single")

    def _is_group(self, document: Document, run: re.Match[str]) -> bool:
        text = document.folded.text
        tail = next((each for each in self.pair_tails if text.startswith(each, run.end())), "")
        if self.within or _is_ideograph(text[run.start() - 1]):
            return self.within and bool(tail)
        if run[0] in self.strict:
            return bool(tail) and tail not in self.particles
        if tail:
            return True
        return run.start() < document.title_end and not _is_ideograph(text[run.end()])

    def _single(self, text: str, run: re.Match[str]) -> int:
        """Where the one character of the run that stands for a country is, -1 when none does."""
        first, last = run.start(), run.end() - 1
        if text.endswith(self.single_heads, 0, first) and len(run[0]) == 1:
            return first
        if text.startswith(self.single_tails, last + 1) and not _is_ideograph(text[last - 1]):
            return last
        return -1


def _is_ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
