"""How stories are asked for, and what codes are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Free words: a phrase when quoted, each word in title or text."""

    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """`field:value,value`: any of the values. Values are codes where the field has codes."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Stories that `of` does not match."""

    of: Query


@dataclass(frozen=True, slots=True)
class And:
    """All of them; `And(())` matches every story."""

    of: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them; `Or(())` matches none."""

    of: tuple[Query, ...]


Query = Words | Has | Not | And | Or
EVERYTHING = And(())


@dataclass(frozen=True, slots=True)
class View:
    """A saved query; an alert is told of when a fetch brings what it newly matches."""

    name: str
    query: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of codes, in both directions, for queries and labels.

    `labels[kind][code]` is what to show; `codes[kind][folded alias]` what was meant.
    """

    labels: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, str]]

    def label(self, kind: str, code: str) -> str:
        """What to call a code: "Japan" for JP, "Italy–Japan" for IT-JP, the code itself when unknown."""
        if kind == "pair":
            return "–".join(self.label("country", each) for each in code.split("-"))
        return self.labels.get(kind, {}).get(code, code)

    def short(self, kind: str, code: str) -> str:
        """The same where there is little room: "supply chain" for supply_chain, as queries name it."""
        return in_words(code) if kind in ("sector", "event") else self.label(kind, code)


def in_words(code: str) -> str:
    """A code of the taxonomy as people say it, which is how queries name it.

    >>> in_words("supply_chain")
    'supply chain'
    """
    return code.replace("_", " ")
