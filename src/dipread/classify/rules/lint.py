"""What is wrong with a rules file, said with file, line, rule and reason.

A *fault* stops dipread, or says nothing at all (a key or a label that does not exist). What else is
found is a doubt: the rules work, but not as their author may think. reach.py has those of terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from dipread.classify.overlay import AS_OF
from dipread.classify.rules.codes import Codes, meant, not_a_day
from dipread.classify.rules.kinds import ALTERNATIVE, KINDS, Holds, keys_of, unfit
from dipread.classify.rules.lines import Lines
from dipread.classify.sources import read_toml, term_fault
from dipread.errors import ConfigError


class Finding(Struct, frozen=True):
    """Something to look at in a rules file. `rule` is its kind and name, `hint` says what to do."""

    file: str
    line: int
    rule: str
    what: str
    hint: str
    fault: bool = True
    column: int = 0

    def __str__(self) -> str:
        column = f":{self.column}" if self.column else ""
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.file}:{self.line}{column}: {rule}{self.what}. {self.hint}"


def lint(name: str, text: str, codes: Codes, beneath: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """What is wrong with the words of one file, apart from what its terms do; in the order of its lines.

    `beneath` are the tables that the file is laid over: the shipped ones and other files of the user.
    """
    try:
        table = read_toml(name, text)
    except ConfigError as fault:
        where = re.fullmatch(r".*?:(\d+)(?::(\d+))?: (.*)", fault.message, re.DOTALL)
        line, column, what = where.groups() if where else ("1", None, fault.message)
        return [Finding(name, int(line), "", what, fault.hint, column=int(column or 0))]
    found = _File(name, Lines(text), codes, beneath).findings(table)
    return sorted(found, key=lambda each: each.line)


class _File:
    """One file that is looked through."""

    def __init__(
        self, name: str, lines: Lines, codes: Codes, beneath: Sequence[Mapping[str, Any]]
    ) -> None:
        self._name = name
        self._lines = lines
        self._codes = codes
        self._beneath = beneath

    def findings(self, table: Mapping[str, Any]) -> Iterator[Finding]:
        """Everything that is wrong with it."""
        kinds = (*KINDS, "example", AS_OF)
        for kind, value in table.items():
            line = self._lines.of_kind(kind)
            if kind == AS_OF:
                yield from self._told(line, AS_OF, not_a_day(value))
            elif kind not in kinds:
                known = "Kinds of rules are " + ", ".join(f"[[{each}]]" for each in KINDS)
                yield self._fault(
                    line, kind, "there is no such kind of rule", meant(kind, kinds, known)
                )
            elif not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
                yield self._fault(line, kind, "is no list of rules", f"Write [[{kind}]] above it.")
            else:
                seen: set[str] = set()
                for number, rule in enumerate(value, 1):
                    yield from self._rule(kind, number, rule, seen)

    def _fault(self, line: int, rule: str, what: str, hint: str) -> Finding:
        return Finding(self._name, line, rule, what, hint)

    def _told(self, line: int, rule: str, wrong: tuple[str, str] | None) -> Iterator[Finding]:
        if wrong:
            yield self._fault(line, rule, *wrong)

    def _rule(
        self, kind: str, number: int, rule: Mapping[str, Any], seen: set[str]
    ) -> Iterator[Finding]:
        lines, heading = self._lines, self._lines.of_rule(kind, number)
        called = f"{kind} {number}"
        if kind == "example" and "text" not in rule:
            yield self._fault(heading, called, "has no text", 'Add text = "...".')
        if kind != "example":
            key = KINDS[kind].names
            name = rule.get(key)
            if not isinstance(name, str) or not name:
                yield self._fault(heading, called, f"has no {key}", f'Add {key} = "...".')
                return
            called = f"{kind} {name}"
            if name in seen:
                yield self._fault(heading, called, "stands twice in this file", "Join the two.")
            seen.add(name)
            yield from self._against_beneath(kind, number, name, rule)
        known = keys_of(kind)
        for key, value in rule.items():
            line = lines.of_key(kind, number, key)
            if key not in known:
                hint = meant(key, known, f"Keys of [[{kind}]] are {', '.join(known)}")
                if kind in KINDS and key in KINDS[kind].lists:
                    hint = f"Put it below a heading [{kind}.terms.en]."
                yield self._fault(line, called, f"there is no key {key!r}", hint)
                continue
            wrong = _misheld(value, known[key])
            if wrong:
                yield self._fault(line, called, f"{key} {wrong[0]}", wrong[1])
                continue
            yield from self._terms(kind, number, called, key, value, known[key])
            for each, wrong in self._codes.wrong(kind, key, value):
                at = lines.of_term(kind, number, key, term=each) if each else line
                yield self._fault(at, called, *wrong)

    def _terms(
        self, kind: str, number: int, called: str, key: str, value: Any, holds: Holds
    ) -> Iterator[Finding]:
        """Lists whose terms can't be read, and languages that have none."""
        if holds == "terms":
            yield from self._list(kind, number, called, value, key)
        elif holds in ("languages", "tables"):
            for language, inner in value.items():
                line = self._lines.of_key(kind, number, key, language)
                yield from self._told(line, called, self._codes.missing("language", language))
                if holds == "languages":
                    yield from self._list(kind, number, called, inner, key, language)
                    continue
                lists = KINDS[kind].lists
                for name, terms in inner.items():
                    line = self._lines.of_key(kind, number, key, language, name)
                    if name not in lists:
                        hint = meant(name, lists, f"Lists of terms are {', '.join(lists)}")
                        yield self._fault(line, called, f"there is no list {name!r}", hint)
                    elif not _are_texts(terms):
                        yield self._fault(line, called, f"{name} must be a list of texts", _LIST)
                    else:
                        yield from self._list(kind, number, called, terms, key, language, name)

    def _list(
        self, kind: str, number: int, called: str, terms: Any, *keys: str
    ) -> Iterator[Finding]:
        if not _are_texts(terms):
            line = self._lines.of_key(kind, number, *keys)
            yield self._fault(line, called, f"{keys[-1]} must be a list of texts", _LIST)
            return
        for term in terms:
            wrong = term_fault(term)
            if wrong:
                line = self._lines.of_term(kind, number, *keys, term=term)
                yield self._fault(
                    line,
                    called,
                    f"{keys[-1]} holds {term!r}, {wrong[0]}",
                    f"{wrong[1][0].upper()}{wrong[1][1:]}.",
                )

    def _against_beneath(
        self, kind: str, number: int, name: str, rule: Mapping[str, Any]
    ) -> Iterator[Finding]:
        """New rules that can't be, and rules and terms that are taken away but are not there."""
        key, called = KINDS[kind].names, f"{kind} {name}"
        present = [each for table in self._beneath for each in table.get(kind, ())]
        base = [each for each in present if each.get(key) == name]
        if not base and rule.get("disabled") is not True:
            wrong = unfit(kind, name, rule)
            if wrong:
                line = self._lines.of_rule(kind, number)
                yield self._fault(line, called, wrong[0], f"{wrong[1][0].upper()}{wrong[1][1:]}.")
        elif not base:
            hint = meant(
                name, [str(each.get(key)) for each in present], f"See: dipread rules list {kind}"
            )
            yield Finding(
                self._name,
                self._lines.of_rule(kind, number),
                called,
                "is disabled, but there is no such rule",
                hint,
                fault=False,
            )
        texts = {text for each in base for text in _texts_of(each)}
        removed = rule.get("remove", ())
        for term in removed if _are_texts(removed) else ():
            if term not in texts:
                yield Finding(
                    self._name,
                    self._lines.of_term(kind, number, "remove", term=term),
                    called,
                    f"removes {term!r}, which the rule does not have",
                    meant(term, texts, "A term must be written as it stands there"),
                    fault=False,
                )


