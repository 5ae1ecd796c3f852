"""What the terms of a rule come to: whether they can be found at all, and how often they are.

Each term is looked for where it must be found, in a text that is nothing but the term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dipread.classify.automaton import Automaton, Hit, Sense, patterns, settled
from dipread.classify.classify import PRECEDENCE
from dipread.classify.document import Document
from dipread.classify.fold import fold
from dipread.classify.knowledge import SOURCES, Knowledge
from dipread.classify.languages import language_of
from dipread.classify.lexicon import rule_entries
from dipread.classify.rules.kinds import KINDS
from dipread.classify.spans import Spans
from dipread.classify.terms import Term, parse_term
from dipread.model import Story

BELONGS = "always belongs to"


class Written(NamedTuple):
    """A term of a user's rule as they wrote it, whose it is, and what it says, as it is `sought` in a
    language (empty: in all).
    """

    kind: str
    number: int
    rule: str
    language: str
    term: str
    sought: Term
    sense: Sense

    @property
    def tags(self) -> bool:
        """Whether it may earn a tag by itself."""
        if self.sense.layer == "theme":
            return self.sense.kind in ("strong", "medium")
        return self.sense.layer in ("forum", "person") or bool(
            self.sense.code and self.kind == "mask"
        )


def written_terms(
    table: Mapping[str, Any], merged: Mapping[str, Mapping[str, Any]], knowledge: Knowledge
) -> Iterator[Written]:
    """The terms of one file; what a rule leaves to the shipped one of its name is in `merged`."""
    for kind, of in KINDS.items():
        for number, rule in enumerate(table.get(kind, ()), 1):
            name = rule[of.names]
            whole = next(
                (each for each in merged[of.home].get(kind, ()) if each[of.names] == name), None
            )
            if whole is None:
                continue
            alone = {
                key: value for key, value in whole.items() if not isinstance(value, list | dict)
            } | dict(rule)
            tables = {
                **{file: {} for file in SOURCES},
                "languages.toml": merged["languages.toml"],
                of.home: {kind: [alone]},
            }
            own = frozenset(_lists(rule)) & frozenset(_lists(whole))
            for language, term, sense in rule_entries(tables, knowledge.weights):
                for mine in dict.fromkeys((term, term.removeprefix("^"))):
                    if mine in own:
                        yield Written(kind, number, name, language, mine, parse_term(term), sense)


def trouble(written: Written, knowledge: Knowledge) -> str:
    """Why a term does not do what it was written for; empty when it does.

    One that counts in all languages may belong to someone else in one of them; that is said too.
    """
    if written.language:
        return _trouble(written, knowledge, written.language)
    said = {language: _trouble(written, knowledge, language) for language in knowledge.languages}
    if all(said.values()):
        return next(iter(said.values()))
    taken = [language for language, why in said.items() if why.startswith(BELONGS)]
    return f"{said[taken[0]]} where the language is {', '.join(taken)}" if taken else ""


def _trouble(written: Written, knowledge: Knowledge, language: str) -> str:
    term = written.sought
    shown = written.term.lstrip("=^").removesuffix("*").strip()
    original = f" {shown[:1].upper() + shown[1:] if term.capital else shown} "
    hits = knowledge.automaton(language).hits(fold(original), original)
    own = [hit for hit in hits if hit.sense == written.sense and hit.start == 1]
    own = [hit for hit in own if hit.end > len(term.folded)]
    if not own:
        if term.capital and not any(map(str.isupper, original)):
            return "is never found: its letters have no capitals"
        return "is never found as it is written"
    if len(own) > 1 and own[0].end == own[1].end:
        return "stands there already: the rule finds these words without it"
    return _lost(own[0], hits)


def _lost(own: Hit, hits: Sequence[Hit]) -> str:
    """What takes the words of a hit from it, though they are all there is; empty when nothing does."""
    layer = own.sense.layer
    entities = settled([hit for first in PRECEDENCE for hit in hits if hit.sense.layer == first])
    if layer in PRECEDENCE and own not in entities:
        return f"{BELONGS} {_first(own, entities)}"
    if layer == "surname" and any(
        hit.start < own.end and hit.sense.layer != "mask" for hit in entities
    ):
        return f"{BELONGS} {_first(own, entities)}"
    if layer == "theme":
        code = own.sense.code
        same = (hit for hit in hits if hit.sense.layer == "theme" and hit.sense.code == code)
        kept = settled(sorted(same, key=lambda hit: -hit.sense.weight))
        if own not in kept:
            return f"always counts as {_first(own, kept)}"
        vetoes = [hit for hit in hits if hit.sense.layer == "veto" and hit.sense.code == code]
        if Spans((hit.start, hit.end) for hit in vetoes).contain(own.start, own.end):
            return "never counts: the rule has a veto for these words"
    if layer == "promise" and own not in settled(hit for hit in hits if hit.sense.layer == layer):
        return "always counts as another promise"
    return ""


def _first(own: Hit, winners: Iterable[Hit]) -> str:
    return next(hit.sense.rule for hit in winners if hit.start < own.end and hit.end > own.start)


def holding(
    terms: Sequence[Written], knowledge: Knowledge, stories: Iterable[Story]
) -> tuple[Counter[int], int]:
    """In how many of the stories each term stands (by its place in `terms`), and how many there were."""
    automata: dict[str, Automaton] = {}
    found: Counter[int] = Counter()
    many = 0
    for story in stories:
        many += 1
        document = Document.of(story)
        language = language_of(story.lang, document, knowledge)
        if language not in automata:
            automata[language] = _automaton(terms, language, knowledge)
        hits = automata[language].hits(document.folded, document.original)
        found.update({int(hit.sense.code) for hit in hits})
    return found, many


def _automaton(terms: Sequence[Written], language: str, knowledge: Knowledge) -> Automaton:
    """An automaton of these terms, each standing for its place among them."""
    known = knowledge.languages[language]
    named = (
        (each.sought, Sense(each.sense.layer, str(number), "", each.sense.kind))
        for number, each in enumerate(terms)
        if each.language in ("", language)
    )
    listed = patterns(named, known)
    return Automaton([each.text for each in listed], listed.__getitem__, known)


def _lists(value: Any) -> Iterator[str]:
    """Every text in the lists of a rule, and its name."""
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from _lists(each)
        elif isinstance(each, str):
            yield each
