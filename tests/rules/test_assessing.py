"""The rules against a reader's verdicts, and what they found in the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from dipread.classify import classify
from dipread.classify.rules.trial import Tally
from dipread.errors import DipreadError
from dipread.model import Feed, Story, StoryId, TagKind
from dipread.rules.assessing import firing, judged, suggested
from dipread.rules.rulebook import Rulebook
from dipread.store import Store

RULES = Rulebook(
    {"mine.toml": '[[sector]]\nid = "zebras"\n[sector.terms.en]\nstrong = ["zebra levy", "stripes"]\n'}
)  # fmt: skip
KNOWLEDGE = RULES.knowledge
TEXTS = [
    "Talks about the zebra levy and the grazing quota went on.",
    "They raised the grazing quota again, and the zebra levy with its stripes.",
    "The grazing quota was the talk of the town.",
    "Stripes were worn.",
    "It rained on the town.",
    "It rained again.",
]


@pytest.fixture
def store(tmp_path: Path, now: Callable[[], datetime]) -> Iterator[Store]:
    with Store(tmp_path / "dipread.db", now) as store:
        feed = store.feeds.add(Feed("https://a.example/", "A", "A", "INT", "press", "en", "G"))
        for number, text in enumerate(TEXTS, 1):
            story = Story(
                str(number), "", f"https://a.example/{number}", "A report", text, lang="en"
            )
            store.ingest.save(feed, [story], lambda each: classify(each, KNOWLEDGE), KNOWLEDGE.hash)
        yield store


def judge(store: Store, story: int, kind: TagKind, code: str, holds: bool) -> None:
    store.tagging.judge(
        StoryId(story), kind, code, holds, lambda each: classify(each, KNOWLEDGE), KNOWLEDGE.hash
    )


def test_the_rules_are_held_against_every_verdict(store: Store) -> None:
    judge(store, 1, "sector", "zebras", True)
    judge(store, 3, "sector", "zebras", True)
    judge(store, 4, "sector", "zebras", False)
    judge(store, 4, "sector", "culture", True)
    judge(store, 5, "sector", "zebras", False)  # the rules do not say so, nothing to hold against
    scores = judged(store, KNOWLEDGE)
    assert scores.tallies["sector:zebras"] == Tally(right=1, wrong=1, missed=1)
    assert scores.tallies["sector:culture"].missed + scores.tallies["sector:culture"].right == 1
    assert scores.stories == 4


def test_what_fired_is_counted_and_labels_on_a_single_word(store: Store) -> None:
    (found,) = firing(store)
    assert found.stories == 6
    assert found.fired["sector.zebras"] == 3
    assert found.fired["sector.nothing"] == 0
    assert found.given["sector:zebras"] == 3
    assert found.on_one_word["sector:zebras"] == {"zebra levy": 1, "stripes": 1}
    (newest,) = firing(store, 2)
    assert newest.stories == 2
    assert not newest.fired["sector.zebras"]


def test_a_label_that_only_the_reader_gave_rests_on_no_rule(store: Store) -> None:
    judge(store, 5, "sector", "zebras", True)
    (found,) = firing(store)
    assert found.given["sector:zebras"] == 3
    assert not found.fired["reader.verdict"]


def test_terms_are_suggested_from_confirmed_stories_but_not_what_is_known(store: Store) -> None:
    for story in (1, 2, 3):
        judge(store, story, "sector", "zebras", True)
    judge(store, 5, "sector", "zebras", False)
    found = suggested(store, KNOWLEDGE, "sector", "zebras")
    assert (found[0].phrase, found[0].confirmed, found[0].wrong, found[0].elsewhere) == (
        "grazing quota",
        3,
        0,
        0,
    )
    phrases = {each.phrase for each in found}
    assert not {"zebra levy", "the zebra levy", "the", "rained"} & phrases
    assert suggested(store, KNOWLEDGE, "sector", "zebras", most=1) == found[:1]
    town = next((each for each in found if each.phrase == "town"), None)
    assert town is None  # one of three confirmed, one wrong


def test_nothing_is_suggested_where_nothing_is_confirmed(store: Store) -> None:
    judge(store, 5, "sector", "zebras", False)
    with pytest.raises(DipreadError, match="no story is confirmed"):
        suggested(store, KNOWLEDGE, "sector", "zebras")
