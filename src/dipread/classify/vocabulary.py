"""The names that a reader's own rules add to those that queries may use."""

from __future__ import annotations

from collections.abc import Mapping

from dipread.classify.fold import fold_alias
from dipread.classify.rules.kinds import KINDS
from dipread.classify.sources import read_toml, rules
from dipread.model import Vocabulary

_NAMED_BY_THE_USER = (
    *(("sector", "label", "sector"), ("event", "label", "event"), ("gate", "label", "gate")),
    *(("forum", "name", "forum"), ("group", "name", "forum")),
)
"""Kinds of rules that a reader may name, the key of the name, and what queries know them as."""


def own_vocabulary(vocabulary: Vocabulary, own: Mapping[str, str]) -> Vocabulary:
    """The same with the sectors, events and forums that a user's rules add; `own` maps file to text.

    A shipped name keeps its code. Raises ConfigError for a file that is not TOML.
    """
    labels = {kind: dict(names) for kind, names in vocabulary.labels.items()}
    codes = {kind: dict(names) for kind, names in vocabulary.codes.items()}
    for name, table in ((name, read_toml(name, own[name])) for name in sorted(own)):
        for of, key, kind in _NAMED_BY_THE_USER:
            for rule in rules(name, table, of, KINDS[of].names):
                if rule.table.get("disabled", False):
                    continue
                named = rule.table.get(key, rule.id)
                names = list(named.values()) if isinstance(named, dict) else [named]
                if rule.id not in labels[kind]:
                    labels[kind][rule.id] = str(names[0] if names else rule.id)
                    codes[kind][fold_alias(rule.id)] = rule.id
                if members := rule.table.get("members"):
                    labels.setdefault("members", {})[rule.id] = str(members)
                for each in (*names, *rule.texts("aliases")):
                    codes[kind].setdefault(fold_alias(str(each).lstrip("=^")), rule.id)
    return Vocabulary(labels, codes)
