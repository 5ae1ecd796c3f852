"""The basket as it is read: below the reader's own headings, else by pair and sector; and the brief of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from dipread.export import BriefInput, BriefItem, brief_document, due_soon
from dipread.library.bearings import beginning, others, precedents
from dipread.model import (
    Annotation,
    Item,
    NoteFilter,
    Query,
    Receipt,
    StoryDetail,
    StoryId,
    Vocabulary,
)
from dipread.store import Store


class Placed(Struct, frozen=True):
    """A thing of the basket with its story, its quote if it is one, and the heading it stands below."""

    item: Item
    detail: StoryDetail
    note: Annotation | None
    heading: str


def placed(store: Store, vocabulary: Vocabulary) -> list[Placed]:
    """Everything in the basket, heading by heading; what was given a place by hand keeps to that order."""
    found = []
    for item in store.basket.items():
        detail = store.stories.detail(item.story)
        if detail is None:
            continue
        note = next((each for each in detail.annotations if each.uuid == item.note), None)
        if item.note and note is None:
            continue  # a quote that was deleted: undo may bring it back
        found.append(
            Placed(item, detail, note, item.heading or natural_heading(detail, vocabulary))
        )
    return in_order(found)


def in_order(items: Sequence[Placed]) -> list[Placed]:
    """By hand if an order was given, else the headings by their names and each by time, newest first."""
    first: dict[str, int] = {}
    if any(each.item.place for each in items):
        for number, each in enumerate(items):
            first.setdefault(each.heading, number)
        return sorted(items, key=lambda each: first[each.heading])
    return sorted(items, key=lambda each: (each.heading == WITHOUT, each.heading))


WITHOUT = "Others"


def natural_heading(detail: StoryDetail, vocabulary: Vocabulary) -> str:
    """The pair and the sector that a story is most about."""
    first = {tag.kind: tag.code for tag in reversed(detail.tags)}
    parts = [vocabulary.label(kind, first[kind]) for kind in ("pair", "sector") if kind in first]
    return " · ".join(parts) or WITHOUT


def moved(items: Sequence[Placed], at: int, step: int) -> list[Placed]:
    """With one thing further up or down; over the edge of its heading it goes below the next one."""
    order = list(items)
    target = at + step
    if not 0 <= target < len(order):
        return order
    one, other = order[at], order[target]
    if one.heading != other.heading:
        order[at] = headed(one, other.heading)
    else:
        order[at], order[target] = other, one
    return order


def headed(one: Placed, heading: str) -> Placed:
    """Below another heading; below its own again when that is empty."""
    return replace(one, heading=heading, item=replace(one.item, heading=heading))


def numbered(items: Sequence[Placed]) -> tuple[Item, ...]:
    """The things of the basket with the places they have in this order."""
    return tuple(replace(each.item, place=place) for place, each in enumerate(items, start=1))


# ---------------------------------------------------------------------------------------- the brief


def brief_of(
    store: Store,
    vocabulary: Vocabulary,
    query: Query | None,
    receipt: Receipt,
    cutoff: datetime,
    window: tuple[str, timedelta],
) -> str:
    """The brief of the basket, or of a query, as it stands at a moment. `window` is its name and how far back
    it looks for what was read and for feeds that failed.
    """
    name, back = window
    things = placed(store, vocabulary) if query is None else _asked(store, vocabulary, query)
    failed = store.runs.failed(cutoff - back, cutoff)
    given = BriefInput(
        items=[_placed_in_archive(store, each, cutoff) for each in _together(things)],
        receipt=replace(receipt, failed=tuple(failed)),
        cutoff=cutoff,
        window=name,
        read=store.stories.fetched_between(cutoff - back, cutoff),
        due=due_soon(_due(store, cutoff), cutoff),
        kept=store.promises.kept(),
        archive_from=beginning(store, cutoff),
    )
    return brief_document(given, vocabulary)


def _asked(store: Store, vocabulary: Vocabulary, query: Query) -> list[Placed]:
    found = [
        Placed(Item(each.id), each, None, natural_heading(each, vocabulary))
        for each in store.stories.details(query)
    ]
    return in_order(found)


def _together(things: Iterable[Placed]) -> list[BriefItem]:
    """One thing a story below each heading, with the quotes chosen from it."""
    found: dict[tuple[str, StoryId], BriefItem] = {}
    for each in things:
        item = found.setdefault(
            (each.heading, each.detail.id), BriefItem(each.heading, each.detail)
        )
        if each.note is not None:
            found[each.heading, each.detail.id] = replace(item, quotes=(*item.quotes, each.note))
    return list(found.values())


def _placed_in_archive(store: Store, item: BriefItem, cutoff: datetime) -> BriefItem:
    return replace(
        item,
        precedents=precedents(store, item.detail),
        others=others(store, item.detail, cutoff),
    )


def _due(store: Store, cutoff: datetime) -> Iterable[tuple[Annotation, StoryDetail]]:
    asked = NoteFilter(due=cutoff.date() + timedelta(days=7), open=True)
    for row in store.notes.rows(store.notes.find(asked)):
        detail = store.stories.detail(row.annotation.story)
        if detail is not None:
            yield row.annotation, detail
