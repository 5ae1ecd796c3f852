"""Tags are remade at will; a person's word on them is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from dipread.errors import DipreadError
from dipread.model import Evidence, FeedId, Has, Story, StoryId, Tag
from dipread.store import Store

Tell = Callable[[Story], tuple[Tag, ...]]


def teller(*codes: str) -> Tell:
    """A tagger that finds just these sectors, in the headline."""

    def tag(story: Story) -> tuple[Tag, ...]:
        evidence = (Evidence("title", 0, len(story.title), "rule"),)
        return tuple(Tag("sector", code, 2.0, 0.8, evidence) for code in codes)

    return tag


def codes(store: Store, story: int = 1) -> set[str]:
    detail = store.stories.detail(StoryId(story))
    assert detail is not None
    assert all(tag.evidence for tag in detail.tags)
    return {tag.code for tag in detail.tags}


@pytest.fixture
def trade(store: Store, wire: FeedId, story: Callable[..., Story]) -> StoryId:
    """A story that the rules hold for trade and energy."""
    store.ingest.save(wire, [story("1", "Talks on tariffs")], teller("trade", "energy"), "old")
    return StoryId(1)


def test_a_wrong_tag_goes_and_a_missing_one_comes(store: Store, trade: StoryId) -> None:
    tag = teller("trade", "energy")
    assert store.tagging.judge(trade, "sector", "energy", False, tag, "old").says == "wrong"
    assert store.tagging.judge(trade, "sector", "law", True, tag, "old").says == "missing"
    assert store.tagging.judge(trade, "sector", "trade", True, tag, "old").says == "right"
    assert codes(store) == {"trade", "law"}
    assert store.stories.find(Has("sector", ("law",))).tolist() == [1]
    assert store.stories.find(Has("sector", ("energy",))).tolist() == []


def test_verdicts_survive_new_rules_and_a_changed_story(
    store: Store, wire: FeedId, trade: StoryId, story: Callable[..., Story]
) -> None:
    tag = teller("trade", "energy")
    store.tagging.judge(trade, "sector", "energy", False, tag, "old")
    store.tagging.judge(trade, "sector", "trade", True, tag, "old")
    assert store.retagging.retag_some("old", "new", teller("energy", "law")).anew == 1
    assert codes(store) == {"trade", "law"}  # the rules lost trade, the reader had confirmed it
    store.ingest.save(wire, [story("1", "Talks on tariffs fail")], teller("energy"), "newer")
    assert codes(store) == {"trade"}


def test_the_last_word_counts(store: Store, trade: StoryId) -> None:
    tag = teller("trade")
    store.tagging.judge(trade, "sector", "trade", False, tag, "old")
    assert codes(store) == set()
    store.tagging.judge(trade, "sector", "trade", True, tag, "old")
    assert codes(store) == {"trade"}
    assert [each.says for each in store.tagging.verdicts()] == ["right"]


def test_a_withdrawn_verdict_leaves_what_the_rules_say(store: Store, trade: StoryId) -> None:
    tag = teller("trade")
    store.tagging.judge(trade, "sector", "trade", False, tag, "old")
    store.tagging.judge(trade, "sector", "law", True, tag, "old")
    store.tagging.withdraw(trade, "sector", "trade", tag, "old")
    assert codes(store) == {"trade", "law"}
    assert [each.code for each in store.tagging.verdicts(trade)] == ["law"]
    detail = store.stories.detail(trade)
    assert detail
    assert detail.verdicts == store.tagging.verdicts(trade)
    assert detail.verdict("sector", "trade") is None


def test_judging_a_story_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(DipreadError, match="no story has the number 9"):
        store.tagging.judge(StoryId(9), "sector", "trade", True, teller(), "old")


def test_a_country_the_reader_gives_is_an_actor(store: Store, trade: StoryId) -> None:
    store.tagging.judge(trade, "country", "GE", True, teller("trade"), "old")
    assert store.stories.find(Has("about", ("GE",))).tolist() == [1]
    detail = store.stories.detail(trade)
    assert detail is not None
    added = next(tag for tag in detail.tags if tag.code == "GE")
    assert replace(added, evidence=()) == Tag("country", "GE", 0.0, 1.0, (), "actor", True)
