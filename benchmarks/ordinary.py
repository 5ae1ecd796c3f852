"""How often sport stories are given a sector that is not theirs.

    python benchmarks/ordinary.py [FILE] [--topic Sports] [--allowed culture]

FILE is JSONL {"title", "text", "lang", "labels": {"topics"}}; by default labels/ag.dev.jsonl in the shared
folder (DIPREAD_SHARED). Prints the share of stories of the topic with a sector that is not allowed, and
which sectors those are.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from pathlib import Path

from dipread.classify import KNOWLEDGE_FILES, classify, compile_knowledge
from dipread.data import read
from dipread.model import Story

SHARED = Path(os.environ.get("DIPREAD_SHARED", "../shared"))


def main() -> int:
    """Print the share and the sectors."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("file", nargs="?", type=Path, default=SHARED / "data/labels/ag.dev.jsonl")
    asked.add_argument("--topic", default="Sports")
    asked.add_argument("--allowed", nargs="*", default=["culture"])
    given = asked.parse_args()
    knowledge = compile_knowledge({name: read(name) for name in KNOWLEDGE_FILES})
    stories = wrong = 0
    sectors: Counter[str] = Counter()
    for line in given.file.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if given.topic not in item["labels"]["topics"]:
            continue
        story = Story("u", "", "", item["title"], item["text"], lang=item["lang"])
        told = {tag.code for tag in classify(story, knowledge) if tag.kind == "sector"}
        stories += 1
        wrong += bool(told - set(given.allowed))
        sectors.update(told - set(given.allowed))
    if not stories:
        asked.error(f"{given.file}: no story of the topic {given.topic}")
    print(f"stories of {given.topic}  {stories}")
    print(f"with another sector than {', '.join(given.allowed)}  {wrong} ({wrong / stories:.1%})")
    print("  ".join(f"{sector} {count}" for sector, count in sectors.most_common(8)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
