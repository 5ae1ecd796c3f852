"""Where a story of the brief stands in the archive, and that a brief is the same whenever it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.export import Precedent
from dipread.library.bearings import beginning, others, precedents
from dipread.library.briefing import brief_of
from dipread.model import EVERYTHING, Evidence, Feed, Receipt, Story, StoryDetail, Tag, Vocabulary
from dipread.store import Store
from tests.hostile_words import hostile_words

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 18, 6, 30, tzinfo=UTC)
FEED = Feed("https://wire.example/rss", "Wire", "Wire Ltd", "FR", "wire", "fr", "World press", 30)
VOCABULARY = Vocabulary({"event": {"visit": "visit"}, "pair": {"IT-JP": "Italy–Japan"}}, {})


def tags(story: Story) -> tuple[Tag, ...]:
    """The words of the headline: the pair, then events; after `also` the brief is told of a promise."""
    pair, *events = story.title.split(" ")
    proof = (Evidence("title", 0, 1, "words"),)
    made = [Tag("event", each, 1.0, 0.9, proof) for each in events if each != "promise"]
    if "promise" in events:
        made.append(Tag("commitment", "political.IT-JP", 1.0, 0.9, proof))
    return (Tag("pair", pair, 1.0, 0.9, proof), *made)


class Archive:
    """Stories put in by pair, events and how many days ago."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path, lambda: NOW)
        self._feed = self.store.feeds.add(FEED, listed=True)
        self._count = 0

    def put(self, title: str, ago: float, text: str = "") -> StoryDetail:
        self._count += 1
        uid = f"u{self._count}"
        story = Story(
            uid, uid, f"https://wire.example/{uid}", title, text, NOW - ago * DAY, lang="en"
        )
        fresh = self.store.ingest.save(self._feed, [story], tags, "rules").fresh
        self.store.stories.keep_catalogue()
        detail = self.store.stories.detail(fresh[0].id)
        assert detail is not None
        return detail

    def brief(self) -> str:
        receipt = Receipt("all", "rules", 0)
        return brief_of(self.store, VOCABULARY, EVERYTHING, receipt, NOW, ("24h", DAY))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = Archive(tmp_path / "dipread.db")
    yield made
    made.store.close()


def test_an_event_is_new_when_the_pair_had_none_for_a_month(archive: Archive) -> None:
    old = archive.put("IT-JP visit", 90)
    archive.put("DE-FR visit agreement", 40)
    archive.put("IT-JP talks", 20)
    now = archive.put("IT-JP visit agreement", 1)
    assert precedents(archive.store, now) == (
        Precedent("IT-JP", "agreement", None),
        Precedent("IT-JP", "visit", old.when),
    )
    assert precedents(archive.store, archive.put("IT-JP talks", 0.5)) == ()
    assert beginning(archive.store, NOW) == old.when
    assert beginning(archive.store, NOW - 100 * DAY) is None


def test_others_report_the_same_within_two_days_and_not_after_the_cutoff(archive: Archive) -> None:
    archive.put("IT-JP visit", 9)
    archive.put("DE-FR visit", 1)
    archive.put("IT-JP agreement", 1)
    same = archive.put("IT-JP visit summit", 2)
    archive.put("IT-JP visit", 0.2)
    now = archive.put("IT-JP visit", 1)
    assert others(archive.store, now, NOW - 0.5 * DAY) == (same,)


def test_the_brief_tells_what_is_new_and_who_else_reports_it(archive: Archive) -> None:
    archive.put("IT-JP visit", 90)
    archive.put("IT-JP visit summit promise", 1.5)
    archive.put("IT-JP visit agreement", 1)
    brief = archive.brief()
    assert (
        "New against the archive:** first “visit” of IT-JP since 20 Aug 2026; first “agreement”"
        in (brief)
    )
    assert "in the archive, which begins 20 Aug 2026." in brief
    assert "promises: 1 political." in brief
    assert "Others also report:** IT-JP visit summit promise [\\[2\\]]" in brief
    assert "(adds: summit)" in brief
    assert "first seen 18 Nov" in brief or "first seen" in brief


@settings(max_examples=15)
@given(
    titles=st.lists(
        st.sampled_from(["IT-JP visit", "IT-JP visit summit", "DE-FR talks promise", "CN-US x"]),
        min_size=1,
        max_size=5,
    ),
    texts=st.lists(hostile_words, min_size=5, max_size=5),
    notes=st.lists(hostile_words.filter(bool), max_size=3),
)
def test_the_same_archive_and_moment_give_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str], texts: list[str], notes: list[str]
) -> None:
    path = tmp_path_factory.mktemp("brief") / "dipread.db"
    archive = Archive(path)
    put = [archive.put(each, number, texts[number]) for number, each in enumerate(titles)]
    for note in notes:
        archive.store.annotations.add(put[0].id, note, None, NOW, type="question", due=NOW.date())
    first = archive.brief().encode()
    assert archive.brief().encode() == first
    archive.store.close()
    again = Archive(path)
    assert again.brief().encode() == first
    again.store.close()
