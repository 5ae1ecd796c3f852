"""Reading knowledge files: TOML and JSON text to tables, with faults named by file and rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from dipread.classify.fold import fold_alias
from dipread.config import parse_toml
from dipread.errors import ConfigError


class Rule(Struct, frozen=True):
    """One table of a knowledge file, and where it stands."""

    file: str
    id: str
    table: Mapping[str, Any]

    def fault(self, what: str, hint: str) -> ConfigError:
        """An error that names this rule."""
        return ConfigError(f"{self.file}: rule {self.id}: {what}", hint)

    def text(self, key: str, default: str | None = None) -> str:
        """A string of the table; raises ConfigError when it is missing or no string."""
        value = self.table.get(key, default)
        if not isinstance(value, str):
            raise self.fault(f"{key} must be a text", f'write {key} = "..."')
        return value

    def number(self, key: str) -> float:
        """A number of the table; raises ConfigError when it is missing or no number."""
        value = self.table.get(key)
        if not isinstance(value, int | float):
            raise self.fault(f"{key} must be a number", f"write {key} = 1.0")
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of terms of the table, empty when missing; raises ConfigError for anything else."""
        value = self.words(key)
        for each in value:
            wrong = term_fault(each)
            if wrong:
                raise self.fault(f"{key} holds {each!r}, {wrong[0]}", wrong[1])
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts of the table that need be no terms, empty when missing; raises ConfigError."""
        value = self.table.get(key, ())
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            raise self.fault(f"{key} must be a list of texts", f'write {key} = ["...", "..."]')
        return tuple(value)

    def by_language(self, key: str) -> Iterator[tuple[str, Rule]]:
        """The tables of `[key.LANGUAGE]`, each as a rule of the same name."""
        value = self.table.get(key, {})
        if not isinstance(value, dict) or not all(
            isinstance(each, dict) for each in value.values()
        ):
            raise self.fault(f"{key} must hold a table for each language", f"write [{key}.en]")
        for language, table in value.items():
            yield language, Rule(self.file, self.id, table)


def term_fault(written: str) -> tuple[str, str] | None:
    """What is wrong with a term and how to mend it, None when nothing is.

    >>> term_fault("tariff*"), term_fault("--")
    (None, ('which has no letter or digit', 'write a word, or take it out'))
    """
    if not any(map(str.isalnum, written)):
        return "which has no letter or digit", "write a word, or take it out"
    if "*" in written[:-1]:
        return "with a * inside", "a * may only end a term"
    if written.startswith("=") and written.endswith("*"):
        return "with both = and *", "exact words don't go on; take one of the two out"
    return None


def read_toml(name: str, text: str) -> Mapping[str, Any]:
    """A parsed TOML file; raises ConfigError naming the file, the line and the column."""
    return parse_toml(text, name)


def rules(name: str, table: Mapping[str, Any], key: str, id_key: str = "id") -> Iterator[Rule]:
    """The rules `[[key]]` of a file, in order; raises ConfigError for one without a name, or twice."""
    seen: set[str] = set()
    for number, each in enumerate(table.get(key, ()), 1):
        if not isinstance(each, dict) or not isinstance(each.get(id_key), str):
            raise ConfigError(
                f"{name}: rule {key} number {number}: has no {id_key}",
                f'add {id_key} = "..." to it',
            )
        if each[id_key] in seen:
            raise ConfigError(
                f"{name}: rule {each[id_key]}: stands twice", "join the two tables into one"
            )
        seen.add(each[id_key])
        yield Rule(name, each[id_key], each)


def slug(name: str) -> str:
    """A person's name as the ids of evidence have it.

    >>> slug("Ursula von der Leyen")
    'ursula-von-der-leyen'
    """
    return re.sub("[^a-z0-9]+", "-", fold_alias(name)).strip("-")
