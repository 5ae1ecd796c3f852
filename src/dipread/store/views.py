"""Saved queries, in the order the reader gave them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from dipread.errors import DipreadError
from dipread.model import View
from dipread.store.connection import Connection
from dipread.store.journal import Change, Journal


class Views:
    """What a reader asks again and again, by name."""

    def __init__(self, archive: Connection, journal: Journal) -> None:
        self._archive = archive
        self._journal = journal
        journal.keepers["views"] = self._put

    def all(self) -> tuple[View, ...]:
        """Every view, in order."""
        rows = self._archive.rows("SELECT name, query, alert FROM views ORDER BY place, name")
        return tuple(View(name, query, bool(alert)) for name, query, alert in rows)

    def save(self, *views: View) -> None:
        """Keep views; one of the same name, whatever its capitals, is replaced where it stands."""
        kept = {each.name.casefold(): each for each in self.all()}
        kept.update((view.name.casefold(), view) for view in views)
        self.keep(tuple(kept.values()), f"view {', '.join(each.name for each in views)} saved")

    def keep(self, views: Sequence[View], what: str = "views changed") -> None:
        """Keep these views in this order, and no others; `what` says what that is, in words."""
        with self._archive.transaction():
            before, after = ([asdict(each) for each in some] for some in (self.all(), views))
            if before != after:
                self._journal.write(what, Change("views", "", before, after))

    def _put(self, change: Change) -> None:
        connection = self._archive.connection
        connection.execute("DELETE FROM views")
        connection.executemany(
            "INSERT INTO views (name, query, alert, place) VALUES (:name, :query, :alert, :place)",
            [{**view, "place": place} for place, view in enumerate(change.after, start=1)],
        )

    def remove(self, name: str) -> View:
        """Forget a view; what it was. Raises DipreadError when there is none of the name."""
        views = self.all()
        found = next((each for each in views if each.name.casefold() == name.casefold()), None)
        if found is None:
            raise DipreadError(f"no view is called '{name}'", "See: dipread views list")
        self.keep(tuple(each for each in views if each is not found), f"view {found.name} removed")
        return found

    def order(self, names: Sequence[str]) -> None:
        """Put these views first, in this order; the others follow as they were."""
        places = {name.casefold(): place for place, name in enumerate(names)}
        self.keep(
            sorted(self.all(), key=lambda each: places.get(each.name.casefold(), len(places)))
        )
