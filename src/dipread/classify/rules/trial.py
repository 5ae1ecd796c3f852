"""Rules put to the test: by their own examples, by labelled stories, by a person's verdicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from msgspec import Struct, field

from dipread.classify.classify import classify
from dipread.classify.knowledge import Knowledge
from dipread.classify.record import tag_record
from dipread.classify.rules.lines import Lines
from dipread.classify.sources import Rule
from dipread.errors import ConfigError
from dipread.model import Story, Tag

LABELLED: Mapping[str, str] = {
    "countries": "country",
    "about": "about",
    "pairs": "pair",
    "sectors": "sector",
    "events": "event",
    "forums": "forum",
    "people": "person",
}
"""The keys that label a story, as `dipread tag` writes them, and the kind of label that each lists."""


def labels(tags: Iterable[Tag]) -> dict[str, Tag]:
    """The labels of a story, each with its tag: `sector:trade`, and `about:IT` for what it is about."""
    named = [*tags]
    found = {f"{tag.kind}:{tag.code}": tag for tag in named}
    return found | {f"about:{tag.code}": tag for tag in named if tag.about}


def details(tags: Iterable[Tag]) -> Iterator[str]:
    """What else an example may say of a story: a country's role, `country:IT.actor`, and what fills an
    event's slots, `event:visit.host=JP`.
    """
    for tag in tags:
        if tag.kind == "country":
            yield f"country:{tag.code}.{tag.role}"
        if tag.kind == "event":
            yield from (f"event:{tag.code}.{name}={value}" for name, value in tag.slots)


# ------------------------------------------------------------------------------------------- examples


class Example(Struct, frozen=True):
    """An `[[example]]` of a rules file: labels that a story must have, and must not have."""

    file: str
    line: int
    story: Story
    must: tuple[str, ...]
    must_not: tuple[str, ...]


class Failure(Struct, frozen=True):
    """An example that does not hold: the labels it `lacks`, those it has `against` its word, and all
    that came.
    """

    example: Example
    lacks: tuple[str, ...]
    against: tuple[str, ...]
    came: tuple[str, ...]


def examples(name: str, text: str, table: Mapping[str, Any]) -> Iterator[Example]:
    """The examples of a file; raises ConfigError for one that is none."""
    listed = table.get("example", [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise ConfigError(
            f"{name}: example: is no list of examples", "write [[example]] above each"
        )
    lines = Lines(text)
    for number, each in enumerate(listed, 1):
        rule = Rule(name, f"example {number}", each)
        story = Story(
            "", "", "", rule.text("title", ""), rule.text("text"), lang=rule.text("lang", "en")
        )
        wanted = rule.texts("must"), rule.texts("must_not")
        yield Example(name, lines.of_rule("example", number), story, *wanted)


def failures(tried: Iterable[Example], knowledge: Knowledge) -> Iterator[Failure]:
    """The examples that do not hold."""
    for each in tried:
        tags = classify(each.story, knowledge)
        came = labels(tags)
        said = {*came, *details(tags)}
        lacks = tuple(label for label in each.must if label not in said)
        against = tuple(label for label in each.must_not if label in said)
        if lacks or against:
            yield Failure(each, lacks, against, tuple(came))


# -------------------------------------------------------------------------------------------- scoring


class Tally(Struct):
    """How often a label was given rightly, given wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of right ones among those given; None when none was."""
        given = self.right + self.wrong
        return self.right / given if given else None

    @property
    def recall(self) -> float | None:
        """The share of those found among those wanted; None when none was."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else None


class Scores(Struct):
    """How rules fare against labels given by people: `tallies` by label, and in `confused` how often a
    label was given wrongly where another of its kind was missed on the same story.
    """

    stories: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, wanted: Set[str], refused: Set[str], found: Set[str]) -> None:
        """Count one story: the labels it should have, those it should not, and those it has."""
        self.stories += 1
        wrong, missed = found & refused, wanted - found
        for label in wanted & found:
            self.tallies[label].right += 1
        for label in wrong:
            self.tallies[label].wrong += 1
        for label in missed:
            self.tallies[label].missed += 1
        for said in wrong:
            kind = said.partition(":")[0]
            self.confused.update((said, each) for each in missed if each.startswith(f"{kind}:"))

    def total(self) -> Tally:
        """All labels together."""
        every = self.tallies.values()
        return Tally(
            sum(each.right for each in every),
            sum(each.wrong for each in every),
            sum(each.missed for each in every),
        )


def scored(record: Mapping[str, Any], knowledge: Knowledge, scores: Scores) -> bool:
    """Count a labelled story; False when it has no label that dipread gives.

    `record` is {"title", "text", "lang"}, with the lists of LABELLED in it or in its "labels". A list is
    the whole truth, unless one named `not_...` beside it says what must not come: then what is in
    neither counts for nothing.
    """
    given = record.get("labels", record)
    listed = {key: kind for key, kind in LABELLED.items() if isinstance(given.get(key), list)}
    if not listed:
        return False
    story = Story(
        "",
        "",
        "",
        record.get("title") or "",
        record.get("text") or "",
        lang=record.get("lang") or "",
    )
    came = tag_record("", classify(story, knowledge), story)
    wanted, refused, found = set(), set(), set()
    for key, kind in listed.items():
        here = {f"{kind}:{code}" for code in given[key]}
        got = {f"{kind}:{code}" for code in came[key]}
        unwanted = given.get(f"not_{key}")
        wanted |= here
        found |= got
        refused |= got - here if unwanted is None else {f"{kind}:{code}" for code in unwanted}
    scores.add(wanted, refused, found)
    return True
