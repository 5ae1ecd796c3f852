"""Sectors and events from weighted terms: what one word may decide, and what others must confirm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipread.classify import Knowledge, classify
from dipread.model import Story


def codes(story: Story, knowledge: Knowledge) -> set[str]:
    return {f"{tag.kind}:{tag.code}" for tag in classify(story, knowledge)}


@pytest.mark.parametrize(
    ("title", "code", "given"),
    [
        ("Attack", "event:hostilities", False),
        ("Attack near the border of Mali", "event:hostilities", True),
        ("NATO answers attack", "event:hostilities", True),
        ("Attack broken off after ceasefire", "event:hostilities", True),
        ("The election that nobody noticed", "sector:politics", False),
        ("The election that nobody in Peru noticed", "sector:politics", True),
        ("Foreign ministry doubts election", "sector:politics", True),
        ("Attack falters as Mali lose cricket test", "event:hostilities", False),
        ("Vladimir Putin speaks of attack at cricket test", "event:hostilities", True),
    ],
)
def test_what_a_term_presumes_others_confirm_or_withdraw(
    title: str, code: str, given: bool, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    assert (code in codes(story("", title), knowledge)) == given


def test_a_medium_term_of_the_title_must_come_again_in_a_long_story(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    filler = "Nothing else of note was said on that day by anyone at all. " * 12
    title = "A museum for the village"
    assert "sector:culture" not in codes(story(filler, title), knowledge)
    assert "sector:culture" in codes(story(f"{filler} The museum is small.", title), knowledge)


def test_the_deal_and_the_attack_of_a_sport_story_are_held_back_and_named(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    made = story(
        "The striker scored twice in the second half of the cup final against Spain, and the coach "
        "praised his attack before he signed a deal.",
        "Italy win the cup final",
    )
    tags = classify(made, knowledge)
    gate = next(tag for tag in tags if (tag.kind, tag.code) == ("gate", "sport"))
    assert "agreement" in dict(gate.slots)["held"].split()
    assert not {tag.code for tag in tags if tag.kind == "event"}


def test_two_teams_make_no_pair_and_the_gate_says_so(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(
        story("Australia beat India by four wickets in the cricket test.", "Australia beat India"),
        knowledge,
    )
    assert not {tag.code for tag in tags if tag.kind == "pair"}
    gate = next(tag for tag in tags if (tag.kind, tag.code) == ("gate", "sport"))
    assert "AU-IN" in dict(gate.slots)["held"].split()
