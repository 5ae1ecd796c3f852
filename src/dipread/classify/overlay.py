"""A user's own rules, laid over the shipped ones by their ids.

Lists are added to, `remove = [...]` takes terms out of every list of the rule, `disabled = true` takes
the rule out, and a new id is a new rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dipread.classify.sources import Rule, rules

HOMES = {
    "sector": ("sectors.toml", "id"),
    "event": ("events.toml", "id"),
    "gate": ("gates.toml", "id"),
    "forum": ("forums.toml", "id"),
    "group": ("forums.toml", "id"),
    "person": ("people.toml", "name"),
    "mask": ("masks.toml", "id"),
    "promise_verb": ("relations.toml", "id"),
    "cue": ("relations.toml", "id"),
}
"""Which kinds of rule a user may write, the shipped file they belong to, and the key that names one."""


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
            if kind not in (*HOMES, "example"):
                known = ", ".join(f"[[{each}]]" for each in HOMES)
                raise Rule(name, kind, {}).fault("is no kind of rule", f"use one of {known}")
        for kind, (home, id_key) in HOMES.items():
            for rule in rules(name, written[name], kind, id_key):
                _check(rule)
                tables[home][kind] = _laid(tables[home].get(kind, []), rule, id_key)
    return dict(tables)


def _laid(present: list[dict[str, Any]], rule: Rule, id_key: str) -> list[dict[str, Any]]:
    """The rules of one kind with one more laid over the rule of its id."""
    if rule.id not in {each[id_key] for each in present}:
        return [*present, dict(rule.table)]
    merged = []
    for each in present:
        if each[id_key] != rule.id:
            merged.append(each)
        elif not rule.table.get("disabled", False):
            removed = frozenset(rule.texts("remove"))
            merged.append(_without(_joined(each, rule.table), removed))
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
            kept[key] = [each for each in value if each not in removed]
        else:
            kept[key] = value
    return kept


def _check(rule: Rule) -> None:
    """Every list of a user's rule holds terms, so that a fault names the file it stands in."""
    for key, value in rule.table.items():
        if isinstance(value, dict):
            _check(Rule(rule.file, rule.id, value))
        elif isinstance(value, list):
            rule.texts(key)
