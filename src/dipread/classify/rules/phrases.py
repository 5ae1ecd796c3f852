"""Phrases that some stories use more than others do, for a person to review.

Counted is in how many stories a phrase stands, not how often. The measure is the log odds ratio with
add-half smoothing, in standard deviations (Monroe, Colaresi and Quinn, "Fightin' Words", Political
Analysis 2008).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Set
from typing import NamedTuple

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
LONGEST = 3
"""How many words a phrase has at most."""

LONGEST_RUN = 6
"""How many characters a phrase has at most where words have no blanks between them."""


class Phrase(NamedTuple):
    """A phrase, folded: in how many stories inside and outside it stands, and how surprising that is."""

    surprise: float
    text: str
    inside: int
    outside: int


def phrases(folded: str, longest: int) -> set[str]:
    """Every phrase of at most `longest` words that no punctuation parts.

    >>> sorted(phrases("rules of origin  upheld", 3))
    ['origin', 'rules', 'rules of origin', 'upheld']
    """
    found: set[str] = set()
    for run in folded.split("  "):
        words = run.split()
        for length in range(1, longest + 1):
            for at in range(len(words) - length + 1):
                phrase = words[at : at + length]
                if len(phrase[0]) > 2 and len(phrase[-1]) > 2 and not phrase[0].isdigit():
                    found.add(" ".join(phrase))
    if not folded.isascii():
        for unspaced in _UNSPACED.findall(folded):
            for length in range(2, LONGEST_RUN + 1):
                found.update(unspaced[at : at + length] for at in range(len(unspaced) - length + 1))
    return found


def surprise(inside: int, outside: int, stories_in: int, stories_out: int) -> float:
    """Standard deviations of the log odds ratio from zero.

    >>> surprise(10, 10, 100, 100)
    0.0
    """
    a, b = inside + 0.5, outside + 0.5
    c, d = stories_in - inside + 0.5, stories_out - outside + 0.5
    return math.log(a * d / (b * c)) / math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def contrast(
    inside: Iterable[str],
    outside: Iterable[str],
    longest: int = LONGEST,
    least: int = 2,
    stopwords: Set[str] = frozenset(),
) -> list[Phrase]:
    """What the folded texts `inside` use more than those `outside`, most surprising first.

    A phrase stands in `least` texts inside at least, and neither begins nor ends with a stopword; one
    that a longer one explains is left out.
    """
    counts: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    stories = [0, 0]
    for side, texts in enumerate((inside, outside)):
        for folded in texts:
            stories[side] += 1
            counts[side].update(phrases(folded, longest))
    ranked = sorted(
        (
            Phrase(surprise(many, counts[1][text], *stories), text, many, counts[1][text])
            for text, many in counts[0].items()
            if many >= least and not {text.split()[0], text.split()[-1]} & stopwords
        ),
        key=lambda each: (-each.surprise, -len(each.text), each.text),
    )
    kept: list[Phrase] = []
    for each in ranked:
        if not any(
            each[2:] == other[2:] and _is_within(each.text, other.text) for other in kept[:300]
        ):
            kept.append(each)
    return kept


def _is_within(phrase: str, longer: str) -> bool:
    """Whether a phrase is whole words of a longer one, or any part where words have no blanks."""
    return f" {phrase} " in f" {longer} " or (bool(_UNSPACED.match(phrase)) and phrase in longer)
