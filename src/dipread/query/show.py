"""Query to text: what `parse_query` reads back as the same query."""

from __future__ import annotations

import re

from dipread.model import And, Has, Not, Or, Query, Words
from dipread.text.pattern import is_pattern

_PLAIN = re.compile(r'[^\s()",|]+')


def print_query(query: Query) -> str:
    """The text of a query, as short as it can be written; empty for the query of everything.

    >>> print_query(And((Has("country", ("JP",)), Not(Words("trade talks", phrase=True)))))
    'country:JP -"trade talks"'
    """
    return _show(query, inside="")


def _show(query: Query, inside: str) -> str:
    match query:
        case Words(text, phrase):
            return f'"{text}"' if phrase else text
        case Has(name, values):
            return f"{name}:" + ",".join(_value(value) for value in values)
        case Not(of):
            shown = _show(of, "not")
            return ("NOT " if shown.startswith(("-", ")")) else "-") + shown
        case And(of):
            shown = " ".join(_show(each, "and") for each in of)
            return f"({shown})" if inside and len(of) > 1 and inside != "or" else shown
        case Or(of):
            shown = " OR ".join(_show(each, "or") for each in of)
            return f"({shown})" if inside and len(of) > 1 else shown


def _value(value: str) -> str:
    return value if _PLAIN.fullmatch(value) or is_pattern(value) else f'"{value}"'
