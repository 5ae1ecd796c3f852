"""Everything the classifier knows, compiled from the text of its files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dipread.classify.automaton import Automaton, Language
from dipread.classify.commitments import Promising
from dipread.classify.fold import fold, fold_alias
from dipread.classify.gates import Gating, gating
from dipread.classify.kanji import Kanji
from dipread.classify.lexicon import ENGLISH, Entry, entries, people
from dipread.classify.overlay import overlaid
from dipread.classify.people import Person
from dipread.classify.placebook import kanji, place_rules
from dipread.classify.places import PlaceRules
from dipread.classify.roles import Words
from dipread.classify.sources import Rule, read_toml
from dipread.classify.terms import parse_term
from dipread.classify.themes import Kind, Weights
from dipread.errors import ConfigError

KNOWLEDGE_FILES: tuple[str, ...] = (
    "languages.toml",
    "countries.toml",
    "forums.toml",
    "people.toml",
    "masks.toml",
    "sectors.toml",
    "events.toml",
    "gates.toml",
    "relations.toml",
    "gazetteer.json",
)

FALLBACK = ENGLISH
"""The language whose terms are used for a story in a language that has none."""


@dataclass(frozen=True)
class Knowledge:
    """Compiled knowledge. `hash` is short and changes with any text; automata are built when a
    language is first met. `as_of` is the ISO date on which the office-holders were last looked over.
    """

    hash: str
    languages: Mapping[str, Language]
    stopwords: Mapping[str, frozenset[str]]
    people: Mapping[str, Person]
    as_of: str
    places: PlaceRules
    kanji: Kanji
    words: Mapping[str, Words]
    pair_worth: Mapping[str, float]
    weights: Mapping[Kind, Weights]
    gating: Gating
    promising: Promising
    anniversary: re.Pattern[str]
    anniversary_words: Mapping[str, str]
    entries: Mapping[str, tuple[Entry, ...]]
    _automata: dict[str, Automaton] = field(default_factory=dict, repr=False)

    def automaton(self, language: str) -> Automaton:
        """The automaton of a language, built the first time it is asked for."""
        if language not in self._automata:
            own = (*self.entries.get("", ()), *self.entries.get(language, ()))
            terms = [(parse_term(written), sense) for _, written, sense in own]
            self._automata[language] = Automaton(terms, self.languages[language])
        return self._automata[language]


def compile_knowledge(files: Mapping[str, str]) -> Knowledge:
    """Compile the texts of KNOWLEDGE_FILES, given by name; any other file holds a user's own rules.

    Raises ConfigError when one is missing or a rule in it is wrong; the message starts with the file
    and the rule.
    """
    for name in KNOWLEDGE_FILES:
        if name not in files:
            raise ConfigError(f"{name}: rule file: is missing", "install dipread again")
    parsed = {
        name: read_toml(name, text) for name, text in files.items() if name != "gazetteer.json"
    }
    tables = overlaid(
        {name: table for name, table in parsed.items() if name in KNOWLEDGE_FILES},
        {name: table for name, table in parsed.items() if name not in KNOWLEDGE_FILES},
    )
    gazetteer = json.loads(files["gazetteer.json"])
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{files[name]}\0".encode())
    weights: dict[Kind, Weights] = {
        "sector": _weights("sectors.toml", tables["sectors.toml"]),
        "event": _weights("events.toml", tables["events.toml"]),
        "gate": _weights("gates.toml", tables["gates.toml"]),
    }
    persons = {person.name: person for person, _ in people(tables["people.toml"])}
    relations = tables["relations.toml"]
    languages = {code: _language(code, each) for code, each in tables["languages.toml"].items()}
    by_language: dict[str, list[Entry]] = {}
    for entry in entries(tables, gazetteer, weights):
        if entry[0] and entry[0] not in languages:
            raise ConfigError(
                f"languages.toml: rule {entry[0]}: is missing, but {entry[2].rule} has terms in it",
                f"correct the language, or add [{entry[0]}] to languages.toml",
            )
        by_language.setdefault(entry[0], []).append(entry)
    anniversary = relations["anniversary"]
    return Knowledge(
        hash=digest.hexdigest()[:12],
        languages=languages,
        stopwords={
            code: frozenset(map(fold_alias, each.get("stopwords", ())))
            for code, each in tables["languages.toml"].items()
        },
        people=persons,
        as_of=str(tables["people.toml"].get("as_of", "")),
        places=place_rules(tables["countries.toml"], tables["masks.toml"]),
        kanji=kanji(tables["countries.toml"]["kanji"]),
        words={
            code: Words(
                *(
                    frozenset(map(fold_alias, each.get(key, ())))
                    for key in ("inside", "joins", "between")
                )
            )
            for code, each in relations["words"].items()
        },
        pair_worth={key: float(value) for key, value in relations["pairs"].items()},
        weights=weights,
        gating=gating(tables["gates.toml"], tables["sectors.toml"]),
        promising=_promising(relations["promise"]),
        anniversary=_anniversary(anniversary["units"]),
        anniversary_words={
            fold_alias(word): number for word, number in anniversary["words"].items()
        },
        entries={code: tuple(each) for code, each in by_language.items()},
    )


def _weights(name: str, table: Mapping[str, Any]) -> Weights:
    return Weights.of(Rule(name, "defaults", table.get("defaults", {})))


def _language(code: str, table: Mapping[str, Any]) -> Language:
    rule = Rule("languages.toml", code, table)
    return Language(
        code,
        plural=bool(table.get("plural", False)),
        unspaced=bool(table.get("unspaced", False)),
        clitics=frozenset(map(fold_alias, rule.texts("clitics"))),
    )


def _promising(table: Mapping[str, Any]) -> Promising:
    return Promising(
        {grade: float(worth) for grade, worth in table["worth"].items()},
        tuple(fold(each).text for each in table["until"]),
        tuple(fold(each).text for each in table["unless_after"]),
    )


def _anniversary(units: list[str]) -> re.Pattern[str]:
    beginnings = "|".join(fold_alias(each) for each in units)
    return re.compile(
        rf"(?<!\d)(\d{{1,3}})(?:st|nd|rd|th|e|o|a)? ?(?:(?!\d)\w+ ){{0,2}}?(?:{beginnings})"
    )
