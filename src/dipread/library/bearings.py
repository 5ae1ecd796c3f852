"""Where a story stands in the archive: when the like of it was last reported, and who else reports it now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dipread.export import Precedent
from dipread.model import And, Has, Query, StoryDetail, StoryId
from dipread.store import Store

NEAR = timedelta(days=2)
"""So far apart may reports of one happening be."""
RARE = timedelta(days=30)
"""What was reported within this time before is nothing new."""
MOST_EVENTS = 2
MOST_OTHERS = 3


def precedents(store: Store, detail: StoryDetail) -> tuple[Precedent, ...]:
    """Each event of the story's first pair that the archive holds no other of for a month, with the last one."""
    found = []
    for pair in _codes(detail, "pair")[:1]:
        for event in _codes(detail, "event")[:MOST_EVENTS]:
            asked = _happened(pair, event, None, detail.when - NEAR)
            earlier = store.stories.rows(store.stories.find(asked, 1)[:1])
            last = earlier[0].when if earlier else None
            if last is None or last < detail.when - RARE:
                found.append(Precedent(pair, event, last))
    return tuple(found)


def others(store: Store, detail: StoryDetail, cutoff: datetime) -> tuple[StoryDetail, ...]:
    """Other stories of the same days, up to the cutoff, with an event of the same pair: the newest few."""
    found: dict[StoryId, StoryDetail] = {}
    for pair in _codes(detail, "pair")[:1]:
        for event in _codes(detail, "event"):
            last = min(detail.when + NEAR, cutoff)
            for each in store.stories.details(_happened(pair, event, detail.when - NEAR, last)):
                if each.id != detail.id and each.when <= cutoff:
                    found[each.id] = each
    newest = sorted(found.values(), key=lambda each: (each.when, each.id), reverse=True)
    return tuple(newest[:MOST_OTHERS])


def beginning(store: Store, cutoff: datetime) -> datetime | None:
    """When the oldest story of the archive was published; None when it holds none before the cutoff."""
    found = store.stories.find(Has("until", (_moment(cutoff),)))
    rows = store.stories.rows(found[-1:])
    return rows[0].when if rows else None


def _happened(pair: str, event: str, start: datetime | None, end: datetime) -> Query:
    parts = [Has("pair", (pair,)), Has("event", (event,)), Has("until", (_moment(end),))]
    return And((*parts, *([Has("since", (_moment(start),))] if start else [])))


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M}"


def _codes(detail: StoryDetail, kind: str) -> Sequence[str]:
    return list(dict.fromkeys(tag.code for tag in detail.tags if tag.kind == kind))
