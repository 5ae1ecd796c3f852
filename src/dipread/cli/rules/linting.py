"""`dipread rules lint`: what is wrong with rules, or odd about them, with file, line and reason."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from msgspec.structs import asdict

from dipread.classify.rules.lint import Finding
from dipread.cli.context import library
from dipread.cli.outdated import warn_if_outdated
from dipread.cli.rules.common import archive, trying
from dipread.model import Story
from dipread.rules.linting import lint_rules
from dipread.store import Store

COUNTED = 2000
"""Over how many stories, the newest, terms are counted."""

DOUBTS, FAULTS = 1, 2


def lint(arguments: argparse.Namespace) -> int:
    """Exit 0 when nothing was found, 1 for doubts, 2 for faults that stop dipread."""
    desk = library(arguments)
    rules, names = trying(desk, arguments.files)
    with archive(desk) as store:
        findings = lint_rules(rules, names, newest(store))
    shown = dict(zip(names, map(str, arguments.files), strict=False))
    for each in findings:
        if arguments.format == "jsonl":
            print(
                json.dumps(
                    {**asdict(each), "file": shown.get(each.file, each.file)}, ensure_ascii=False
                )
            )
        else:
            print(str(each).replace(each.file, shown.get(each.file, each.file), 1))
    faults = sum(each.fault for each in findings)
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {_said(len(names), faults, len(findings) - faults)}\n")
    if not faults:
        warn_if_outdated(desk, rules)
    return exit_code(findings)


def exit_code(findings: list[Finding]) -> int:
    """What findings come to."""
    return FAULTS if any(each.fault for each in findings) else DOUBTS if findings else 0


def newest(store: Store | None) -> Iterator[Story]:
    """The stories that terms are counted over."""
    for some in store.retagging.stories(COUNTED) if store else ():
        yield from (story for _, story in some)


def _said(files: int, faults: int, doubts: int) -> str:
    if not files:
        return "rules.d holds no rules yet"
    counts = {"file": files, "fault": faults, "doubt": doubts}
    return ", ".join(f"{many} {what}{'s' * (many != 1)}" for what, many in counts.items())
