"""`dipread rules test`: examples, labelled stories, verdicts, and what the rules found in the archive."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dipread.classify import Knowledge
from dipread.classify.rules.listing import Listed, listed
from dipread.classify.rules.trial import (
    LABELLED,
    Example,
    Failure,
    Scores,
    examples,
    failures,
    scored,
)
from dipread.classify.sources import read_toml
from dipread.cli.columns import columns
from dipread.cli.context import library
from dipread.cli.progress import progress
from dipread.cli.rules.common import archive, most_of
from dipread.config import read_text
from dipread.errors import UsageError
from dipread.library import Library
from dipread.rules.assessing import Firing, firing, judged

FAILED = 1
WORDS = 3
"""How many words are shown of those on which a label rests alone."""

HALF = 0.5


def test(arguments: argparse.Namespace) -> int:
    """Exit 1 when an example does not hold. A file of rules is tried as if it were applied."""
    desk = library(arguments)
    report: dict[str, Any] = {}
    file = arguments.file
    if file is not None and file.suffix != ".toml":
        scores, left_out = _labelled(file, desk.knowledge)
        report = {"labelled": _scores(scores), "without_labels": left_out}
    else:
        rules = desk.rulebook if file is None else desk.rulebook.trying(file)
        tried = [*_examples(desk, file)]
        failed = [*failures(tried, rules.knowledge)]
        report["examples"] = {"held": len(tried) - len(failed), "failed": [*map(_failure, failed)]}
        if file is None:
            report |= _archive(desk, arguments)
    if arguments.format == "json":
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        for line in _lines(report):
            print(line)
    return FAILED if report.get("examples", {}).get("failed") else 0


def _examples(desk: Library, file: Path | None) -> Iterator[Example]:
    """The examples of a file, or of every file of rules, the shipped ones first."""
    texts = {**desk.rulebook.shipped, **desk.rulebook.own}
    if file is not None:
        texts = {str(file): read_text(file)}
    for name, text in texts.items():
        if name.endswith(".toml"):
            yield from examples(name, text, read_toml(name, text))


def _labelled(file: Path, knowledge: Knowledge) -> tuple[Scores, int]:
    """Scores over a file of labelled stories, and how many lines had no label that dipread gives."""
    scores = Scores()
    lines = read_text(file).splitlines()
    given = 0
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            given += scored(record, knowledge, scores)
        except (ValueError, TypeError, AttributeError):
            raise UsageError(
                f"{file}:{number}: not a labelled story",
                f'Each line is {{"title", "text", "lang"}} with lists such as {", ".join(LABELLED)}.',
            ) from None
    return scores, len(lines) - given


def _archive(desk: Library, arguments: argparse.Namespace) -> dict[str, Any]:
    """The verdicts, and what the rules found."""
    with archive(desk) as store:
        if store is None:
            return {}
        scores = judged(store, desk.knowledge)
        found = Firing()
        total = store.stories.count()
        most = most_of(arguments)
        with progress("Reading tags", min(total, most or total), arguments) as step:
            for found in firing(store, most):
                step(found.stories)
    silent = [each for each in listed(*desk.rulebook.tables()) if _is_silent(each, found)]
    return {
        "verdicts": _scores(scores),
        "stories": found.stories,
        "never_fired": [
            {"kind": each.kind, "id": each.id, "yours": bool(set(each.files) & set(desk.rulebook.own))}
            for each in silent
        ],
        "on_one_word": {
            label: {
                "stories": found.given[label],
                "on_one_word": sum(words.values()),
                "words": dict(words.most_common(WORDS)),
            }
            for label, words in sorted(found.on_one_word.items())
        },
    }  # fmt: skip


def _is_silent(rule: Listed, found: Firing) -> bool:
    return bool(rule.evidence) and not rule.disabled and rule.evidence not in found.fired


def _failure(failed: Failure) -> dict[str, Any]:
    story = failed.example.story
    return {
        "file": failed.example.file,
        "line": failed.example.line,
        "text": story.title or story.text,
        "lacks": list(failed.lacks),
        "has_against_its_word": list(failed.against),
        "came": list(failed.came),
    }


def _scores(scores: Scores) -> dict[str, Any]:
    named = {**dict(sorted(scores.tallies.items())), "all": scores.total()}
    return {
        "stories": scores.stories,
        "labels": {
            label: {
                "right": each.right,
                "wrong": each.wrong,
                "missed": each.missed,
                "precision": each.precision,
                "recall": each.recall,
            }
            for label, each in named.items()
        },
        "confused": [
            {"said": said, "right": right, "stories": times}
            for (said, right), times in scores.confused.most_common()
        ],
    }


def _lines(report: dict[str, Any]) -> Iterator[str]:
    if "examples" in report:
        failed = report["examples"]["failed"]
        yield f"examples: {report['examples']['held']} hold, {len(failed)} do not"
        for each in failed:
            yield f"{each['file']}:{each['line']}: {each['text'][:70]}"
            if each["lacks"]:
                yield f"  lacks  {', '.join(each['lacks'])}"
            if each["has_against_its_word"]:
                yield f"  has    {', '.join(each['has_against_its_word'])}, which must not come"
            yield f"  came   {', '.join(each['came']) or 'nothing'}"
    if "labelled" in report:
        yield from _score_lines("labelled stories", report["labelled"])
        if report["without_labels"]:
            yield f"left out: {report['without_labels']} lines without a label that dipread gives"
    if "verdicts" in report:
        yield ""
        yield from _score_lines("stories you judged", report["verdicts"])
        yield from _firing_lines(report)


def _score_lines(what: str, scores: dict[str, Any]) -> Iterator[str]:
    yield f"{what}: {scores['stories']}"
    if not scores["stories"]:
        return
    rows: list[tuple[str, ...]] = [("label", "right", "wrong", "missed", "precision", "recall")]
    for label, each in scores["labels"].items():
        shares = (
            "–" if each[key] is None else f"{each[key]:.2f}" for key in ("precision", "recall")
        )
        rows.append((label, *(str(each[key]) for key in ("right", "wrong", "missed")), *shares))
    yield from columns(rows, right=frozenset(range(1, 6)))
    for each in scores["confused"]:
        yield f"said {each['said']} where {each['right']} was right: {each['stories']}"


def _firing_lines(report: dict[str, Any]) -> Iterator[str]:
    yield ""
    silent = report["never_fired"]
    yield f"rules that never fired in {report['stories']:,} stories: {len(silent)}"
    mine = [f"{each['kind']} {each['id']}" for each in silent if each["yours"]]
    if mine:
        yield f"  yours: {', '.join(mine)}"
    by_kind: dict[str, list[str]] = {}
    for each in silent:
        if not each["yours"]:
            by_kind.setdefault(each["kind"], []).append(each["id"])
    for kind, ids in by_kind.items():
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        yield f"  {kind}: {', '.join(ids[:5])}{more}"
    alone = {
        label: each
        for label, each in report["on_one_word"].items()
        if each["on_one_word"] > HALF * each["stories"]
    }
    yield f"labels that rest on one word in most of their stories: {len(alone)}"
    for label, each in alone.items():
        words = ", ".join(f"{word} {times}" for word, times in each["words"].items())
        yield f"  {label}: {each['on_one_word']} of {each['stories']} ({words})"
