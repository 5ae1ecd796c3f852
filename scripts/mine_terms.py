"""Phrases that labelled stories use more than others do, for a person to review. Nothing is written.

PYTHONPATH=src python scripts/mine_terms.py FILE... --label 19 [--label 18] [--untagged sector:politics]
    [--words 3] [--least 4] [--top 150]

FILE holds JSONL, or that gzipped: {"title", "text", "labels": {"topics": [...]}}. Printed are, for each
phrase of one to three words: in how many stories with one of the labels it stands, in how many without,
and how many standard deviations its log odds lie from nothing (add-half smoothing; Monroe, Colaresi and
Quinn, "Fightin' Words", Political Analysis 2008). A phrase that a longer one explains is left out. With
--untagged only stories count that the rules do not give that tag: what they miss shows. What serves beyond
these stories goes into a knowledge file by hand.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from dipread.classify import KNOWLEDGE_FILES, classify, compile_knowledge
from dipread.classify.fold import fold
from dipread.classify.rules.phrases import Phrase, contrast
from dipread.data import read
from dipread.model import Story


def stories(paths: list[Path], untagged: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each story's folded words and its labels; none that the rules give the tag `untagged`."""
    knowledge = compile_knowledge({name: read(name) for name in KNOWLEDGE_FILES})
    for path in paths:
        raw = path.read_bytes()
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()
        for story in map(json.loads, lines):
            if untagged:
                made = Story("u", "", "", story["title"], story["text"], lang=story["lang"])
                if untagged in {f"{tag.kind}:{tag.code}" for tag in classify(made, knowledge)}:
                    continue
            text = f"{story['title']} . {story['text']}"
            yield fold(text).text, frozenset(story["labels"].get("topics", ()))


def mined(
    paths: list[Path], labels: frozenset[str], untagged: str, longest: int, least: int
) -> list[Phrase]:
    """Phrases of the stories with a label against those without, most surprising first."""
    sides: tuple[list[str], list[str]] = [], []
    for folded, topics in stories(paths, untagged):
        sides[not topics & labels].append(folded)
    return contrast(*sides, longest, least)


def main() -> int:
    """Print the most surprising phrases."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--label", action="append", required=True)
    asked.add_argument("--untagged", default="")
    asked.add_argument("--words", type=int, default=3)
    asked.add_argument("--least", type=int, default=4)
    asked.add_argument("--top", type=int, default=150)
    given = asked.parse_args()
    found = mined(given.files, frozenset(given.label), given.untagged, given.words, given.least)
    for score, phrase, many, few in found[: given.top]:
        print(f"{score:6.1f} {many:5d} for {few:5d} against  {phrase}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
