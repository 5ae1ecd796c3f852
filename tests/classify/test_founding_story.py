"""The story that dipread was made for, and one like it in other words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from dipread.classify import Knowledge, classify
from dipread.model import Story, Tag


def codes(tags: tuple[Tag, ...], kind: str) -> set[str]:
    return {tag.code for tag in tags if tag.kind == kind}


def one(tags: tuple[Tag, ...], kind: str, code: str) -> Tag:
    return next(tag for tag in tags if (tag.kind, tag.code) == (kind, code))


def test_the_founding_story_earns_every_tag_it_must(
    shared: Path, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    title, _, *rest = (shared / "seed" / "article.txt").read_text(encoding="utf-8").split("\n")
    gold = json.loads((shared / "seed" / "gold.json").read_text(encoding="utf-8"))
    tags = classify(story("\n".join(rest), title), knowledge)
    assert codes(tags, "country") == {"JP", "IT"}
    assert {one(tags, "country", code).role for code in ("JP", "IT")} == {"actor"}
    assert codes(tags, "pair") == {"IT-JP"}
    assert "g7" in codes(tags, "forum")
    assert codes(tags, "person") == {"Sanae Takaichi", "Giorgia Meloni"}
    assert {"anniversary", "visit", "agreement"} <= codes(tags, "event")
    assert one(tags, "event", "anniversary").slots == (("years", "160"),)
    assert one(tags, "event", "visit").slots == (("host", "JP"), ("visitor", "IT"))
    tiers = {
        tier: {each["id"] for each in gold["sectors"] if each["tier"] == tier}
        for tier in ("primary", "secondary")
    }
    assert tiers["primary"] <= codes(tags, "sector")
    assert len(tiers["secondary"] & codes(tags, "sector")) >= 7
    assert not set(gold["not_sectors"]) & codes(tags, "sector")
    assert not set(gold["not_events"]) & codes(tags, "event")


def test_the_founding_story_s_promises_are_quoted_word_for_word(
    shared: Path, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    title, _, *rest = (shared / "seed" / "article.txt").read_text(encoding="utf-8").split("\n")
    gold = json.loads((shared / "seed" / "gold.json").read_text(encoding="utf-8"))
    made = story("\n".join(rest), title)
    quotes = {
        made.text[each.start : each.end]: tag
        for tag in classify(made, knowledge)
        if tag.kind == "commitment"
        for each in tag.evidence
    }
    for promise in gold["commitments"]:
        found = [tag for quote, tag in quotes.items() if promise["quote"] in quote]
        assert len(found) == 1, promise["id"]
        assert dict(found[0].slots) == {"grade": promise["grade"], "parties": "IT JP"}


def test_a_promise_taken_back_is_none(knowledge: Knowledge, story: Callable[..., Story]) -> None:
    tags = classify(story("France has not agreed to pay for a new border post."), knowledge)
    assert not codes(tags, "commitment")


FOUNDING_LIKE = (
    "Prime Minister Sanae Takaichi hosted Italy's premier Georgia Meloni in Tokyo to celebrate 160 years of "
    "diplomatic relations between Japan and Italy. The two leaders agreed on a programme of political "
    "coordination and promised resilient supply chains, citing critical minerals. They recalled their work in "
    "the G7, and praised academic partnerships and cultural exchanges."
)


def test_a_story_like_the_founding_one_is_about_two_countries_and_their_leaders(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(story(FOUNDING_LIKE, "Tokyo and Rome look back on 160 years"), knowledge)
    assert codes(tags, "country") == {"JP", "IT"}
    assert codes(tags, "pair") == {"IT-JP"}
    assert codes(tags, "forum") == {"g7"}
    assert codes(tags, "person") == {"Sanae Takaichi", "Giorgia Meloni"}
    assert {"anniversary", "visit", "agreement"} <= codes(tags, "event")
    assert {"politics", "supply_chain", "minerals", "education", "culture"} <= codes(tags, "sector")


def test_a_misspelt_leader_is_tagged_by_her_own_name_with_the_words_as_printed(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    made = story(FOUNDING_LIKE)
    tag = one(classify(made, knowledge), "person", "Giorgia Meloni")
    words = [getattr(made, each.field)[each.start : each.end] for each in tag.evidence]
    assert words == ["Georgia Meloni"]
    assert tag.evidence[0].rule == "person.giorgia-meloni.misspelling"
    assert tag.slots == (("of", "IT"),)
