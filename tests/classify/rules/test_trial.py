"""Rules put to the test by examples and by labelled stories."""

from __future__ import annotations

import pytest

from dipread.classify import Knowledge, classify
from dipread.classify.rules.trial import Scores, Tally, details, examples, failures, labels, scored
from dipread.classify.sources import read_toml
from dipread.errors import ConfigError
from dipread.model import Story

FILE = """
[[example]]
text = "Japan and Italy signed a treaty in Tokyo."
must = ["country:JP", "pair:IT-JP"]
must_not = ["country:FR"]

[[example]]
title = "Japan"
text = "Nothing."
must = ["country:IT", "country:JP"]
must_not = ["country:JP"]
"""


def test_an_example_that_fails_says_what_it_lacks_what_it_has_and_what_came(
    knowledge: Knowledge,
) -> None:
    tried = [*examples("mine.toml", FILE, read_toml("mine.toml", FILE))]
    assert [each.line for each in tried] == [2, 7]
    (failed,) = failures(tried, knowledge)
    assert failed.example == tried[1]
    assert failed.lacks == ("country:IT",)
    assert failed.against == ("country:JP",)
    assert {"country:JP", "about:JP"} <= set(failed.came)


@pytest.mark.parametrize(
    "text", ['[[example]]\nmust = ["sector:trade"]\n', '[example]\ntext = "a"\n', "example = 1\n"]
)
def test_what_is_no_example_is_refused_by_its_file(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^mine\.toml: "):
        list(examples("mine.toml", text, read_toml("mine.toml", text)))


def test_labels_are_kinds_and_codes_and_what_a_story_is_about(knowledge: Knowledge) -> None:
    story = Story("", "", "", "Japan signs", "Japan signed.", lang="en")
    found = labels(classify(story, knowledge))
    assert {"country:JP", "about:JP"} <= found.keys()
    assert found["about:JP"] == found["country:JP"]


def test_an_example_may_ask_for_a_role_and_for_what_fills_an_event(knowledge: Knowledge) -> None:
    story = Story("", "", "", "Japan hosts Italy at a state visit", "", lang="en")
    found = {*details(classify(story, knowledge))}
    assert {"country:JP.actor", "event:visit.host=JP", "event:visit.visitor=IT"} <= found
    assert "country:JP" not in found


def test_precision_and_recall_are_shares_of_what_was_given_and_wanted() -> None:
    tally = Tally(right=3, wrong=1, missed=2)
    assert (tally.precision, tally.recall) == (0.75, 0.6)
    assert (Tally().precision, Tally().recall) == (None, None)
    assert (Tally(missed=1).precision, Tally(missed=1).recall) == (None, 0.0)


def test_scores_count_each_label_and_what_was_taken_for_what() -> None:
    scores = Scores()
    scores.add({"sector:trade", "country:JP"}, {"sector:energy"}, {"sector:energy", "country:JP"})
    scores.add({"sector:trade"}, {"country:IT"}, {"country:IT", "sector:trade", "sector:law"})
    assert dict(scores.tallies) == {
        "country:JP": Tally(right=1),
        "sector:energy": Tally(wrong=1),
        "sector:trade": Tally(right=1, missed=1),
        "country:IT": Tally(wrong=1),
    }
    assert dict(scores.confused) == {("sector:energy", "sector:trade"): 1}
    assert scores.total() == Tally(right=2, wrong=2, missed=1)
    assert scores.stories == 2


RECORD = {"title": "", "text": "Japan and Italy signed a treaty in Tokyo.", "lang": "en"}


@pytest.mark.parametrize("key", ["labels", None])
def test_a_labelled_story_is_counted_whole_unless_it_says_what_must_not_come(
    knowledge: Knowledge, key: str | None
) -> None:
    def tallies(given: dict[str, list[str]]) -> dict[str, Tally]:
        scores = Scores()
        record = {**RECORD, key: given} if key else {**RECORD, **given}
        assert scored(record, knowledge, scores)
        return dict(scores.tallies)

    assert tallies({"countries": ["JP", "FR"]}) == {
        "country:JP": Tally(right=1),
        "country:FR": Tally(missed=1),
        "country:IT": Tally(wrong=1),
    }
    assert tallies({"countries": ["JP"], "not_countries": ["FR"]}) == {"country:JP": Tally(right=1)}
    assert tallies({"countries": ["JP"], "not_countries": ["IT"]}) == {
        "country:JP": Tally(right=1),
        "country:IT": Tally(wrong=1),
    }
    assert tallies({"pairs": ["IT-JP"], "about": []}) == {
        "pair:IT-JP": Tally(right=1),
        "about:JP": Tally(wrong=1),
        "about:IT": Tally(wrong=1),
    }


def test_a_story_without_a_label_of_ours_is_left_out(knowledge: Knowledge) -> None:
    scores = Scores()
    assert not scored({**RECORD, "labels": {"topics": ["19"]}}, knowledge, scores)
    assert scores.stories == 0
