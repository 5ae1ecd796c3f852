"""Looking through the rules a reader wrote: the words of the files, their terms, and the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dipread.classify.overlay import overlaid
from dipread.classify.rules.codes import Codes
from dipread.classify.rules.lines import Lines
from dipread.classify.rules.lint import Finding, lint
from dipread.classify.rules.reach import Written, holding, trouble, written_terms
from dipread.classify.sources import read_toml
from dipread.errors import ConfigError
from dipread.model import Story
from dipread.rules.rulebook import Rulebook

COMMON = 0.2
"""A term that tags this share of the archive by itself says too little."""

ENOUGH = 50
"""How many stories must be there for a share to mean anything."""


def lint_rules(
    rules: Rulebook, names: Sequence[str], stories: Iterable[Story] = ()
) -> list[Finding]:
    """What is to be looked at in these files of a rulebook, file by file and line by line.

    Terms are looked at when no file has a fault, and counted over `stories`. Raises ConfigError for a
    fault in a file that is not among `names`.
    """
    shipped = {
        name: read_toml(name, text) for name, text in rules.shipped.items() if _is_toml(name)
    }
    own = {name: _table(name, text, name in names) for name, text in rules.own.items()}
    countries = json.loads(rules.shipped["gazetteer.json"])["country"]
    codes = Codes.of(shipped, own.values(), countries)
    found = [
        finding
        for name in names
        for finding in lint(name, rules.own[name], codes, [*shipped.values(), *_before(own, name)])
    ]
    if not any(each.fault for each in found):
        merged = overlaid(shipped, own)
        terms = [
            (name, each)
            for name in names
            for each in written_terms(own[name], merged, rules.knowledge)
        ]
        found += _of_terms(terms, rules, stories)
    return sorted(found, key=lambda each: (names.index(each.file), each.line))


def _of_terms(
    terms: Sequence[tuple[str, Written]], rules: Rulebook, stories: Iterable[Story]
) -> Iterator[Finding]:
    """What is odd about the terms of files, each thing told once."""
    lines = {name: Lines(rules.own[name]) for name, _ in terms}
    counts, many = holding([written for _, written in terms], rules.knowledge, stories)
    told: set[tuple[str, str, int, str]] = set()
    for at, (name, written) in enumerate(terms):
        for what, hint in _doubts(written, rules, counts[at] / max(1, many), many):
            thing = (name, written.kind, written.number, what)
            if thing not in told:
                told.add(thing)
                yield _finding(name, lines[name], written, what, hint)


def _is_toml(name: str) -> bool:
    return name.endswith(".toml")


def _table(name: str, text: str, forgiving: bool) -> Mapping[str, Any]:
    """A parsed file; nothing in place of a faulty one whose fault is told elsewhere."""
    try:
        return read_toml(name, text)
    except ConfigError:
        if forgiving:
            return {}
        raise


def _before(own: Mapping[str, Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """The reader's files that a file is laid over."""
    return [own[each] for each in sorted(own) if each < name]


def _doubts(
    written: Written, rules: Rulebook, share: float, many: int
) -> Iterator[tuple[str, str]]:
    """What is odd about a term, and what to do."""
    why = trouble(written, rules.knowledge)
    if why:
        yield f"{written.term!r} {why}", "Write it otherwise, or take it out."
    if written.tags and many >= ENOUGH and share >= COMMON:
        said = f"{written.term!r} stands in {share:.0%} of {many:,} stories, and tags each of them"
        yield said, "Make it weak, or write a longer phrase."


def _finding(name: str, lines: Lines, written: Written, what: str, hint: str) -> Finding:
    keys = ("terms", written.language, written.sense.kind) if written.sense.layer == "theme" else ()
    line = lines.of_term(
        written.kind, written.number, *keys, term=written.term, nth=int("already" in what)
    )
    return Finding(name, line, f"{written.kind} {written.rule}", what, hint, fault=False)
