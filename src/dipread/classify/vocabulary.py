"""The names that queries may use for codes, read from the gazetteer alone, without any automaton."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dipread.classify.fold import fold_alias
from dipread.model import Vocabulary

_NAMING = ("name", "demonym")


def read_vocabulary(gazetteer_json: str) -> Vocabulary:
    """Labels and aliases of countries, sectors, events and forums; keys of `codes` are folded.

    The labels of kind `members` are the codes of a forum's member countries, joined by blanks.
    """
    gazetteer: Mapping[str, Any] = json.loads(gazetteer_json)
    labels: dict[str, dict[str, str]] = {"members": {}}
    codes: dict[str, dict[str, str]] = {"country": {}}
    for kind in ("country", "sector", "event", "forum"):
        labels[kind] = {code: each["label"] for code, each in gazetteer[kind].items()}
    countries = codes["country"]
    for kind in _NAMING:
        for by_code in gazetteer["terms"][kind].values():
            for code, names in by_code.items():
                for name in names:
                    countries.setdefault(fold_alias(name), code)
    for code, country in gazetteer["country"].items():
        countries[fold_alias(country["label"])] = code
        countries[country["iso3"].lower()] = code
    for code in gazetteer["country"]:
        countries[code.lower()] = code
    for kind in ("sector", "event", "forum"):
        known = codes[kind] = {}
        for code, each in gazetteer[kind].items():
            for alias in (*each["aliases"], each["label"], code):
                known.setdefault(fold_alias(alias), code)
        for code in gazetteer[kind]:
            known[fold_alias(code)] = code
    for code, forum in gazetteer["forum"].items():
        if forum["members"]:
            labels["members"][code] = " ".join(forum["members"])
    return Vocabulary(labels, codes)
