"""`dipread rules preview` and `apply`: what an edit changes over the archive, and the edit made."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dipread.classify.rules.trial import examples, failures
from dipread.classify.sources import read_toml
from dipread.cli.context import library
from dipread.cli.correcting import retag
from dipread.cli.progress import progress
from dipread.cli.rules.common import archive, most_of, trying
from dipread.cli.rules.linting import FAULTS, newest
from dipread.errors import DipreadError
from dipread.library import Library
from dipread.rules.linting import lint_rules
from dipread.rules.retagging import Edit, Looked, last_rules
from dipread.rules.rulebook import Rulebook
from dipread.text.plural import plural

EXAMPLES = 3
"""How many stories are shown for each label and direction."""


def preview(arguments: argparse.Namespace) -> int:
    """What applying FILE would change; without one, or when it is in force already, what `retag` would."""
    desk = library(arguments)
    before, after = desk.rulebook, trying(desk, [arguments.file] if arguments.file else [])[0]
    if after.own == before.own:
        before = _before_now(desk)
    looked, edits = _previewed(desk, before, after, arguments)
    if arguments.format == "jsonl":
        for each in edits:
            print(json.dumps(_record(each), ensure_ascii=False))
    elif arguments.format == "json":
        print(
            json.dumps(
                {"stories": looked, "edits": [*map(_record, edits)]}, ensure_ascii=False, indent=1
            )
        )
    else:
        for line in _lines(looked, edits):
            print(line)
    return 0


def apply(arguments: argparse.Namespace) -> int:
    """Lint, try and preview a file, then put it into rules.d; refused with a fault or a failing example."""
    desk = library(arguments)
    file: Path = arguments.file
    after, (name,) = trying(desk, [file])
    with archive(desk) as store:
        findings = lint_rules(after, [name], newest(store))
    for finding in findings:
        sys.stderr.write(f"{str(finding).replace(name, str(file), 1)}\n")
    if any(finding.fault for finding in findings):
        sys.stderr.write("dipread: not applied: mend the faults first\n")
        return FAULTS
    text = after.own[name]
    failed = [*failures(examples(str(file), text, read_toml(name, text)), after.knowledge)]
    for each in failed:
        wrong = [
            *(f"lacks {label}" for label in each.lacks),
            *(f"has {label}" for label in each.against),
        ]
        sys.stderr.write(f"{file}:{each.example.line}: example {', '.join(wrong)}\n")
    if failed:
        raise DipreadError(
            "not applied: its own examples do not hold", "Mend the rule or the example."
        )
    for line in _lines(*_previewed(desk, desk.rulebook, after, arguments)):
        print(line)
    before = desk.rulebook.own.get(name)
    with archive(desk) as store:
        place = desk.apply_rules(store, file) if store else desk.rulebook.apply(file)
    kept = f"; the one before it is {place.name}.bak" if before not in (None, text) else ""
    sys.stderr.write(f"dipread: applied as {place}{kept}\n")
    if arguments.retag:
        return retag(arguments)
    sys.stderr.write("dipread: run dipread retag to bring the archive to it\n")
    return 0


def _before_now(desk: Library) -> Rulebook:
    """The rules that tagged the archive; raises DipreadError when they are not known."""
    with archive(desk) as store:
        before = last_rules(store, desk.rulebook) if store else desk.rulebook
    if before is None:
        raise DipreadError(
            "what would change can't be told: the archive was tagged by other shipped rules",
            "dipread retag tags all of it anew; or name a FILE to preview it against rules.d.",
        )
    return before


def _previewed(
    desk: Library, before: Rulebook, after: Rulebook, arguments: argparse.Namespace
) -> tuple[int, list[Edit]]:
    """How many stories were looked at, and what would change."""
    with archive(desk) as store:
        if store is None:
            return 0, []
        total = store.stories.count()
    most = most_of(arguments)
    looked = Looked(0, ())
    edits: list[Edit] = []
    with progress("Previewing", min(total, most or total), arguments) as step:
        for looked in desk.preview(after, most, before):
            edits += looked.edits
            step(looked.stories)
    return looked.stories, edits


def _record(edit: Edit) -> dict[str, Any]:
    return {
        "story": edit.story,
        "title": edit.title,
        "label": edit.label,
        "does": edit.does,
        "words": list(edit.words),
        "contradicts": edit.against.says if edit.against else None,
    }


def _lines(looked: int, edits: list[Edit]) -> Iterator[str]:
    changed = len({each.story for each in edits})
    yield f"{plural(looked, 'story', 'stories')} looked at, {changed:,} would change"
    for label in sorted({each.label for each in edits}):
        of_label = [each for each in edits if each.label == label]
        gains = [each for each in of_label if each.does == "gains"]
        loses = [each for each in of_label if each.does == "loses"]
        yield f"{label}  +{len(gains)}  -{len(loses)}"
        for sign, some in (("+", gains), ("-", loses)):
            yield from (_line(sign, each) for each in some[:EXAMPLES])
            if len(some) > EXAMPLES:
                yield f"  {sign} ... {len(some) - EXAMPLES:,} more"
    against = [each for each in edits if each.against]
    if against:
        yield f"against your own verdicts, which hold all the same: {len(against)}"
        for each in against:
            yield f"{_line('!', each)}  you said {each.label} is {each.against.says if each.against else ''}"


def _line(sign: str, edit: Edit) -> str:
    words = ", ".join(" ".join(each.split()) for each in edit.words[:3])
    return f"  {sign} {edit.story:>6}  {edit.title}  ‹{words}›"
