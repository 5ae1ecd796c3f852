"""How stories are asked for, and what codes are called."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Words(Struct, frozen=True):
    """Free words: a phrase when quoted, each word in title or text."""

    text: str
    phrase: bool = False


class Has(Struct, frozen=True):
    """`field:value,value`: any of the values. Values are codes where the field has codes."""

    field: str
    values: tuple[str, ...]


class Not(Struct, frozen=True):
    """Stories that `of` does not match."""

    of: Query


class And(Struct, frozen=True):
    """All of them; `And(())` matches every story."""

    of: tuple[Query, ...]


class Or(Struct, frozen=True):
    """Any of them; `Or(())` matches none."""

    of: tuple[Query, ...]


Query = Words | Has | Not | And | Or
EVERYTHING = And(())


class View(Struct, frozen=True):
    """A saved query; an alert is told of when a fetch brings what it newly matches."""

    name: str
    query: str
    alert: bool = False


class Vocabulary(Struct, frozen=True):
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
