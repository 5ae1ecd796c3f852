"""What publishers really changed, taken in edition by edition, with notes made before.

Every story that changed has its revisions and stays one story; every note stands at its words, or is listed
as lost.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dipread.fetch import parse_feed
from dipread.model import FeedId, Story, StoryId
from dipread.model.anchor import quote_of
from dipread.store import Store
from tests.store.conftest import first_word, make_feed

SHARED = Path(os.environ.get("DIPREAD_SHARED", Path(__file__).parents[3] / "shared"))
START = datetime(2026, 8, 13, 6, 0, tzinfo=UTC)


@dataclass
class Count:
    """What a replay came to."""

    stories: int = 0
    changed: int = 0
    revisions: int = 0
    notes: int = 0
    stayed: int = 0
    moved: int = 0
    lost: int = 0


SERIES = {
    "aljazeera": Count(49, 1, 3, 147, 146, 0, 1),
    "banglatribune": Count(152, 92, 231, 456, 431, 0, 25),
    "bbc_world": Count(32, 4, 10, 96, 91, 0, 5),
    "indiatoday": Count(234, 10, 20, 687, 669, 1, 17),
    "mehr": Count(37, 0, 0, 111, 111, 0, 0),
    "nyt": Count(61, 0, 0, 182, 182, 0, 0),
    "nyt_home": Count(33, 0, 0, 98, 98, 0, 0),
}


def shared(*names: str) -> Path:
    path = SHARED.joinpath(*names)
    if not path.exists():
        pytest.skip(f"not there: {path} (set DIPREAD_SHARED)")
    return path


@pytest.fixture
def clocked(path: Path) -> Iterator[tuple[Store, list[datetime]]]:
    clock = [START]
    with Store(path, lambda: clock[0]) as store:
        yield store, clock


def annotate(store: Store, story: StoryId) -> None:
    """The headline's middle words, the text's first, and a note on the whole."""
    detail = store.stories.detail(story)
    assert detail
    for field, text in (("title", detail.story.title), ("text", detail.story.text)):
        words = text.split(" ")
        start = len(" ".join(words[:2])) + 1 if field == "title" and len(words) > 4 else 0
        end = min(len(text), start + 40)
        if start < end:
            quote = quote_of(field, text, start, end)  # type: ignore[arg-type]
            store.annotations.add(story, field, quote, START)
    store.annotations.add(story, "whole", None, START)


def counted(store: Store, delivered: dict[str, list[str]]) -> Count:
    """Check every story and note against what was delivered (by uid, its texts in order), and count them."""
    count = Count()
    lost = store.notes.lost()
    for each in store.stories.find():
        detail = store.stories.detail(StoryId(each))
        assert detail
        texts = delivered[detail.story.uid]
        revisions = store.revisions.of(detail.id)
        assert len(revisions) == len(set(texts))
        assert {f"{r.title}\n{r.text}" for r in revisions} == set(texts)
        assert f"{detail.story.title}\n{detail.story.text}" == texts[-1]
        count.stories += 1
        count.changed += len(revisions) > 1
        count.revisions += len(revisions) if len(revisions) > 1 else 0
        for row in store.notes.rows([note.uuid for note in detail.annotations]):
            note, count.notes = row.annotation, count.notes + 1
            assert row.lost == (note.uuid in lost)
            if row.lost:
                count.lost += 1
                continue
            if note.quote is not None:
                assert row.place is not None
                start, end = row.place
                assert getattr(detail.story, note.quote.field)[start:end] == note.quote.exact
            if note.quote is None or note.quote.start == (row.place or (0,))[0]:
                count.stayed += 1
            else:
                count.moved += 1
    return count


def replay(store: Store, clock: list[datetime], feed: FeedId, editions: list[list[Story]]) -> Count:
    """Deliver edition after edition; each story is annotated as soon as it has come in."""
    delivered: dict[str, list[str]] = defaultdict(list)
    for stories in editions:
        clock[0] += timedelta(hours=1)
        saved = store.ingest.save(feed, stories, first_word, "rules-1")
        for each in saved.fresh:
            text = f"{each.story.title}\n{each.story.text}"
            if each.how == "new":
                delivered[each.story.uid].append(text)
                annotate(store, each.id)
            else:
                detail = store.stories.detail(each.id)
                assert detail
                delivered[detail.story.uid].append(text)
    assert len(store.stories.find()) == len(delivered)
    assert store.catalogue.differences(store) == []
    return counted(store, delivered)


def test_headlines_that_were_changed(clocked: tuple[Store, list[datetime]]) -> None:
    store, clock = clocked
    with shared("data", "items", "headline-changes.jsonl").open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    most = max(len(line["titles"]) for line in lines)

    def edition(number: int) -> list[Story]:
        return [
            Story(
                uid=line["id"],
                guid=line["id"],
                link=line["link"],
                title=line["titles"][min(number, len(line["titles"]) - 1)],
                text=line["summary"],
                published=START,
            )
            for line in lines
        ]

    feed = store.feeds.add(make_feed(), listed=True)
    count = replay(store, clock, feed, [edition(number) for number in range(most)])
    assert count == Count(398, 398, 982, 1147, 755, 7, 385)


@pytest.mark.parametrize(("name", "expected"), SERIES.items())
def test_one_day_of_a_feed(
    clocked: tuple[Store, list[datetime]], name: str, expected: Count
) -> None:
    store, clock = clocked
    folder = shared("data", "feeds")
    paths = sorted(folder.glob(f"hav_{name}_2026-*.xml"))
    assert len(paths) == 7
    editions = [
        list(parse_feed(path.read_bytes(), f"https://{name}.example/feed", "").stories)
        for path in paths
    ]
    feed = store.feeds.add(make_feed(f"https://{name}.example/feed", name), listed=True)
    count = replay(store, clock, feed, editions)
    assert count == expected
