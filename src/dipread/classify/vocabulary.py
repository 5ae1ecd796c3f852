"""The names that queries may use for codes, read from the gazetteer alone, without any automaton."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dipread.classify.fold import fold_alias
from dipread.classify.rules.kinds import KINDS
from dipread.classify.sources import read_toml, rules
from dipread.model import Vocabulary

_KINDS = ("country", "sector", "event", "forum", "gate", "commitment")


_NAMED_BY_THE_USER = (("sector", "label"), ("event", "label"), ("forum", "name"), ("gate", "label"))


def read_vocabulary(gazetteer_json: str) -> Vocabulary:
    """Labels and aliases of countries, sectors, events, forums, gates and grades of commitments.

    The keys of `codes` are folded.

    The labels of kind `members` are the codes of a forum's member countries, joined by blanks.
    """
    gazetteer: Mapping[str, Any] = json.loads(gazetteer_json)
    labels = {
        kind: {code: each["label"] for code, each in gazetteer[kind].items()} for kind in _KINDS
    }
    labels["members"] = {
        code: " ".join(forum["members"])
        for code, forum in gazetteer["forum"].items()
        if forum["members"]
    }
    return Vocabulary(labels, gazetteer["codes"])


def own_vocabulary(vocabulary: Vocabulary, own: Mapping[str, str]) -> Vocabulary:
    """The same with the sectors, events and forums that a user's rules add; `own` maps file to text.

    A shipped name keeps its code. Raises ConfigError for a file that is not TOML.
    """
    labels = {kind: dict(names) for kind, names in vocabulary.labels.items()}
    codes = {kind: dict(names) for kind, names in vocabulary.codes.items()}
    for name, table in ((name, read_toml(name, own[name])) for name in sorted(own)):
        for kind, key in _NAMED_BY_THE_USER:
            for rule in rules(name, table, kind, KINDS[kind].names):
                if rule.table.get("disabled", False):
                    continue
                named = rule.table.get(key, rule.id)
                names = list(named.values()) if isinstance(named, dict) else [named]
                if rule.id not in labels[kind]:
                    labels[kind][rule.id] = str(names[0] if names else rule.id)
                    codes[kind][fold_alias(rule.id)] = rule.id
                for each in (*names, *rule.texts("aliases")):
                    codes[kind].setdefault(fold_alias(str(each).lstrip("=^")), rule.id)
    return Vocabulary(labels, codes)
