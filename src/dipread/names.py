"""The names that queries may use for codes, read from the gazetteer alone, without any automaton."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dipread.model import Vocabulary

_KINDS = ("country", "sector", "event", "forum", "gate", "commitment")


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