_LIST = 'Write ["...", "..."].'


def _misheld(value: Any, holds: Holds) -> tuple[str, str] | None:
    """Why a value is not what its key must hold, None when it is."""
    match holds:
        case "text":
            good, what, hint = isinstance(value, str), "a text", 'Write it in "quotes".'
        case "flag":
            good, what, hint = isinstance(value, bool), "true or false", "Take its quotes off."
        case "texts" | "terms":
            good, what, hint = _are_texts(value), "a list of texts", _LIST
        case "label":
            each_language = isinstance(value, dict) and _are_texts([*value.values()])
            good, what, hint = (
                isinstance(value, str) or each_language,
                "a text",
                'Write it in "quotes".',
            )
        case "languages":
            good, what, hint = (
                isinstance(value, dict),
                "a list for each language",
                'Write en = ["..."] below its heading.',
            )
        case "tables":
            tables = value.values() if isinstance(value, dict) else [None]
            good = all(isinstance(each, dict) for each in tables)
            what, hint = "a table for each language", "Write a heading that ends in .terms.en]."
        case "rules":
            good = isinstance(value, list) and all(map(_is_alternative, value))
            what = "alternatives"
            hint = f"Each says then, and may say {', '.join([*ALTERNATIVE][1:])}."
    return None if good else (f"must be {what}", hint)


def _is_alternative(value: Any) -> bool:
    return isinstance(value, dict) and "then" in value and value.keys() <= ALTERNATIVE.keys()


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _texts_of(value: Any) -> Iterator[str]:
    """Every text in the lists of a table."""
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from _texts_of(each)
        elif isinstance(each, str) and isinstance(value, list):
            yield each
