"""How fast stories are tagged, and how long the knowledge takes to load. One core, CPU time.

    PYTHONPATH=src python benchmarks/tagging.py [FILE.jsonl] [--stories 3000] [--characters 800]

Without a file the stories are made up (benchmarks/desk.py) and filled to the same length. A line of FILE is
{"title", "text", "lang"}, cut or repeated to that length; --characters 0 leaves it as it is.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import desk

from dipread.classify import KNOWLEDGE_FILES, Knowledge, classify, compile_knowledge
from dipread.data import read
from dipread.model import Story


def made_up(number: int, characters: int) -> list[Story]:
    """Stories of benchmarks/desk.py."""
    chance = random.Random(1)
    found = []
    for each in range(number):
        title, text = desk.story(chance, each)
        found.append(filled(title, text, "en", characters))
    return found


def given(path: Path, number: int, characters: int) -> list[Story]:
    """Stories of a file."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for _, line in zip(range(number), lines, strict=False)]
    return [
        filled(each["title"], each["text"], each.get("lang", ""), characters) for each in records
    ]


def filled(title: str, text: str, lang: str, characters: int) -> Story:
    """A story of that many characters, its text repeated or cut."""
    if characters and text:
        text = (text * (characters // len(text) + 1))[: max(1, characters - len(title))]
    return Story("u", "", "", title, text, lang=lang)


def loaded() -> tuple[Knowledge, float]:
    """The knowledge ready for English, and the seconds that took."""
    start = time.process_time()
    knowledge = compile_knowledge({name: read(name) for name in KNOWLEDGE_FILES})
    knowledge.automaton("en")
    return knowledge, time.process_time() - start


def main() -> int:
    """Print one figure a line."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("file", nargs="?", type=Path)
    asked.add_argument("--stories", type=int, default=3000)
    asked.add_argument("--characters", type=int, default=800)
    wanted = asked.parse_args()
    knowledge, first = loaded()
    times = sorted([first, *(loaded()[1] for _ in range(4))])
    stories = (
        given(wanted.file, wanted.stories, wanted.characters)
        if wanted.file
        else made_up(wanted.stories, wanted.characters)
    )
    for story in stories[:100]:
        classify(story, knowledge)
    start = time.process_time()
    tags = sum(len(classify(story, knowledge)) for story in stories)
    spent = time.process_time() - start
    characters = sum(len(story.title) + len(story.text) for story in stories)
    print(f"load, files to English automaton  {times[2] * 1000:.0f} ms (first {first * 1000:.0f})")
    print(f"stories tagged                    {len(stories)}")
    print(f"characters a story                {characters / len(stories):.0f}")
    print(f"tags a story                      {tags / len(stories):.1f}")
    print(f"stories a second                  {len(stories) / spent:.0f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
