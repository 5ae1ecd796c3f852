"""The kinds of rules that a file may hold: where the shipped ones stand, and the keys of each.

A user's file holds any of them: `[[sector]]`, `[[person]]`, ... docs/classifier.md explains every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from dipread.classify.themes import STRENGTHS

Holds = Literal["text", "flag", "texts", "terms", "label", "languages", "tables", "rules"]
"""What a key holds. text, flag, texts: what they say. terms: a list of terms. label: a text, or one for
each language. languages: a list of terms for each language. tables: for each language a table of lists
of terms. rules: tables of their own.
"""


class Kind(Struct, frozen=True):
    """One kind of rule: the shipped file of its rules (`home`), the key that `names` one, what each key
    holds, the lists of the `tables` for each language, and what the ids of its `evidence` begin with
    (empty when its words never earn a tag by themselves). A new rule `needs` one key of each group;
    where the rules are `given`, there are no new ones.
    """

    home: str
    keys: Mapping[str, Holds]
    names: str = "id"
    lists: tuple[str, ...] = ()
    evidence: str = ""
    needs: tuple[tuple[str, ...], ...] = ()
    given: bool = False


_EVERY: Mapping[str, Holds] = {"remove": "texts", "disabled": "flag"}
_FORUM: Mapping[str, Holds] = {
    "name": "text",
    "kind": "text",
    "members": "text",
    "aliases": "terms",
    "alias_by_lang": "languages",
    "note": "text",
    "ambiguous_with": "texts",
}

KINDS: Mapping[str, Kind] = {
    "sector": Kind(
        "sectors.toml",
        {"label": "label", "definition": "text", "include": "texts", "exclude": "texts",
         "veto": "terms", "terms": "tables"},
        lists=STRENGTHS,
        evidence="sector",
    ),
    "event": Kind(
        "events.toml",
        {"label": "label", "definition": "text", "veto": "terms", "terms": "tables"},
        lists=STRENGTHS,
        evidence="event",
    ),
    "gate": Kind(
        "gates.toml",
        {"label": "label", "definition": "text", "lets": "texts", "withdraws": "flag", "veto": "terms",
         "terms": "tables"},
        lists=STRENGTHS,
        evidence="gate",
    ),
    "forum": Kind("forums.toml", _FORUM, evidence="forum", needs=(("members", "kind"),)),
    "group": Kind("forums.toml", _FORUM, evidence="forum", needs=(("members", "kind"),)),
    "person": Kind(
        "people.toml",
        {"of": "text", "role": "text", "since": "text", "until": "text", "famous": "flag",
         "aliases": "terms", "names": "terms", "ja": "terms", "cjk": "terms", "scripts": "terms", "misspellings": "terms"},
        names="name",
        evidence="person",
        needs=(("of",),),
    ),
    "mask": Kind(
        "masks.toml",
        {"why": "text", "country": "text", "terms": "terms"},
        evidence="mask",
    ),
    "shape": Kind(
        "masks.toml",
        {"why": "text", "country": "text", "places": "texts", "followed_by": "texts",
         "after_comma": "texts", "preceded_by": "texts", "attached": "texts"},
        needs=(("followed_by", "after_comma", "preceded_by", "attached"),),
    ),
    "ambiguous": Kind(
        "countries.toml",
        {"otherwise": "text", "same_as": "text", "low_confidence": "flag", "langs": "texts",
         "not_if_preceded_by": "texts", "not_if_followed_by": "texts", "rule": "rules"},
        names="term",
        needs=(("otherwise", "same_as"),),
    ),
    "cue": Kind("relations.toml", {"why": "text", "terms": "tables"}, lists=("any",), given=True),
    "promise_verb": Kind(
        "relations.toml",
        {"terms": "tables"},
        lists=("any", "passive", "outcome"),
        evidence="commitment",
        given=True,
    ),
}  # fmt: skip

ALTERNATIVE: Mapping[str, Holds] = {
    "then": "text",
    "if_any_in_text": "texts",
    "unless_any_in_text": "texts",
    "if_next_in": "texts",
}
"""The keys of an `[[ambiguous.rule]]`."""

EXAMPLE: Mapping[str, Holds] = {
    "title": "text",
    "text": "text",
    "lang": "text",
    "must": "texts",
    "must_not": "texts",
}
"""The keys of an `[[example]]`, which may stand in any file."""


def keys_of(kind: str) -> dict[str, Holds]:
    """Every key that a rule of this kind may have.

    >>> sorted(keys_of("mask"))
    ['country', 'disabled', 'id', 'remove', 'terms', 'why']
    """
    if kind == "example":
        return dict(EXAMPLE)
    return {KINDS[kind].names: "text", **KINDS[kind].keys, **_EVERY}


def unfit(kind: str, name: str, rule: Mapping[str, Any]) -> tuple[str, str] | None:
    """Why a rule can't be a new one of its kind, and what to do; None when it can.

    >>> unfit("person", "Ada", {"name": "Ada"})
    ('is new, and does not say of', 'add of = "..."')
    """
    of = KINDS[kind]
    if of.given:
        return (
            f"there is no such {kind}",
            "there can be no new ones: see dipread rules list " + kind,
        )
    if of.names != "id" and not any(map(str.isalnum, name)):
        return f"its {of.names} has no letter or digit", "write a name"
    for group in of.needs:
        if not any(key in rule for key in group):
            return f"is new, and does not say {' or '.join(group)}", f'add {group[0]} = "..."'
    return None
