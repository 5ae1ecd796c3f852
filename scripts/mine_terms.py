"""Phrases that labelled stories use more than others do, for a person to review. Nothing is written.

python scripts/mine_terms.py FILE... --label 19 [--label 18] [--words 3] [--least 4] [--top 150]

FILE holds JSONL, or that gzipped: {"title", "text", "labels": {"topics": [...]}}. Printed are, for each
phrase of one to three words: in how many stories with one of the labels it stands, in how many without,
and how many standard deviations its log odds lie from nothing (add-half smoothing; Monroe, Colaresi and
Quinn, "Fightin' Words", Political Analysis 2008). A phrase that a longer one explains is left out. What
serves beyond these stories goes into a knowledge file by hand.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dipread.classify.fold import fold


def stories(paths: list[Path]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each story's folded words and its labels."""
    for path in paths:
        raw = path.read_bytes()
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()
        for story in map(json.loads, lines):
            text = f"{story['title']} . {story['text']}"
            yield fold(text).text, frozenset(story["labels"].get("topics", ()))


def phrases(folded: str, longest: int) -> set[str]:
    """Every phrase of at most `longest` words that no punctuation parts."""
    found: set[str] = set()
    for run in folded.split("  "):
        words = run.split()
        for length in range(1, longest + 1):
            for at in range(len(words) - length + 1):
                phrase = words[at : at + length]
                if len(phrase[0]) > 2 and len(phrase[-1]) > 2 and not phrase[0].isdigit():
                    found.add(" ".join(phrase))
    return found


def surprise(inside: int, outside: int, stories_in: int, stories_out: int) -> float:
    """Standard deviations of the log odds ratio from zero.

    >>> surprise(10, 10, 100, 100)
    0.0
    """
    a, b = inside + 0.5, outside + 0.5
    c, d = stories_in - inside + 0.5, stories_out - outside + 0.5
    return math.log(a * d / (b * c)) / math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def mined(
    paths: list[Path], labels: frozenset[str], longest: int, least: int
) -> list[tuple[float, str, int, int]]:
    """(surprise, phrase, stories with a label, stories without), most surprising first."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    counts = [0, 0]
    for folded, topics in stories(paths):
        given = bool(topics & labels)
        counts[given] += 1
        (inside if given else outside).update(phrases(folded, longest))
    ranked = sorted(
        (
            (surprise(many, outside[phrase], counts[1], counts[0]), phrase, many, outside[phrase])
            for phrase, many in inside.items()
            if many >= least
        ),
        reverse=True,
    )
    kept: list[tuple[float, str, int, int]] = []
    for each in ranked:
        if not any(
            f" {each[1]} " in f" {other[1]} " and each[2:] == other[2:] for other in kept[:300]
        ):
            kept.append(each)
    return kept


def main() -> int:
    """Print the most surprising phrases."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--label", action="append", required=True)
    asked.add_argument("--words", type=int, default=3)
    asked.add_argument("--least", type=int, default=4)
    asked.add_argument("--top", type=int, default=150)
    given = asked.parse_args()
    found = mined(given.files, frozenset(given.label), given.words, given.least)
    for score, phrase, many, few in found[: given.top]:
        print(f"{score:6.1f} {many:5d} for {few:5d} against  {phrase}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
