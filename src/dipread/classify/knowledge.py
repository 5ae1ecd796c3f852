"""Everything the classifier knows, compiled from the text of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from dipread.classify.about import Prominence
from dipread.classify.anniversaries import Anniversaries
from dipread.classify.automaton import Automaton, Language
from dipread.classify.commitments import Promising
from dipread.classify.compiled import COMPILED, compiled_text, digest, read_compiled
from dipread.classify.cues import Words
from dipread.classify.fold import fold, fold_alias
from dipread.classify.gates import Gating, gating
from dipread.classify.kanji import Kanji
from dipread.classify.lexicon import (
    ENGLISH,
    Lexicon,
    languages,
    people,
    theme_weights,
    written_lexicon,
)
from dipread.classify.overlay import overlaid
from dipread.classify.people import Person
from dipread.classify.placebook import kanji, place_rules, prominence
from dipread.classify.places import PlaceRules
from dipread.classify.sources import read_toml
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
    COMPILED,
)

SOURCES = KNOWLEDGE_FILES[:-1]
"""The files that are written; the last is made of them."""

FALLBACK = ENGLISH
"""The language whose terms are used for a story in a language that has none."""


class Knowledge(Struct, frozen=True):
    """Compiled knowledge. `hash` is short and changes with any text; automata are built when a
    language is first met. `as_of` is the ISO date on which the office-holders were last looked over.
    """

    hash: str
    languages: Mapping[str, Language]
    stopwords: Mapping[str, frozenset[str]]
    letters: Mapping[str, str]
    people: Mapping[str, Person]
    as_of: str
    places: PlaceRules
    prominence: Prominence
    kanji: Mapping[str, Kanji]
    words: Mapping[str, Words]
    pair_worth: Mapping[str, float]
    weights: Mapping[Kind, Weights]
    gating: Gating
    promising: Promising
    anniversaries: Anniversaries
    lexicon: Lexicon
    _automata: dict[str, Automaton] = field(default_factory=dict)

    def automaton(self, language: str) -> Automaton:
        """The automaton of a language, built the first time it is asked for."""
        if language not in self._automata:
            texts, saying = self.lexicon(language)
            self._automata[language] = Automaton(texts, saying, self.languages[language])
        return self._automata[language]


def compile_knowledge(files: Mapping[str, str]) -> Knowledge:
    """Compile the texts of KNOWLEDGE_FILES, given by name; any other file holds a user's own rules.

    What was compiled from the very same texts before is taken as it is. Raises ConfigError when a file
    is missing or a rule in it is wrong; the message starts with the file and the rule.
    """
    for name in SOURCES:
        if name not in files:
            raise ConfigError(f"{name}: rule file: is missing", "install dipread again")
    made = digest(files)
    compiled = read_compiled(files.get(COMPILED, ""), made)
    if compiled is not None:
        return _knowledge(compiled.tables, made, compiled.lexicon)
    tables = _tables(files)
    return _knowledge(tables, made, written_lexicon(tables, json.loads(files["gazetteer.json"])))


def compile_text(files: Mapping[str, str]) -> str:
    """The text of COMPILED for these files: what compile_knowledge takes to be quick about them.

    Raises ConfigError as compile_knowledge does.
    """
    tables = _tables(files)
    lexicon = written_lexicon(tables, json.loads(files["gazetteer.json"]))
    found = {}
    for language in tables["languages.toml"]:
        texts, saying = lexicon(language)
        found[language] = [saying(number) for number in range(len(texts))]
    return compiled_text(digest(files), tables, found)


def _tables(files: Mapping[str, str]) -> Mapping[str, Mapping[str, Any]]:
    """The parsed files, a user's own rules laid over the shipped ones."""
    parsed = {name: read_toml(name, text) for name, text in files.items() if name.endswith(".toml")}
    return overlaid(
        {name: table for name, table in parsed.items() if name in SOURCES},
        {name: table for name, table in parsed.items() if name not in SOURCES},
    )


def _knowledge(tables: Mapping[str, Mapping[str, Any]], made: str, lexicon: Lexicon) -> Knowledge:
    relations = tables["relations.toml"]
    return Knowledge(
        hash=made[:12],
        languages=languages(tables["languages.toml"]),
        stopwords={
            code: frozenset(map(fold_alias, each.get("stopwords", ())))
            for code, each in tables["languages.toml"].items()
        },
        letters={
            code: each["letters"]
            for code, each in tables["languages.toml"].items()
            if "letters" in each
        },
        people={person.name: person for person, _ in people(tables["people.toml"])},
        as_of=str(tables["people.toml"].get("as_of", "")),
        places=place_rules(tables["countries.toml"], tables["masks.toml"]),
        prominence=prominence(tables["countries.toml"]),
        kanji=kanji(tables["countries.toml"]["kanji"]),
        words={code: _words(each) for code, each in relations["words"].items()},
        pair_worth={key: float(value) for key, value in relations["pairs"].items()},
        weights=theme_weights(tables),
        gating=gating(tables["gates.toml"], tables["sectors.toml"]),
        promising=_promising(relations["promise"]),
        anniversaries=Anniversaries(relations["anniversary"]),
        lexicon=lexicon,
    )


def _words(table: Mapping[str, Any]) -> Words:
    inside, toward, agents, owners, joins, between, opens = (
        frozenset(map(fold_alias, table.get(key, ())))
        for key in ("inside", "toward", "agents", "owners", "joins", "between", "opens")
    )
    return Words(inside, toward, agents, owners, joins, between, opens | {""})


def _promising(table: Mapping[str, Any]) -> Promising:
    return Promising(
        {grade: float(worth) for grade, worth in table["worth"].items()},
        tuple(fold(each).text for each in table["until"]),
        tuple(fold(each).text for each in table["unless_after"]),
    )
