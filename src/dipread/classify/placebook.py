"""Reading countries.toml and the shapes of masks.toml: what no list of place names can say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dipread.classify.about import SIGNALS, Prominence
from dipread.classify.dateline import Dateline
from dipread.classify.fold import fold, fold_alias
from dipread.classify.kanji import Kanji
from dipread.classify.places import Alternative, Decision, Guard, PlaceRules, Shape, Shapes
from dipread.classify.sources import Rule, rules


def place_rules(table: Mapping[str, Any], masks: Mapping[str, Any]) -> PlaceRules:
    """The rules about places that were found."""
    guard = table["name_guard"]
    return PlaceRules(
        decisions=_decisions(table),
        guard=Guard(
            risky=frozenset(map(fold_alias, guard["risky"])),
            people=frozenset(map(fold_alias, guard["people"])),
            neighbours=frozenset(map(fold_alias, guard["neighbours"])),
            given=frozenset(map(fold_alias, guard["given"])),
            shouted=frozenset(map(fold_alias, table["capital"]["shouted"])),
        ),
        shapes=Shapes(
            [
                *(_shape(rule) for rule in rules("masks.toml", masks, "shape")),
                *(_suffix_shape(table, code) for code in table["suffix"]),
            ]
        ),
        venues=frozenset(map(fold_alias, table["venue"]["cities"])),
        dateline=_dateline(Rule("countries.toml", "dateline", table["dateline"])),
        past=tuple(f" {fold_alias(each)} " for each in table["historic"]["past"]),
    )


def _dateline(rule: Rule) -> Dateline:
    """[dateline]; raises ConfigError for a shape that is no regular expression."""
    try:
        shapes = re.compile("|".join(f"(?:{each})" for each in rule.table["shapes"]))
    except re.error as fault:
        raise rule.fault(f"shapes: {fault}", "write regular expressions") from fault
    return Dateline(tuple(each.casefold() for each in rule.texts("agencies")), shapes)


def prominence(table: Mapping[str, Any]) -> Prominence:
    """What speaks for a story being about a country, of [about]."""
    rule = Rule("countries.toml", "about", table["about"])
    points = Rule(rule.file, "about.points", rule.table["points"])
    names, firms = map(_any_written, (rule.texts("company"), rule.texts("firm")))
    attached = "|".join(map(re.escape, rule.texts("attached")))
    return Prominence(
        {signal: points.number(signal) for signal in SIGNALS},
        re.compile(
            rf"(?:[ \n-]+[<\"]?[A-Z][\w.&'-]*){{0,4}}[ \n]+{names}\b"
            rf"|(?:'s)?(?:[ \n]++[\w<>.-]++){{0,3}}?[ \n]++{firms}\b|[ \n]?<|-(?:{attached})\b"
        ),
        frozenset(map(fold_alias, table["dateline"]["bureaus"])),
    )


def _any_written(words: Sequence[str]) -> str:
    """Any of the words, as written or in capitals; at most places the first letter tells that it is none."""
    written = [each for word in words for each in (word, word.upper())]
    firsts = "".join(sorted({re.escape(each[0]) for each in written}))
    return f"(?=[{firsts}])(?:{'|'.join(map(re.escape, written))})"


def kanji(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Kanji]:
    """The one-character countries of [kanji], by language."""
    return {language: _kanji(table) for language, table in tables.items()}


def _kanji(table: Mapping[str, Any]) -> Kanji:
    characters = "".join(table["map"])
    tails = tuple(fold(each).text for each in table["single_tail"])
    heads = tuple(fold(each).text for each in table["single_head"])
    return Kanji(
        codes=table["map"],
        runs=_runs(characters, tails, heads),
        pair_tails=tuple(fold(each).text for each in table["pair_tail"]),
        strict=frozenset(table["pair_strict"]),
        particles=frozenset(fold(each).text for each in table["particles"]),
        single_tails=tails,
        single_heads=heads,
        within=bool(table.get("within", False)),
    )


def _runs(characters: str, tails: Sequence[str], heads: Sequence[str]) -> re.Pattern[str]:
    """Two characters and more; one by itself only where what must stand beside it does."""
    beside = [rf"(?<={re.escape(each)})" for each in heads]
    beside += [rf"(?=.{re.escape(each)})" for each in tails]
    alone = f"(?:{'|'.join(beside)})[{characters}]" if beside else "(?!)"
    return re.compile(f"[{characters}]{{2,4}}|{alone}")


def suffixes(table: Mapping[str, Any], code: str) -> tuple[str, ...]:
    """Abbreviations as written and in capitals, as datelines have them."""
    written = Rule("countries.toml", "suffix", table["suffix"]).texts(code)
    return tuple(dict.fromkeys((*written, *map(str.upper, written))))


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
                tuple(
                    _alternative(Rule(rule.file, rule.id, each))
                    for each in rule.table.get("rule", ())
                ),
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
        frozenset(rule.texts("if_written")),
    )


def _shape(rule: Rule) -> Shape:
    following = [f", {each}" for each in rule.texts("after_comma")]
    for blank in (" ", "\n"):
        following += [f"{blank}{each}" for each in rule.texts("followed_by")]
        following += [f"{blank}{each.capitalize()}" for each in rule.texts("followed_by")]
    attached = rule.texts("attached")
    preceding = tuple(f" {fold_alias(each)} " for each in rule.texts("preceded_by"))
    if not (following or attached or preceding):
        raise rule.fault(
            "says nothing of what stands beside the place",
            "add followed_by, preceded_by, attached or after_comma",
        )
    return Shape(
        f"mask.{rule.id}",
        frozenset(rule.texts("places")),
        tuple(dict.fromkeys((*following, *map(str.upper, following)))),
        attached,
        preceding,
        rule.text("country", ""),
    )


def _suffix_shape(table: Mapping[str, Any], code: str) -> Shape:
    following = tuple(f", {each}" for each in suffixes(table, code))
    return Shape(f"country.{code}.suffix", frozenset(), following, code=code)
