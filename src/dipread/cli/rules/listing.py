"""`dipread rules list`: every rule, where it stands, and whether it is in force."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from msgspec.structs import asdict

from dipread.classify.rules.kinds import KINDS
from dipread.classify.rules.listing import Listed, listed
from dipread.cli.columns import columns
from dipread.cli.context import library
from dipread.cli.outdated import warn_if_outdated
from dipread.errors import UsageError

_HEADING = ("kind", "id", "terms", "languages", "files", "state", "says")


def list_rules(arguments: argparse.Namespace) -> int:
    """The rules of a kind, or of an id, or all of them."""
    desk = library(arguments)
    wanted = arguments.which
    found = [each for each in listed(*desk.rulebook.tables()) if _is_wanted(each, wanted)]
    if not found:
        raise UsageError(
            f"there is no rule or kind of rule {wanted!r}", f"Kinds are {', '.join(KINDS)}."
        )
    if arguments.format == "json":
        print(json.dumps([_record(each) for each in found], ensure_ascii=False, indent=1))
    elif arguments.format == "jsonl":
        for each in found:
            print(json.dumps(_record(each), ensure_ascii=False))
    else:
        for line in columns([_HEADING, *map(_row, found)], right=frozenset({2})):
            print(line)
    if any(each.kind == "person" for each in found):
        warn_if_outdated(desk)
    return 0


def _is_wanted(rule: Listed, wanted: str | None) -> bool:
    names = (rule.kind, rule.id, f"{rule.kind}:{rule.id}", f"{rule.kind}.{rule.id}")
    return wanted is None or wanted in names


def _state(rule: Listed) -> str:
    if rule.disabled:
        return "disabled"
    if len(rule.files) == 1:
        return "" if rule.files[0] == KINDS[rule.kind].home else "yours"
    return "changed"


def _row(rule: Listed) -> tuple[str, ...]:
    return (
        rule.kind,
        rule.id,
        str(rule.terms),
        " ".join(rule.languages),
        " ".join(Path(each).name for each in rule.files),
        _state(rule),
        rule.said,
    )


def _record(rule: Listed) -> dict[str, object]:
    return {**asdict(rule), "state": _state(rule)}
