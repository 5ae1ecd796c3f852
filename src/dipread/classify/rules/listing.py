"""Every rule there is: where it stands, its languages, how many terms it has, whether it is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from dipread.classify.overlay import overlaid
from dipread.classify.rules.kinds import KINDS
from dipread.classify.sources import slug


class Listed(Struct, frozen=True):
    """One rule. `files` are those that write it, the shipped one first. `evidence` is what the rule ids
    of its evidence begin with, empty when its words never earn a tag. `said` is what the rule says of
    itself: a label, an office, a reason.
    """

    kind: str
    id: str
    files: tuple[str, ...]
    languages: tuple[str, ...]
    terms: int
    disabled: bool
    evidence: str
    said: str


def listed(
    shipped: Mapping[str, Mapping[str, Any]], own: Mapping[str, Mapping[str, Any]]
) -> Iterator[Listed]:
    """Every rule, kind by kind, the shipped ones first; `own` maps the user's files to their tables."""
    merged = overlaid(shipped, own)
    for kind, of in KINDS.items():
        written: dict[str, dict[str, Mapping[str, Any]]] = {}
        for file, table in [(of.home, shipped[of.home]), *sorted(own.items())]:
            for rule in table.get(kind, ()):
                written.setdefault(rule[of.names], {})[file] = rule
        in_force = {rule[of.names]: rule for rule in merged[of.home].get(kind, ())}
        for name, by_file in written.items():
            rule = in_force.get(name) or next(iter(by_file.values()))
            yield Listed(
                kind,
                name,
                tuple(by_file),
                tuple(_languages(rule, kind)),
                sum(1 for _ in _terms(rule, kind)),
                name not in in_force,
                _evidence(kind, name, rule),
                _said(kind, rule),
            )


def _terms(rule: Mapping[str, Any], kind: str) -> Iterator[str]:
    for key, holds in KINDS[kind].keys.items():
        value = rule.get(key, {})
        if holds == "terms":
            yield from value
        elif holds == "languages":
            for terms in value.values():
                yield from terms
        elif holds == "tables":
            for lists in value.values():
                for terms in lists.values():
                    yield from terms


def _languages(rule: Mapping[str, Any], kind: str) -> Iterator[str]:
    for key, holds in KINDS[kind].keys.items():
        if holds in ("languages", "tables"):
            yield from rule.get(key, ())


def _evidence(kind: str, name: str, rule: Mapping[str, Any]) -> str:
    begins = KINDS[kind].evidence
    if not begins or (kind == "mask" and not rule.get("country")):
        return ""
    if kind == "group" and not rule.get("members"):
        return ""
    return f"{begins}.{slug(name) if kind == 'person' else name}"


def _said(kind: str, rule: Mapping[str, Any]) -> str:
    if kind == "person":
        years = "–".join(str(rule.get(key, "")) for key in ("since", "until"))
        return f"{rule.get('of', '')} {rule.get('role', '')} {years}".rstrip("– ")
    said = rule.get("label") or rule.get("name") or rule.get("why") or ""
    return str(said.get("en", "") if isinstance(said, dict) else said)
