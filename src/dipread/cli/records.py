"""Nouns as JSON objects, for every command that prints them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec.structs import asdict

from dipread.model import FeedHealth, Story, StoryRow
from dipread.store import Found, Store

PAGE = 500


def instant(moment: datetime | None) -> str | None:
    """A datetime of UTC as RFC 3339, to the second.

    >>> instant(datetime(99, 12, 31, 23, 0, 1, 5))
    '0099-12-31T23:00:01Z'
    """
    return (
        None if moment is None else f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    )


def story_record(story: Story) -> dict[str, Any]:
    """A story as `dipread parse` prints it."""
    return {
        "uid": story.uid,
        "guid": story.guid,
        "link": story.link,
        "title": story.title,
        "text": story.text,
        "published": instant(story.published),
        "published_raw": story.published_raw,
        "lang": story.lang,
        "authors": list(story.authors),
        "categories": list(story.categories),
        "media": list(story.media),
    }


def row_record(row: StoryRow) -> dict[str, Any]:
    """A row of the list as `dipread list` prints it."""
    return {**asdict(row), "when": instant(row.when)}


def health_record(health: FeedHealth) -> dict[str, Any]:
    """A feed and how it fares."""
    return {
        **asdict(health.feed),
        "state": health.state,
        "stories": health.stories,
        "last_fetched": instant(health.last_fetched),
        "last_good": instant(health.last_good),
        "failures": health.failures,
        "problem": health.problem,
        "failing_since": instant(health.failing_since),
        "held_until": instant(health.held_until),
        "newest": instant(health.newest),
        "usual_gap_hours": health.usual_gap.total_seconds() / 3_600 if health.usual_gap else None,
        "moved_to": health.moved_to,
    }


def rows_of(store: Store, found: Found) -> Iterator[StoryRow]:
    """The rows of all stories found, read some at a time."""
    for at in range(0, len(found), PAGE):
        yield from store.stories.rows(found[at : at + PAGE])
