"""Notes: written in a dialog, shown under the text, changed, deleted and brought back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from dipread.model import Annotation, Quote, StoryDetail, StoryId
from dipread.store import Store
from dipread.tui.history import History, Step
from dipread.tui.page import Page, moment, quote_of

if TYPE_CHECKING:
    from dipread.tui.screens.annotate import AnnotateDialog, Written

Asks = Callable[["AnnotateDialog"], Awaitable["Written | None"]]
Writes = Callable[[StoryId, Callable[[Store], object]], object]


class Noting:
    """Asks for words and hands them to whoever writes the database; keeps drafts story by story."""

    def __init__(
        self, asks: Asks, writes: Writes, history: History, now: Callable[[], datetime]
    ) -> None:
        self._asks = asks
        self._writes = writes
        self._history = history
        self._now = now
        self._drafts: dict[StoryId, str] = {}

    async def add(self, detail: StoryDetail, quote: Quote | None) -> None:
        """Write a new note on a story, or on a quote from it."""
        from dipread.tui.screens.annotate import AnnotateDialog

        story = detail.id
        about = detail.story.title if quote is None else _place(detail, quote)
        exact = quote.exact if quote else ""
        dialog = AnnotateDialog(about, exact, self._drafts.get(story, ""), "New note")
        written = await self._asks(dialog)
        if written is None:
            return
        if not written.save:
            self._drafts[story] = written.note
            return
        self._drafts.pop(story, None)
        note, now = written.note, self._now()
        self._writes(story, lambda store: store.annotations.add(story, note, quote, now))

    async def edit(self, annotation: Annotation) -> None:
        """Change the words of a note."""
        from dipread.tui.screens.annotate import AnnotateDialog

        exact = annotation.quote.exact if annotation.quote else ""
        about = f"written {moment(annotation.created)}"
        written = await self._asks(AnnotateDialog(about, exact, annotation.note, "Change note"))
        if written is None or not written.save or written.note == annotation.note:
            return
        self._rewrite(annotation, written.note)
        self._history.add(
            Step(
                "note changed",
                lambda: self._rewrite(annotation, annotation.note),
                lambda: self._rewrite(annotation, written.note),
            )
        )

    def delete(self, annotation: Annotation) -> None:
        """Take a note away; undo brings it back as it was."""

        def remove() -> None:
            self._writes(annotation.story, lambda store: store.annotations.remove(annotation.uuid))

        def restore() -> None:
            self._writes(annotation.story, lambda store: store.annotations.restore(annotation))

        remove()
        self._history.add(Step("note deleted", restore, remove))

    def _rewrite(self, annotation: Annotation, note: str) -> None:
        now = self._now()
        self._writes(
            annotation.story, lambda store: store.annotations.edit(annotation.uuid, note, now)
        )


def quoted(detail: StoryDetail, page: Page, start: int, end: int) -> Quote | None:
    """The quote that a selection of the page stands for; None when no stored words are in it."""
    passage = page.passage(start, end)
    if passage is None:
        return None
    field, first, last = passage
    text = detail.story.title if field == "title" else detail.story.text
    return quote_of(field, text, first, last)


def _place(detail: StoryDetail, quote: Quote) -> str:
    where = f"characters {quote.start}–{quote.end}"
    if quote.field == "title":
        return f"headline, {where}"
    paragraphs = [each for each in detail.story.text[: quote.start].split("\n") if each.strip()]
    starts_new = quote.start == 0 or detail.story.text[quote.start - 1] == "\n"
    return f"paragraph {len(paragraphs) + (1 if starts_new else 0) or 1}, {where}"
