"""The archive under other rules: previewed, then tagged anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from dipread.classify import classify
from dipread.model import Feed, Story, StoryId
from dipread.rules.retagging import Edit, last_rules, preview, retag, stale
from dipread.rules.rulebook import Rulebook
from dipread.store import Retagged, Store

LOBSTERS = '[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["lobster quota"]\n'
LEVY = '[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["zebra levy"]\n'
NO_LEVY = '[[sector]]\nid = "trade"\nremove = ["zebra levy"]\n'
PLAIN = Rulebook({"levy.toml": LEVY})
MORE = PLAIN.with_file("mine.toml", LOBSTERS)
LESS = PLAIN.with_file("mine.toml", NO_LEVY)
OTHER = PLAIN.with_file("mine.toml", NO_LEVY + LOBSTERS.replace("trade", "agriculture"))
TEXTS = [
    "Envoys argued over the lobster quota.",
    "The prime minister of Japan spoke about a zebra levy.",
    "Nothing else happened in Lisbon.",
    "They raised the lobster quota and the zebra levy.",
]


@pytest.fixture
def store(tmp_path: Path, now: Callable[[], datetime]) -> Iterator[Store]:
    """Four stories, tagged by the shipped rules."""
    with Store(tmp_path / "dipread.db", now) as store:
        feed = store.feeds.add(Feed("https://a.example/", "A", "A", "INT", "press", "en", "G"))
        store.retagging.remember(PLAIN.knowledge.hash, PLAIN.edition, PLAIN.own)
        stories = [
            Story(str(number), "", f"https://a.example/{number}", f"Story {number}", text, lang="en")
            for number, text in enumerate(TEXTS, 1)
        ]  # fmt: skip
        for each in stories:
            store.ingest.save(feed, [each], tagger(PLAIN), PLAIN.knowledge.hash)
        yield store


def tagger(rules: Rulebook) -> Callable[[Story], tuple[object, ...]]:
    return lambda story: classify(story, rules.knowledge)


def labels(store: Store, number: int) -> set[str]:
    return {f"{tag.kind}:{tag.code}" for tag in store.retagging.tags([StoryId(number)])[number]}


def test_a_preview_tells_what_stories_gain_and_lose_with_the_words(store: Store) -> None:
    before = [labels(store, each) for each in range(1, 5)]
    ((looked, edits),) = [(each.stories, each.edits) for each in preview(store, PLAIN, MORE)]
    assert looked == 4
    assert edits == (Edit(StoryId(1), "Story 1", "sector:trade", "gains", ("lobster quota",)),)
    (lost,) = preview(store, PLAIN, LESS)
    assert {(each.story, each.label, each.does, each.words) for each in lost.edits} == {
        (2, "sector:trade", "loses", ("zebra levy",)),
        (4, "sector:trade", "loses", ("zebra levy",)),
    }
    assert [labels(store, each) for each in range(1, 5)] == before
    assert store.retagging.counts() == {PLAIN.knowledge.hash: 4}


def test_a_preview_names_the_verdicts_it_contradicts(store: Store) -> None:
    def judge(story: int, holds: bool) -> None:
        store.tagging.judge(
            StoryId(story), "sector", "trade", holds, tagger(PLAIN), PLAIN.knowledge.hash
        )

    judge(1, False)
    judge(2, True)
    found = {}
    for rules in (MORE, LESS):
        (looked,) = preview(store, PLAIN, rules)
        found |= {
            (each.story, each.does): each.against and each.against.says for each in looked.edits
        }
    assert found == {(1, "gains"): "wrong", (2, "loses"): "right", (4, "loses"): None}


def test_a_preview_looks_at_the_newest_stories_only_when_so_asked(store: Store) -> None:
    looked = list(preview(store, PLAIN, MORE, most=2))
    assert [each.stories for each in looked] == [2]
    assert looked[0].edits == ()


def test_only_the_stories_that_a_change_touches_are_tagged_anew(store: Store) -> None:
    assert stale(store, MORE) == 4
    assert list(retag(store, MORE)) == [Retagged(4, 2)]
    assert stale(store, MORE) == 0
    assert "sector:trade" in labels(store, 1)
    assert list(retag(store, MORE)) == []
    assert list(retag(store, PLAIN)) == [Retagged(4, 2)]
    assert "sector:trade" not in labels(store, 1)
    assert last_rules(store, PLAIN) is not None


@pytest.mark.parametrize("edition", ["", "another"])
def test_all_are_tagged_anew_when_the_rules_before_are_unknown_or_of_another_edition(
    store: Store, edition: str
) -> None:
    with store.transaction() as connection:
        connection.execute("DELETE FROM rules")
    if edition:
        store.retagging.remember(PLAIN.knowledge.hash, edition, PLAIN.own)
    assert last_rules(store, MORE) is None
    assert list(retag(store, MORE)) == [Retagged(4, 4)]


def test_rules_kept_with_a_fault_are_no_reason_to_stop(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute('UPDATE rules SET own = \'{"mine.toml": "[[sektor]]"}\'')
    assert list(retag(store, MORE)) == [Retagged(4, 4)]


def test_narrowed_retagging_leaves_the_archive_as_a_whole_one_would(store: Store) -> None:
    list(retag(store, OTHER))
    narrow = store.retagging.tags([StoryId(each) for each in range(1, 5)])
    with store.transaction() as connection:
        connection.execute("UPDATE stories SET rules = ''")
    assert list(retag(store, OTHER)) == [Retagged(4, 4)]
    whole = store.retagging.tags([StoryId(each) for each in range(1, 5)])
    assert narrow == whole


def test_a_readers_word_outlasts_every_change_of_the_rules(store: Store) -> None:
    for code, holds in (("trade", False), ("law", True)):
        store.tagging.judge(
            StoryId(1), "sector", code, holds, tagger(PLAIN), PLAIN.knowledge.hash
        )  # fmt: skip
    list(retag(store, MORE))
    assert {each for each in labels(store, 1) if each.startswith("sector")} == {"sector:law"}
