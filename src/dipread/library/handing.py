"""What is handed over: exports and the brief, with a receipt of what they were made from.

Who only reads waits for no room that fetches, tags or exports: those are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dipread.config import clear_unfinished, read_flavour
from dipread.library.reading import Reading
from dipread.model import Exported, ExportPlan, Has, Query, Receipt, StoryId
from dipread.query import print_query
from dipread.store import Store

if TYPE_CHECKING:
    from dipread.export import Bundle, Document, Flavour


class Handing(Reading):
    """The exports of a library."""

    def export(
        self,
        query: Query,
        folder: Path,
        store: Store,
        now: datetime,
        plan: ExportPlan | None = None,
        *,
        only: StoryId | None = None,
        dry: bool = False,
    ) -> Iterator[Exported]:
        """Write the stories that match into `folder` as Markdown; `dry` only tells what would be written.

        Or `only` one story, whatever the query.

        Raises DipreadError when it can't be written to, ConfigError when the flavour can't be used.
        """
        from dipread.export import write_document

        plan = plan or ExportPlan()
        if not dry:
            clear_unfinished(folder, now)
        for bundle, made in self._documents(query, store, now, plan, only):
            yield write_document(bundle, made, folder, now, dry=dry)

    def export_texts(
        self, query: Query, store: Store, now: datetime, plan: ExportPlan
    ) -> list[str]:
        """The same as texts without any mark of ours, one for each file there would be."""
        return [
            made.front + "\n".join(block.text for block in made.blocks)
            for _, made in self._documents(query, store, now, plan)
        ]

    def _documents(
        self,
        query: Query,
        store: Store,
        now: datetime,
        plan: ExportPlan,
        only: StoryId | None = None,
    ) -> Iterator[tuple[Bundle, Document]]:
        from dipread.export import bundles, document

        one = store.stories.detail(only) if only is not None else None
        details = store.stories.details(query) if one is None else iter((one,))
        flavour = self.flavour(plan.flavour)
        receipt = self.receipt(query, store)
        kept = store.promises.kept()
        for bundle in bundles(details, plan.group, self.vocabulary):
            yield bundle, document(bundle, flavour, plan, receipt, self.vocabulary, now, kept)

    def brief(
        self, store: Store, query: Query | None, cutoff: datetime, window: tuple[str, timedelta]
    ) -> str:
        """The press review of the basket, or of a query, as it stands at a moment."""
        from dipread.library.briefing import brief_of

        receipt = self.receipt(Has("is", ("brief",)) if query is None else query, store)
        return brief_of(store, self.vocabulary, query, receipt, cutoff, window)

    def write_brief(self, store: Store, cutoff: datetime, folder: Path) -> str:
        """Write the brief of the basket into a folder, beside any that is there; its path. Raises DipreadError."""
        from dipread.export import Block, Bundle, Document, write_document

        text = self.brief(store, None, cutoff, ("24h", timedelta(days=1)))
        end = text.index("\n---\n", 4) + len("\n---\n")
        name = f"brief-{cutoff:%Y-%m-%d}"
        made = Document(text[:end], [Block(name, text[end:].lstrip("\n"))])
        return write_document(Bundle(name, name, []), made, folder.expanduser(), cutoff).path

    def flavour(self, name: str) -> Flavour:
        """A flavour of Markdown, the reader's own or a shipped one; raises ConfigError."""
        from dipread.export import parse_flavour

        return parse_flavour(*read_flavour(self.config.paths, name))

    def receipt(self, query: Query, store: Store) -> Receipt:
        """What an export of these stories is made from."""
        found = store.stories.find(query)
        times = [row.when for row in store.stories.rows([*found[:1], *found[-1:]])]
        start, end = (min(times), max(times)) if times else (None, None)
        failed = store.runs.failed(start, end + timedelta(days=1)) if start and end else []
        book = self.rulebook
        return Receipt(
            print_query(query), book.edition[:12], len(book.own), start, end, tuple(failed)
        )
