"""What to say when a query asks for something unknown: what was probably meant."""

from __future__ import annotations

import re

from dipread.model import And, Not, Or, Query, Vocabulary, Words
from dipread.query.fields import FIELDS
from dipread.text.folding import fold_name
from dipread.text.near import nearest

ALIKE = 0.75
SHORTEST = 4  # codes and abbreviations are alike by accident
MOST = 3
_KINDS = ("country", "forum", "sector", "event")
_LIKE_A_FIELD = re.compile(r"([A-Za-z]+):(?!//)(.+)", re.DOTALL)


def advice(query: Query) -> tuple[str, ...]:
    """What to say about words that look like a field: "sectr:trade" is searched as words."""
    if isinstance(query, And | Or):
        return tuple(said for each in query.of for said in advice(each))
    if isinstance(query, Not):
        return advice(query.of)
    if not isinstance(query, Words) or query.phrase:
        return ()
    found = _LIKE_A_FIELD.fullmatch(query.text)
    if not found:
        return ()
    near = nearest(found[1].lower(), FIELDS, 1, ALIKE)
    meant = f"did you mean {near[0]}:{found[2]}?" if near else f"there is no field {found[1]}"
    return (f"'{query.text}' was searched as words; {meant}",)


def meant(name: str, kind: str, value: str, vocabulary: Vocabulary) -> str:
    """A hint for a value of a field that names no `kind`; empty when nothing comes near."""
    folded = fold_name(value)
    for other in _KINDS:
        code = vocabulary.codes.get(other, {}).get(folded)
        if code and other != kind:
            return f"Did you mean {other}:{code}?"
    known = vocabulary.codes.get(kind, {})
    long = [alias for alias in known if len(alias) >= SHORTEST]
    near = [alias for alias in long if folded in alias.split()]
    near += nearest(folded, long, MOST, ALIKE)
    codes = list(dict.fromkeys(known[alias] for alias in near))[:MOST]
    if not codes:
        return ""
    return f"Did you mean {' or '.join(f'{name}:{_written(kind, code, vocabulary)}' for code in codes)}?"


def meant_among(name: str, value: str, values: tuple[str, ...]) -> str:
    """A hint for a field that takes one of a few words."""
    near = nearest(value.lower(), values)
    sign = " " if name.startswith("-") else ":"
    return f"Did you mean {name}{sign}{near[0]}?" if near else f"It takes {', '.join(values)}."


def _written(kind: str, code: str, vocabulary: Vocabulary) -> str:
    word = vocabulary.label(kind, code) if kind == "country" else code
    return f'"{word}"' if re.search(r"[\s,()|]", word) else word
