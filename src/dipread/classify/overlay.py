"""A user's own rules, laid over the shipped ones by their ids.

`disabled = true` takes a rule out, `remove = [...]` takes terms out of every list of the shipped rule,
then lists are added to; a new id is a new rule. What stands alone (a label, a country) is replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dipread.classify.rules.kinds import KINDS, keys_of, unfit
from dipread.classify.sources import Rule, rules

AS_OF = "as_of"
"""The one key above a user's rules: the day on which they last looked over the office-holders."""


def overlaid(
    shipped: Mapping[str, Mapping[str, Any]], written: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """The shipped tables with the user's files, in the order of their names, laid over them.

    Raises ConfigError, naming the user's file and rule, for a kind of rule that does not exist and for
    a list that holds no terms.
    """
    tables: dict[str, dict[str, Any]] = {name: dict(table) for name, table in shipped.items()}
    for name in sorted(written):
        for kind in written[name]:
            if kind not in (*KINDS, "example", AS_OF):
                known = ", ".join(f"[[{each}]]" for each in KINDS)
                raise Rule(name, kind, {}).fault("is no kind of rule", f"use one of {known}")
        people = tables["people.toml"]
        people[AS_OF] = max(_as_of(name, written[name]), str(people.get(AS_OF, "")))
        for kind, of in KINDS.items():
            for rule in rules(name, written[name], kind, of.names):
                _check(rule, kind)
                tables[of.home][kind] = _laid(tables[of.home].get(kind, []), rule, kind)
    return dict(tables)


def _as_of(name: str, table: Mapping[str, Any]) -> str:
    """The day that a file gives, as an ISO date; empty when it gives none."""
    rule = Rule(name, AS_OF, table)
    day = rule.text(AS_OF, "")
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise rule.fault(f"{day!r} is no date", 'write it as "2026-11-30"') from None


def _laid(present: list[dict[str, Any]], rule: Rule, kind: str) -> list[dict[str, Any]]:
    """The rules of one kind with one more laid over the rule of its id."""
    id_key = KINDS[kind].names
    if rule.id not in {each[id_key] for each in present}:
        if rule.table.get("disabled", False):
            return present
        wrong = unfit(kind, rule.id, rule.table)
        if wrong:
            raise rule.fault(*wrong)
        return [*present, dict(rule.table)]
    merged = []
    for each in present:
        if each[id_key] != rule.id:
            merged.append(each)
        elif not rule.table.get("disabled", False):
            removed = frozenset(rule.words("remove"))
            merged.append(_joined(_without(each, removed), rule.table))
    return merged


def _joined(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    joined = dict(base)
    for key, value in more.items():
        if key in ("remove", "disabled"):
            continue
        old = joined.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            joined[key] = _joined(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            joined[key] = [*old, *value]
        else:
            joined[key] = value
    return joined


def _without(table: Mapping[str, Any], removed: frozenset[str]) -> dict[str, Any]:
    """The table with the removed terms out of every list, its nested tables included."""
    kept: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            kept[key] = _without(value, removed)
        elif isinstance(value, list):
            kept[key] = [each for each in value if not (isinstance(each, str) and each in removed)]
        else:
            kept[key] = value
    return kept


def _check(rule: Rule, kind: str) -> None:
    """Every list of a user's rule holds terms, so that a fault names the file it stands in."""
    for key, holds in keys_of(kind).items():
        if holds == "texts":
            rule.words(key)
        elif holds == "terms":
            rule.texts(key)
        elif holds == "tables":
            for _, terms in rule.by_language(key):
                for name in terms.table:
                    terms.texts(name)
        elif holds == "languages":
            by_language = rule.table.get(key, {})
            if not isinstance(by_language, dict):
                raise rule.fault(f"{key} must hold a list for each language", 'write en = ["..."]')
            for language in by_language:
                Rule(rule.file, rule.id, by_language).texts(language)
