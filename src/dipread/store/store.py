"""The archive of one reader: a SQLite file, and the rooms in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dipread.model import Query
from dipread.store.annotations import Annotations
from dipread.store.basket import Basket
from dipread.store.catalogue import Catalogue
from dipread.store.connection import Connection, utc_now
from dipread.store.examination import Examination
from dipread.store.feeds import Feeds
from dipread.store.ingest import Ingest
from dipread.store.journal import Journal
from dipread.store.listing import Listing, Relist, no_list
from dipread.store.notes import Notes
from dipread.store.promises import Promises
from dipread.store.removal import Removals
from dipread.store.retagging import Retagging
from dipread.store.revisions import Revisions
from dipread.store.runs import Runs
from dipread.store.states import States
from dipread.store.stories import Stories
from dipread.store.tagging import Tagging
from dipread.store.views import Views

if TYPE_CHECKING:
    from dipread.store.insights import Insights


class Store(Connection):
    """The archive, open for one thread: what is listened to, what came in, what the reader made of it.

    `catalogue` may be shared by the threads of a program; `resolve` spells out what queries refer to;
    `author` is who writes notes; `relist` changes the list of feeds, which is a file.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime] = utc_now,
        catalogue: Catalogue | None = None,
        resolve: Callable[[Query, Views], Query] = lambda query, views: query,
        author: str = "",
        relist: Relist = no_list,
    ) -> None:
        super().__init__(path, now)
        self.catalogue = catalogue or Catalogue()
        self.journal = Journal(self, author)
        self.views = Views(self, self.journal)
        self.examination = Examination(self, self.catalogue)
        self.feeds = Feeds(self)
        self.runs = Runs(self)
        self.removals = Removals(self)
        self.listing = Listing(self.feeds, self.removals, self.journal, relist)
        self._resolve = resolve
        self.annotations = Annotations(self, self.journal)
        self.notes = Notes(self)
        self.revisions = Revisions(self)
        self.basket = Basket(self, self.journal)
        self.promises = Promises(self, self.journal)
        self.tagging = Tagging(self, self.journal)
        self.stories = Stories(
            self,
            self.catalogue,
            lambda query: resolve(query, self.views),
            self.annotations,
            self.tagging,
        )
        self.states = States(self, self.catalogue, self.journal)
        self.ingest = Ingest(self, self.tagging)
        self.retagging = Retagging(self, self.tagging)

    @cached_property
    def insights(self) -> Insights:
        """The counts for charts; few programs draw any."""
        from dipread.store.insights import Insights

        return Insights(self, self.catalogue, lambda query: self._resolve(query, self.views))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
