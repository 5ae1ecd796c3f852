"""The rows of the filters: what the stories are about, with counts, and how each value stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from msgspec import Struct, field

from dipread.model import EVERYTHING, And, Facets, Has, Not, Query, Vocabulary
from dipread.query import choice
from dipread.text.folding import fold_name
from dipread.tui.rows.views import Standing, standing_view

KINDS = (
    ("country", "COUNTRIES", 8),
    ("sector", "SECTORS", 6),
    ("event", "EVENTS", 5),
    ("feed", "FEEDS", 5),
)


class Heading(Struct, frozen=True):
    """The name of a kind."""

    name: str


class Value(Struct, frozen=True):
    """One country, sector, event or feed: its count, the greatest of its kind, how it stands."""

    kind: str
    code: str
    label: str
    count: int
    most: int
    choice: Literal["in", "out", ""]
    failing: bool


class Kept(Struct, frozen=True):
    """A saved view, and whether it is what the whole query asks."""

    standing: Standing
    here: bool


class More(Struct, frozen=True):
    """The values of a kind that are not listed."""

    kind: str
    count: int


Row = Heading | Kept | Value | More | None
Named = tuple[str, str]


def named(row: Row) -> Named | None:
    """What a row is about: the kind and code of a value, `view` and the name of a view."""
    if isinstance(row, Kept):
        return "view", row.standing.view.name
    return (row.kind, row.code) if isinstance(row, Value) else None


class Filters(Struct):
    """What the filters show: saved views, and values of these facets, as they stand in this query.

    `opened` are the kinds listed whole; `sought` is a name, in any language, that alone is listed.
    """

    facets: Facets = field(default_factory=Facets)
    query: Query = EVERYTHING
    failing: Collection[str] = ()
    views: Sequence[Standing] = ()
    sought: str = ""
    opened: set[str] = field(default_factory=set)

    @property
    def on(self) -> int:
        """How many values are asked for or left out."""
        return sum(len(chosen(self.query, kind)) for kind, _, _ in KINDS)

    def rows(self, vocabulary: Vocabulary, order: Sequence[Named] = ()) -> Iterator[Row]:
        """The views, then kind by kind, what is chosen first; or in the order of these kinds and codes."""
        places = {each: place for place, each in enumerate(order)}
        views = list(self._views())
        if views:
            yield Heading("VIEWS")
            yield from views
        first = not views
        for kind, name, shown in KINDS:
            values = self._values(kind, vocabulary)
            if not values:
                continue
            if not first:
                yield None
            first = False
            yield Heading(name)
            values.sort(key=lambda value: not value.choice)
            if places:
                values.sort(key=lambda value: places.get((value.kind, value.code), len(places)))
            limit = max(shown, sum(bool(value.choice) for value in values))
            if kind in self.opened or self.sought:
                limit = len(values)
            yield from values[:limit]
            if values[limit:]:
                yield More(kind, len(values) - limit)

    def _views(self) -> Iterator[Kept]:
        here = standing_view(self.query, self.views)
        called = fold_name(self.sought)
        for each in self.views:
            if called in fold_name(each.view.name):
                yield Kept(each, each.view.name == here)

    def _values(self, kind: str, vocabulary: Vocabulary) -> list[Value]:
        counts = dict(self.facets.counts.get(kind, {}))
        for code in chosen(self.query, kind):
            counts.setdefault(code, 0)
        most = max(counts.values(), default=0)
        called = fold_name(self.sought)
        names = vocabulary.codes.get(kind, {}) if called else {}
        found = {code for name, code in names.items() if name.startswith(called)}
        labels = {code: vocabulary.short(kind, code) for code in counts}
        return [
            Value(
                kind,
                code,
                labels[code],
                count,
                most,
                choice(self.query, kind, code),
                kind == "feed" and code in self.failing,
            )
            for code, count in counts.items()
            if not called or code in found or called in fold_name(labels[code])
        ]


def chosen(query: Query, kind: str) -> set[str]:
    """The codes of a kind that a query names, in or out."""
    if isinstance(query, And):
        return {code for each in query.of for code in chosen(each, kind)}
    asked = query.of if isinstance(query, Not) else query
    if isinstance(asked, Has) and asked.field == kind:
        return set(asked.values)
    return set()
