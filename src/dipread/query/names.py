"""The names that queries may use for codes, read from the gazetteer alone, without any automaton."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

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


class Known(Struct, frozen=True):
    """What else a country is known by: `shown` says its capital and who leads it, `names` all spellings."""

    shown: tuple[str, ...]
    names: tuple[str, ...]


def read_known(gazetteer_json: str, people_toml: str) -> dict[str, Known]:
    """Capitals in every language, and the people who hold its offices or held them, by country."""
    capitals = json.loads(gazetteer_json)["terms"]["capital"]
    shown = {code: [_term(names[0])] for code, names in capitals["en"].items()}
    names: dict[str, list[str]] = {}
    for by_country in capitals.values():
        for code, spelled in by_country.items():
            names.setdefault(code, []).extend(map(_term, spelled))
    import tomllib

    for person in tomllib.loads(people_toml)["person"]:
        code = person["of"]
        if person["role"] in _LEADS and len(shown.setdefault(code, [])) < _SHOWN:
            shown[code].append(person["name"])
        spelled = [person["name"], *person.get("aliases", ()), *person.get("ja", ())]
        for others in person.get("names", {}).values():
            spelled += others
        names.setdefault(code, []).extend(map(_term, spelled))
    return {
        code: Known(tuple(shown.get(code, ())), tuple(dict.fromkeys(all_)))
        for code, all_ in names.items()
    }


_LEADS = ("hog", "hos")
_SHOWN = 2


def _term(written: str) -> str:
    """A term without the signs that say how it is matched."""
    return written.lstrip("=^")
