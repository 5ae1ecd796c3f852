"""How many of the publishers' own country labels the classifier finds in title and summary.

    PYTHONPATH=src python benchmarks/publishers.py [FILE] [--missed]

FILE is JSONL {"title", "summary", "lang", "countries_as_tagged"}; by default
items/publisher-country-tags.jsonl in the shared folder (DIPREAD_SHARED). A label is the name of a country, or
of a place with its country or state in brackets: `Aleppo (Syria)`, `Chicago (Ill)`. Regions of several
countries (`Western Europe`) and seas are no country and are left out; what is left out is counted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from pathlib import Path

from dipread.classify import (
    KNOWLEDGE_FILES,
    Knowledge,
    classify,
    compile_knowledge,
    fold_alias,
    tag_record,
)
from dipread.data import read
from dipread.model import Story
from dipread.query.names import read_vocabulary

PARTS = {
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "great britain": "GB",
    "us": "US",
}
PARTS |= {"georgia": "US", "gaza strip": "PS", "west bank": "PS", "crimea": "UA"}
SHARED = Path(os.environ.get("DIPREAD_SHARED", "../shared"))


def country_of(label: str, names: dict[str, str], knowledge: Knowledge) -> str:
    """The code of a publisher's label, empty when it is no country."""
    place, _, inside = label.partition(" (")
    inside = re.sub(r".*, ", "", inside.rstrip(")")) if "Congo" not in inside else "Congo-Kinshasa"
    for name in (inside, place):
        code = PARTS.get(fold_alias(name)) or (names.get(fold_alias(name)) if len(name) > 4 else "")
        if code:
            return code
    asked = Story("u", "", "", "", f"He left Somewhere, {inside or place}., at night.", lang="en")
    found = tag_record("u", classify(asked, knowledge), asked)["countries"]
    return found[0] if len(found) == 1 else ""


def main() -> int:
    """Print recall, and with --missed what was missed."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument(
        "file", nargs="?", type=Path, default=SHARED / "data/items/publisher-country-tags.jsonl"
    )
    asked.add_argument("--missed", action="store_true")
    given = asked.parse_args()
    knowledge = compile_knowledge({name: read(name) for name in KNOWLEDGE_FILES})
    names = dict(read_vocabulary(read("gazetteer.json")).codes["country"])
    spelled: dict[str, set[str]] = {}
    for name, code in names.items():
        spelled.setdefault(code, set()).add(name)
    found = wanted = left_out = unnamed = 0
    for line in given.file.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        labels = {
            label: country_of(label, names, knowledge) for label in item["countries_as_tagged"]
        }
        left_out += sum(not code for code in labels.values())
        codes = set(labels.values()) - {""}
        story = Story("u", "", "", item["title"], item["summary"], lang=item["lang"])
        tagged = {tag.code for tag in classify(story, knowledge) if tag.kind == "country"}
        wanted += len(codes)
        found += len(codes & tagged)
        words = f" {fold_alias(item['title'])} {fold_alias(item['summary'])} "
        unnamed += sum(
            not any(f" {name} " in words for name in spelled[code] if len(name) > 2)
            for code in codes - tagged
        )
        if given.missed and codes - tagged:
            print(sorted(codes - tagged), item["title"], "|", item["summary"][:150])
    print(f"labels that are countries  {wanted}")
    print(f"labels left out            {left_out}")
    print(f"recall                     {found / wanted:.3f}")
    print(f"missed                     {wanted - found}")
    print(f"of these, no name or adjective of the country in title or summary  {unnamed}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
