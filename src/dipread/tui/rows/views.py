"""Saved views as they stand: how many stories each gives, and what has newly come into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from dipread.errors import DipreadError
from dipread.model import Has, Query, View
from dipread.store import NONE_FOUND, Found, Store

Parse = Callable[[str], Query]
Change = Callable[[tuple[View, ...]], tuple[View, ...]]


class Standing(Struct, frozen=True, eq=False):  # two lists of stories are not compared in passing
    """A view and its stories; `problem` says why it can't be asked. An alert has `fresh` news until looked at."""

    view: View
    unread: int = 0
    found: Found = field(default_factory=lambda: NONE_FOUND)
    problem: str = ""
    fresh: bool = False


class Arrived(Struct, frozen=True):
    """What newly matches an alert: how many stories, and the headline of the newest."""

    name: str
    count: int
    title: str

    def __str__(self) -> str:
        """One line for the reader."""
        return f"♪ {self.name}: {self.title if self.count == 1 else f'{self.count:,} new'}"


def standings(store: Store, parse: Parse) -> tuple[Standing, ...]:
    """Every view with its stories, counted."""
    views = store.views.all()
    unread = store.stories.find(Has("is", ("unread",))) if views else NONE_FOUND
    return tuple(_standing(store, view, parse, unread) for view in views)


def _standing(store: Store, view: View, parse: Parse, unread: Found) -> Standing:
    try:
        found = store.stories.find(parse(view.query))
    except DipreadError as fault:
        return Standing(view, problem=fault.message)
    return Standing(view, len(found) - found.beyond(unread), found)


def arrivals(
    store: Store, looked: Mapping[View, Found], after: Iterable[Standing]
) -> tuple[Arrived, ...]:
    """What newly matches the alerts among the views; one that was not looked at before has no news."""
    found = []
    for each in after:
        if each.view.alert and each.view in looked:
            new = each.found.without(looked[each.view])
            for row in store.stories.rows(new[:1]):
                found.append(Arrived(each.view.name, len(new), row.title))
    return tuple(found)


# ---------------------------------------------------------------------------------- changes of them


def saved(view: View) -> Change:
    """Keep a view; in the place of the one that has its name, else at the end."""
    return changed(view.name, view)


def changed(name: str, view: View) -> Change:
    """Put a view in the place of another, and of the one that has its new name."""

    def change(views: tuple[View, ...]) -> tuple[View, ...]:
        place = next((i for i, each in enumerate(views) if same(each.name, name)), len(views))
        others = [
            (i, each)
            for i, each in enumerate(views)
            if i != place and not same(each.name, view.name)
        ]
        before = [each for i, each in others if i < place]
        return (*before, view, *(each for i, each in others if i > place))

    return change


def removed(name: str) -> Change:
    """Without a view."""
    return lambda views: tuple(each for each in views if not same(each.name, name))


def moved(name: str, step: int) -> Change:
    """A view further down (1) or up (-1)."""

    def change(views: tuple[View, ...]) -> tuple[View, ...]:
        place = next((i for i, each in enumerate(views) if same(each.name, name)), 0)
        target = place + step
        if not 0 <= target < len(views):
            return views
        order = list(views)
        order.insert(target, order.pop(place))
        return tuple(order)

    return change


def same(one: str, other: str) -> bool:
    """Whether two names are of one view: capitals do not count."""
    return one.casefold() == other.casefold()


def standing_view(query: Query, views: Sequence[Standing]) -> str:
    """The name of the view that the whole query asks; empty when it asks anything else."""
    if not isinstance(query, Has) or query.field != "view" or len(query.values) != 1:
        return ""
    return next((each.view.name for each in views if same(each.view.name, query.values[0])), "")
