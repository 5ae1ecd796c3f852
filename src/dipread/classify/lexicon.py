"""Every term of every knowledge file, with the language it is looked for in and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from dipread.classify.automaton import Language, Pattern, Sense, patterns
from dipread.classify.fold import fold_alias
from dipread.classify.people import Person
from dipread.classify.placebook import suffixes
from dipread.classify.sources import Rule, rules, slug
from dipread.classify.terms import parse_term
from dipread.classify.themes import Kind, Weights, theme_terms
from dipread.errors import ConfigError

ENGLISH = "en"

_CASED = frozenset({"en", "fr", "de", "es", "it", "pt", "ru", "tr"})
"""Languages that write the names of places with a capital."""

_ANY_CASE = frozenset({("name", "en"), *(("demonym", each) for each in _CASED - {"en"})})
"""The places that count in lower case too: English names, and adjectives where they have none."""

_IDEOGRAPHS = ("ja", "zh")
"""The languages in which a name needs no blank beside it."""

_PLACE_KINDS = ("name", "demonym", "capital", "region", "metonym")

Entry = tuple[str, str, Sense]
"""A language (empty: all), a term as written, and what it says."""

Lexicon = Callable[[str], tuple[Sequence[str], Callable[[int], Pattern]]]
"""For a language what to search for, and what each of these texts, by its number, says."""


def written_lexicon(
    tables: Mapping[str, Mapping[str, Any]], gazetteer: Mapping[str, Any]
) -> Lexicon:
    """The terms of the files, made into patterns when a language is asked for.

    Raises ConfigError for a term in a language that languages.toml does not have.
    """
    known = languages(tables["languages.toml"])
    by_language: dict[str, list[Entry]] = {}
    for entry in entries(tables, gazetteer, theme_weights(tables)):
        if entry[0] and entry[0] not in known:
            raise ConfigError(
                f"languages.toml: rule {entry[0]}: is missing, but {entry[2].rule} has terms in it",
                f"correct the language, or add [{entry[0]}] to languages.toml",
            )
        by_language.setdefault(entry[0], []).append(entry)
    read = cache(parse_term)  # a term of all languages is read once

    @cache  # each language is made once, for its automaton and for whoever compares two editions
    def lexicon(language: str) -> tuple[Sequence[str], Callable[[int], Pattern]]:
        own = (*by_language.get("", ()), *by_language.get(language, ()))
        terms = ((read(written), sense) for _, written, sense in own)
        found = patterns(terms, known[language])
        return [each.text for each in found], found.__getitem__

    return lexicon


def languages(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Language]:
    """How each language is written."""
    return {
        code: Language(
            code,
            plural=bool(each.get("plural", False)),
            unspaced=bool(each.get("unspaced", False)),
            clitics=frozenset(map(fold_alias, Rule("languages.toml", code, each).texts("clitics"))),
        )
        for code, each in table.items()
    }


def theme_weights(tables: Mapping[str, Mapping[str, Any]]) -> dict[Kind, Weights]:
    """The weights of sectors, events and gates, from the [defaults] of their files."""
    kinds: tuple[Kind, ...] = ("sector", "event", "gate")
    return {
        kind: Weights.of(
            Rule(f"{kind}s.toml", "defaults", tables[f"{kind}s.toml"].get("defaults", {}))
        )
        for kind in kinds
    }


def entries(
    tables: Mapping[str, Mapping[str, Any]],
    gazetteer: Mapping[str, Any],
    weights: Mapping[Kind, Weights],
) -> Iterator[Entry]:
    """Every term of every file."""
    yield from _place_entries(tables["countries.toml"], gazetteer["terms"])
    yield from rule_entries(tables, weights)


def rule_entries(
    tables: Mapping[str, Mapping[str, Any]], weights: Mapping[Kind, Weights]
) -> Iterator[Entry]:
    """Every term that a rule names, places apart."""
    yield from _forum_entries(tables["forums.toml"], tables["languages.toml"])
    for person, rule in people(tables["people.toml"]):
        yield from _person_entries(person, rule)
    yield from _mask_entries(tables["masks.toml"], weights["sector"])
    for rule in rules("sectors.toml", tables["sectors.toml"], "sector"):
        yield from theme_terms(rule, "sector", weights["sector"])
    for rule in rules("events.toml", tables["events.toml"], "event"):
        yield from theme_terms(rule, "event", weights["event"])
    for rule in rules("gates.toml", tables["gates.toml"], "gate"):
        yield from theme_terms(rule, "gate", weights["gate"])
    for rule in rules("relations.toml", tables["relations.toml"], "promise_verb"):
        for language, terms in rule.by_language("terms"):
            for key, kind in (("any", "active"), ("passive", "passive"), ("outcome", "outcome")):
                sense = Sense("promise", rule.id, f"commitment.{rule.id}.{language}", kind)
                yield from ((language, term, sense) for term in terms.texts(key))
    for rule in rules("relations.toml", tables["relations.toml"], "cue"):
        for language, terms in rule.by_language("terms"):
            sense = Sense("cue", rule.id, f"cue.{rule.id}.{language}")
            yield from ((language, term, sense) for term in terms.texts("any"))


def _place_entries(table: Mapping[str, Any], terms: Mapping[str, Any]) -> Iterator[Entry]:
    guarded = frozenset(table["capital"]["terms"])
    for kind in _PLACE_KINDS:
        for language, by_code in terms[kind].items():
            for code, names in by_code.items():
                sense = Sense("place", code, f"country.{code}.{kind}", kind)
                for name in names:
                    capital = name in guarded or (kind, language) not in _ANY_CASE
                    marked = capital and language in _CASED and name[0].isupper()
                    yield language, f"^{name}" if marked else name, sense
    for code in table["suffix"]:
        sense = Sense("place", code, f"country.{code}.suffix", "suffix")
        for name in suffixes(table, code):
            yield ENGLISH, f"={name}", sense
    for language, by_name in table["metonym"].items():
        for name, code in by_name.items():
            yield language, name, Sense("place", code, f"country.{code}.metonym", "metonym")
    for name, code in table["phrases"].items():
        yield ENGLISH, name, Sense("place", code, f"country.{code}.phrase", "phrase")
    for name, code in table["historic"]["renamed"].items():
        yield ENGLISH, name, Sense("place", code, f"country.{code}.renamed", "name")
    for kind, key in (("historic", "continued"), ("historic_adjective", "adjective")):
        for name, code in table["historic"][key].items():
            yield ENGLISH, f"^{name}", Sense("place", code, f"country.{code}.continued", kind)
    for name in table["historic"]["dissolved"]:
        yield "", name, Sense("mask", "", "mask.historic")
    for language, by_name in table["prefix"].items():
        for name, code in by_name.items():
            yield language, name, Sense("prefix", code, f"country.{code}.prefix", "prefix")
    for language, kanji in table["kanji"].items():
        for word in kanji["not"]:
            yield language, word, Sense("mask", "", "mask.kanji")
    for rule in rules("countries.toml", table, "ambiguous", id_key="term"):
        code = rule.text("otherwise", "")
        sense = Sense("place", code, f"country.{code or 'none'}.ambiguous", "name")
        for language in rule.texts("langs") or (ENGLISH,):
            yield language, f"^{rule.id}", sense


def _forum_entries(table: Mapping[str, Any], languages: Iterable[str]) -> Iterator[Entry]:
    """Aliases by language; an acronym such as =AUKUS counts in those that have no alias of their own."""
    for rule in (*rules("forums.toml", table, "forum"), *rules("forums.toml", table, "group")):
        region = rule.table.get("kind") is None and not rule.text("members")
        sense = (
            Sense("mask", "", "mask.region")
            if region
            else Sense("forum", rule.id, f"forum.{rule.id}")
        )
        own = rule.table.get("alias_by_lang", {})
        for alias in rule.texts("aliases"):
            yield ENGLISH, alias, sense
            if alias.startswith("=") and len(alias) > 3:
                yield from (
                    (each, alias, sense) for each in languages if each not in (ENGLISH, *own)
                )
        named = Rule(rule.file, rule.id, own)
        for language in own:
            yield from ((language, alias, sense) for alias in named.texts(language))


def people(table: Mapping[str, Any]) -> Iterator[tuple[Person, Rule]]:
    """The people of people.toml, each with the table that names them."""
    for rule in rules("people.toml", table, "person", id_key="name"):
        famous = bool(rule.table.get("famous", False))
        office = rule.text("of"), rule.text("role", "")
        yield Person(rule.id, *office, famous, rule.text("since", ""), rule.text("until", "")), rule


def _person_entries(person: Person, rule: Rule) -> Iterator[Entry]:
    misspelt = frozenset(rule.texts("misspellings"))

    def entry(language: str, alias: str, full: bool) -> Entry:
        sort = "misspelling" if alias in misspelt else "name" if full else "surname"
        sense = Sense(
            "person" if full else "surname", person.name, f"person.{slug(person.name)}.{sort}", sort
        )
        return language, f"^{alias}" if alias[0].isupper() else alias, sense

    for alias in (person.name, *rule.texts("aliases")):
        yield entry("", alias, alias == person.name or " " in alias)
    for alias in rule.texts("ja"):
        full = " " in alias or len(alias) > 3
        yield from (entry(language, alias, full) for language in _IDEOGRAPHS)
    names = Rule(rule.file, rule.id, rule.table.get("names", {}))
    for language in names.table:
        yield from (entry(language, alias, True) for alias in names.texts(language))


def _mask_entries(table: Mapping[str, Any], weights: Weights) -> Iterator[Entry]:
    for rule in rules("masks.toml", table, "mask"):
        sense = Sense("mask", rule.text("country", ""), f"mask.{rule.id}", "region")
        yield from (("", term, sense) for term in rule.texts("terms"))
    treaties = Rule("masks.toml", "treaty_sector", table.get("treaty_sector", {}))
    for sector in treaties.table:
        theme = Sense(
            "theme",
            f"sector:{sector}",
            f"mask.treaty.{sector}",
            "strong",
            weights.strengths["strong"],
        )
        yield from (("", treaty, theme) for treaty in treaties.texts(sector))
