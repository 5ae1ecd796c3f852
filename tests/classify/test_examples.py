"""The examples beside the rules: each holds, every rule has some, and none holds without its rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace

from dipread.classify import KNOWLEDGE_FILES, Knowledge, compile_text
from dipread.classify.automaton import Automaton, Hit, Layer
from dipread.classify.fold import Folded, fold_alias
from dipread.classify.places import Decision, Shapes
from dipread.classify.rules.kinds import KINDS
from dipread.classify.rules.trial import Example, examples, failures
from dipread.classify.sources import read_toml
from dipread.data import read

TABLES = {name: read_toml(name, read(name)) for name in KNOWLEDGE_FILES if name.endswith(".toml")}
EXAMPLES = [each for name, table in TABLES.items() for each in examples(name, read(name), table)]


def rules(kind: str) -> list[dict[str, Any]]:
    return [*TABLES[KINDS[kind].home][kind]]


def of_file(name: str) -> list[Example]:
    return [each for each in EXAMPLES if each.file == name]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.file}:{each.line}")
def test_the_example_beside_a_rule_holds(example: Example, knowledge: Knowledge) -> None:
    assert list(failures([example], knowledge)) == []


# ------------------------------------------------------------------------ rules that earn a tag


@pytest.mark.parametrize("kind", ["sector", "event", "gate"])
def test_every_theme_has_examples_for_and_against_it_in_two_languages(kind: str) -> None:
    labels = [f"{kind}:{rule['id']}" for rule in rules(kind)]
    in_english = {label for each in EXAMPLES if each.story.lang == "en" for label in each.must}
    in_another = {label for each in EXAMPLES if each.story.lang != "en" for label in each.must}
    against = {label for each in EXAMPLES for label in each.must_not}
    assert [label for label in labels if label not in in_english] == []
    assert [label for label in labels if label not in against] == []
    spread = [f"{kind}:{rule['id']}" for rule in rules(kind) if len(rule["terms"]) > 1]
    assert [label for label in spread if label not in in_another] == []


def test_every_forum_and_every_group_of_states_has_an_example() -> None:
    named = {label for each in EXAMPLES for label in each.must}
    listed = [rule for rule in rules("forum") + rules("group") if "kind" in rule or rule["members"]]
    tagged = [rule["id"] for rule in listed]
    assert [code for code in tagged if f"forum:{code}" not in named] == []


def test_every_grade_of_promise_has_an_example() -> None:
    named = {
        label.removeprefix("commitment:").partition(".")[0]
        for each in EXAMPLES
        for label in each.must
    }
    assert [rule["id"] for rule in rules("promise_verb") if rule["id"] not in named] == []


# ------------------------------------------------------------------------ rules that only steer


@dataclass(frozen=True)
class Without(Automaton):
    """An automaton that does not find what one rule says."""

    whole: Automaton
    drops: Callable[[Hit], bool]

    def by_layer(self, folded: Folded, original: str) -> dict[Layer, list[Hit]]:
        found = defaultdict(list, self.whole.by_layer(folded, original))
        for layer, hits in found.items():
            found[layer] = [hit for hit in hits if not self.drops(hit)]
        return found


def without(knowledge: Knowledge, drops: Callable[[Hit], bool]) -> Knowledge:
    automata: dict[str, Automaton] = {
        code: Without(knowledge.automaton(code), drops) for code in LANGUAGES
    }
    return replace(knowledge, _automata=automata)


def broken(name: str, knowledge: Knowledge) -> bool:
    """Whether an example of this file does not hold with the knowledge."""
    return next(failures(of_file(name), knowledge), None) is not None


LANGUAGES = sorted({each.story.lang for each in EXAMPLES})


@pytest.mark.parametrize("cue", [rule["id"] for rule in rules("cue")])
def test_without_its_cue_an_example_does_not_hold(cue: str, knowledge: Knowledge) -> None:
    poorer = without(knowledge, lambda hit: hit.sense.layer == "cue" and hit.sense.code == cue)
    assert broken("relations.toml", poorer)


@pytest.mark.parametrize("mask", [rule["id"] for rule in rules("mask")])
def test_without_its_mask_an_example_does_not_hold(mask: str, knowledge: Knowledge) -> None:
    poorer = without(knowledge, lambda hit: hit.sense.rule == f"mask.{mask}")
    assert broken("masks.toml", poorer)


@pytest.mark.parametrize(
    "at", range(len(rules("shape"))), ids=[each["id"] for each in rules("shape")]
)
def test_without_its_shape_an_example_does_not_hold(at: int, knowledge: Knowledge) -> None:
    shapes = knowledge.places.shapes.shapes
    poorer = Shapes([*shapes[:at], *shapes[at + 1 :]])
    assert broken("masks.toml", replace(knowledge, places=replace(knowledge.places, shapes=poorer)))


def readings(decisions: Mapping[str, Decision]) -> Iterator[tuple[str, str, Decision]]:
    """Each word with each of its readings, and the decision without that reading."""
    for rule in rules("ambiguous"):
        word = fold_alias(rule["term"])
        decision = decisions[word]
        if decision.otherwise:
            yield word, decision.otherwise, replace(decision, otherwise="")
        for at, each in enumerate(decision.alternatives):
            others = (*decision.alternatives[:at], *decision.alternatives[at + 1 :])
            yield word, f"{each.code} ({at})", replace(decision, alternatives=others)
        if decision.not_after or decision.not_before:
            yield word, "nobody", replace(decision, not_after=(), not_before=())


def test_every_reading_of_an_ambiguous_word_has_an_example_that_needs_it(
    knowledge: Knowledge,
) -> None:
    decisions = knowledge.places.decisions
    idle = []
    for word, reading, decision in readings(decisions):
        places = replace(knowledge.places, decisions={**decisions, word: decision})
        if not broken("countries.toml", replace(knowledge, places=places)):
            idle.append((word, reading))
    assert idle == []


def test_the_compiled_knowledge_does_not_grow_by_examples(files: dict[str, str]) -> None:
    bare = {
        name: text.partition("[[example]]")[0] if name.endswith(".toml") else text
        for name, text in files.items()
    }
    assert len(compile_text(bare)) == len(files[KNOWLEDGE_FILES[-1]])
