"""Which of its countries a story is about."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from dipread.classify import Knowledge, classify, compile_knowledge
from dipread.classify.about import SIGNALS
from dipread.data import read
from dipread.errors import ConfigError
from dipread.model import Story

REST = " Officials gave no figures, and the work is to take a year or more." * 6


@pytest.mark.parametrize(
    ("title", "text", "about"),
    [
        ("Rice harvest fails", "HANOI, May 3 (Reuters) - Vietnam lost half its rice.", {"VN"}),
        (
            "Ministers fly home",
            "Peru and Chile ended their talks." + REST + " A firm in Norway sells the masts.",
            {"PE", "CL"},
        ),
        (
            "Wheat sales rise",
            "Traders named the buyers. They were Egypt, Kenya, Nepal and Malta." + REST,
            {"EG", "KE", "NP", "MT"},
        ),
        ("Kenya Airways Plc cuts staff", "KIGALI - Rwanda loses a daily flight." + REST, {"RW"}),
    ],
)
def test_a_story_is_about_the_countries_that_its_words_put_first(
    title: str, text: str, about: set[str], knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(story(text, title), knowledge)
    assert {tag.code for tag in tags if tag.about} == about


def test_a_story_that_names_countries_is_about_one_at_least(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    text = "The fair opened." + REST + " A stand came from Oslo and one from Lima." + REST
    assert any(tag.about for tag in classify(story(text), knowledge))


def test_every_signal_has_its_points() -> None:
    assert set(tomllib.loads(read("countries.toml"))["about"]["points"]) == set(SIGNALS)


def test_a_signal_without_points_is_a_fault_that_names_the_signal(files: dict[str, str]) -> None:
    broken = files["countries.toml"].replace("\nalone = ", "\nalno = ")
    with pytest.raises(ConfigError, match=r"countries.toml: rule about.points: alone"):
        compile_knowledge({**files, "countries.toml": broken})


def test_what_was_remembered_makes_no_other_knowledge(knowledge: Knowledge) -> None:
    fresh = replace(knowledge.prominence)
    text = (
        "Ministers met. They talked. " + "The weather was mild in the hills. " * 4 + "France waits."
    )
    classify(Story("u", "", "", "Talks", text, lang="en"), knowledge)
    assert knowledge.prominence._once
    assert knowledge.prominence == fresh
