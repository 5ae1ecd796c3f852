"""Everything the classifier knows, compiled from the text of its files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dipread.classify.automaton import Automaton, Language, Sense
from dipread.classify.fold import fold_alias
from dipread.classify.kanji import Kanji
from dipread.classify.people import Person
from dipread.classify.places import Alternative, Decision, Guard, PlaceRules, Shape
from dipread.classify.roles import Words
from dipread.classify.sources import Rule, read_toml, rules
from dipread.classify.terms import parse_term
from dipread.classify.themes import Kind, Weights, theme_terms
from dipread.errors import ConfigError

KNOWLEDGE_FILES: tuple[str, ...] = (
    "languages.toml",
    "countries.toml",
    "forums.toml",
    "people.toml",
    "masks.toml",
    "sectors.toml",
    "events.toml",
    "relations.toml",
    "gazetteer.json",
)

FALLBACK = "en"
"""The language whose terms are used for a story in a language that has none."""

_CASED = frozenset({"en", "fr", "de", "es", "it", "pt", "ru", "tr"})
"""Languages that write the names of places with a capital."""

_ANY_CASE = frozenset({("name", "en"), *(("demonym", each) for each in _CASED - {"en"})})
"""The places that count in lower case too: English names, and adjectives where they have none."""

_PLACE_KINDS = ("name", "demonym", "capital", "region", "metonym")

Entry = tuple[str, str, Sense]
"""A language (empty: all), a term as written, and what it says."""


@dataclass(frozen=True)
class Knowledge:
    """Compiled knowledge. `hash` is short and changes with any text; automata are built when a
    language is first met.
    """

    hash: str
    languages: Mapping[str, Language]
    stopwords: Mapping[str, frozenset[str]]
    people: Mapping[str, Person]
    places: PlaceRules
    kanji: Kanji
    words: Mapping[str, Words]
    pair_worth: Mapping[str, float]
    weights: Mapping[Kind, Weights]
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
    """Compile the texts of KNOWLEDGE_FILES, given by name.

    Raises ConfigError when one is missing or a rule in it is wrong; the message starts with the file
    and the rule.
    """
    for name in KNOWLEDGE_FILES:
        if name not in files:
            raise ConfigError(f"{name}: rule file: is missing", "install dipread again")
    tables = {name: read_toml(name, files[name]) for name in KNOWLEDGE_FILES if name.endswith(".toml")}
    gazetteer = json.loads(files["gazetteer.json"])
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{files[name]}\0".encode())
    weights: dict[Kind, Weights] = {
        "sector": _weights("sectors.toml", tables["sectors.toml"]),
        "event": _weights("events.toml", tables["events.toml"]),
    }
    people = {person.name: person for person, _ in _people(tables["people.toml"])}
    relations = tables["relations.toml"]
    languages = {code: _language(code, each) for code, each in tables["languages.toml"].items()}
    entries: dict[str, list[Entry]] = {}
    for entry in _entries(tables, gazetteer, weights):
        entries.setdefault(entry[0], []).append(entry)
    anniversary = relations["anniversary"]
    return Knowledge(
        hash=digest.hexdigest()[:12],
        languages=languages,
        stopwords={
            code: frozenset(map(fold_alias, each.get("stopwords", ())))
            for code, each in tables["languages.toml"].items()
        },
        people=people,
        places=_place_rules(tables["countries.toml"], tables["masks.toml"], languages[FALLBACK]),
        kanji=_kanji(tables["countries.toml"]["kanji"]),
        words={
            code: Words(*(frozenset(map(fold_alias, each.get(key, ()))) for key in ("inside", "joins", "between")))
            for code, each in relations["words"].items()
        },
        pair_worth={key: float(value) for key, value in relations["pairs"].items()},
        weights=weights,
        anniversary=_anniversary(anniversary["units"]),
        anniversary_words={fold_alias(word): number for word, number in anniversary["words"].items()},
        entries={code: tuple(each) for code, each in entries.items()},
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


def _entries(
    tables: Mapping[str, Mapping[str, Any]],
    gazetteer: Mapping[str, Any],
    weights: Mapping[Kind, Weights],
) -> Iterator[Entry]:
    """Every term of every file."""
    yield from _place_entries(tables["countries.toml"], gazetteer["terms"])
    yield from _forum_entries(tables["forums.toml"])
    for person, rule in _people(tables["people.toml"]):
        yield from _person_entries(person, rule)
    yield from _mask_entries(tables["masks.toml"], weights["sector"])
    for rule in rules("sectors.toml", tables["sectors.toml"], "sector"):
        yield from theme_terms(rule, "sector", weights["sector"])
    for rule in rules("events.toml", tables["events.toml"], "event"):
        yield from theme_terms(rule, "event", weights["event"])
    for rule in rules("relations.toml", tables["relations.toml"], "cue"):
        for language, terms in rule.by_language("terms"):
            sense = Sense("cue", rule.id, f"cue.{rule.id}.{language}")
            yield from ((language, term, sense) for term in terms.texts("any"))


# --------------------------------------------------------------------------------------- countries


def _place_entries(table: Mapping[str, Any], terms: Mapping[str, Any]) -> Iterator[Entry]:
    guarded = frozenset(table["capital"]["terms"])
    for kind in _PLACE_KINDS:
        for language, by_code in terms[kind].items():
            for code, names in by_code.items():
                sense = Sense("place", code, f"country.{code}.{kind}", kind)
                for name in names:
                    capital = name in guarded or (kind, language) not in _ANY_CASE
                    marked = capital and language in _CASED and name[0] not in "=^"
                    yield language, f"^{name}" if marked else name, sense
    for code in table["suffix"]:
        sense = Sense("place", code, f"country.{code}.suffix", "suffix")
        for name in _suffixes(table, code):
            yield FALLBACK, f"={name}", sense
    for language, by_name in table["metonym"].items():
        for name, code in by_name.items():
            yield language, name, Sense("place", code, f"country.{code}.metonym", "metonym")
    for name, code in table["phrases"].items():
        yield FALLBACK, name, Sense("place", code, f"country.{code}.phrase", "phrase")
    for name, code in table["historic"]["renamed"].items():
        yield FALLBACK, name, Sense("place", code, f"country.{code}.renamed", "name")
    for name in table["historic"]["dissolved"]:
        yield "", name, Sense("mask", "", "mask.historic")
    for language, by_name in table["prefix"].items():
        for name, code in by_name.items():
            yield language, name, Sense("prefix", code, f"country.{code}.prefix", "prefix")
    for word in table["kanji"]["not"]:
        yield "ja", word, Sense("mask", "", "mask.kanji")
    for rule in rules("countries.toml", table, "ambiguous", id_key="term"):
        code = rule.text("otherwise", "")
        sense = Sense("place", code, f"country.{code or 'none'}.ambiguous", "name")
        for language in rule.texts("langs") or (FALLBACK,):
            yield language, f"^{rule.id}", sense


def _place_rules(
    table: Mapping[str, Any], masks: Mapping[str, Any], english: Language
) -> PlaceRules:
    guard = table["name_guard"]
    return PlaceRules(
        decisions=_decisions(table),
        guard=Guard(
            risky=frozenset(map(fold_alias, guard["risky"])),
            neighbours=frozenset(map(fold_alias, guard["neighbours"])),
            given=frozenset(map(fold_alias, guard["given"])),
            shouted=frozenset(map(fold_alias, table["capital"]["shouted"])),
        ),
        shapes=[
            *(_shape(rule) for rule in rules("masks.toml", masks, "shape")),
            *(_suffix_shape(table, code) for code in table["suffix"]),
        ],
        venues=frozenset(map(fold_alias, table["venue"]["cities"])),
        agencies=frozenset(each.casefold() for each in table["dateline"]["agencies"]),
    )


def _decisions(table: Mapping[str, Any]) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    for rule in rules("countries.toml", table, "ambiguous", id_key="term"):
        model = rule.text("same_as", "")
        if model:
            if fold_alias(model) not in found:
                raise rule.fault(f"same_as names {model!r}, which is not above", "put it first")
            decision = found[fold_alias(model)]
        else:
            decision = Decision(
                rule.text("otherwise"),
                tuple(_alternative(Rule(rule.file, rule.id, each)) for each in rule.table.get("rule", ())),
                tuple(f" {fold_alias(each)} " for each in rule.texts("not_if_preceded_by")),
                tuple(f" {fold_alias(each)} " for each in rule.texts("not_if_followed_by")),
                bool(rule.table.get("low_confidence", False)),
            )
        word = fold_alias(rule.id)
        found[word] = found[word + "s"] = decision
    return found


def _alternative(rule: Rule) -> Alternative:
    return Alternative(
        rule.text("then"),
        tuple(f" {fold_alias(each)} " for each in rule.texts("if_any_in_text")),
        tuple(f" {fold_alias(each)} " for each in rule.texts("unless_any_in_text")),
        frozenset(map(fold_alias, rule.texts("if_next_in"))),
    )


def _shape(rule: Rule) -> Shape:
    following = [f", {each}" for each in rule.texts("after_comma")]
    following += [f" {each}" for each in rule.texts("followed_by")]
    if not following:
        raise rule.fault("says nothing of what follows", "add followed_by or after_comma")
    return Shape(
        f"mask.{rule.id}", frozenset(rule.texts("places")), tuple(following), rule.text("country", "")
    )


def _suffixes(table: Mapping[str, Any], code: str) -> tuple[str, ...]:
    """Abbreviations as written and in capitals, as datelines have them."""
    written = Rule("countries.toml", "suffix", table["suffix"]).texts(code)
    return tuple(dict.fromkeys((*written, *map(str.upper, written))))


def _suffix_shape(table: Mapping[str, Any], code: str) -> Shape:
    following = tuple(f", {each}" for each in _suffixes(table, code))
    return Shape(f"country.{code}.suffix", frozenset(), following, code)


def _kanji(table: Mapping[str, Any]) -> Kanji:
    characters = "".join(table["map"])
    return Kanji(
        codes=table["map"],
        runs=re.compile(f"[{characters}]{{1,4}}"),
        pair_tails=tuple(table["pair_tail"]),
        strict=frozenset(table["pair_strict"]),
        particles=frozenset(table["particles"]),
        single_tails=tuple(table["single_tail"]),
        single_heads=tuple(table["single_head"]),
    )


# ------------------------------------------------------------------------------- forums, people, masks


def _forum_entries(table: Mapping[str, Any]) -> Iterator[Entry]:
    for rule in (*rules("forums.toml", table, "forum"), *rules("forums.toml", table, "group")):
        region = rule.table.get("kind") is None and not rule.text("members")
        sense = Sense("mask", "", "mask.region") if region else Sense("forum", rule.id, f"forum.{rule.id}")
        own = rule.table.get("alias_by_lang", {})
        for alias in rule.texts("aliases"):
            yield FALLBACK, alias, sense
        named = Rule(rule.file, rule.id, own)
        for language in own:
            yield from ((language, alias, sense) for alias in named.texts(language))


def _people(table: Mapping[str, Any]) -> Iterator[tuple[Person, Rule]]:
    for rule in rules("people.toml", table, "person", id_key="name"):
        famous = bool(rule.table.get("famous", False))
        yield Person(rule.id, rule.text("of"), rule.text("role", ""), famous), rule


def _person_entries(person: Person, rule: Rule) -> Iterator[Entry]:
    name = re.sub("[^a-z0-9]+", "-", fold_alias(person.name)).strip("-")
    misspelt = frozenset(rule.texts("misspellings"))
    for alias in (person.name, *rule.texts("aliases"), *rule.texts("ja")):
        unspaced = not fold_alias(alias).isascii() and alias in rule.texts("ja")
        full = alias == person.name or " " in alias or len(alias) > 3 and unspaced
        sort = "misspelling" if alias in misspelt else "name" if full else "surname"
        sense = Sense(
            "person" if full else "surname", person.name, f"person.{name}.{sort}", sort
        )
        yield "", alias if unspaced else f"^{alias}", sense


def _mask_entries(table: Mapping[str, Any], weights: Weights) -> Iterator[Entry]:
    for rule in rules("masks.toml", table, "mask"):
        sense = Sense("mask", rule.text("country", ""), f"mask.{rule.id}", "region")
        yield from (("", term, sense) for term in rule.texts("terms"))
    treaties = Rule("masks.toml", "treaty_sector", table.get("treaty_sector", {}))
    for sector in treaties.table:
        theme = Sense(
            "theme", f"sector:{sector}", f"mask.treaty.{sector}", "strong", weights.strengths["strong"]
        )
        yield from (("", treaty, theme) for treaty in treaties.texts(sector))


def _anniversary(units: list[str]) -> re.Pattern[str]:
    beginnings = "|".join(fold_alias(each) for each in units)
    return re.compile(
        rf"(?<!\d)(\d{{1,3}})(?:st|nd|rd|th|e|o|a)? ?(?:(?!\d)\w+ ){{0,2}}?(?:{beginnings})"
    )
