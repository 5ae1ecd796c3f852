"""Notes: written in a dialog, shown under the text, changed, deleted and brought back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dipread.model import Annotation, Quote, StoryDetail, StoryId
from dipread.model.anchor import quote_of
from dipread.store import Store
from dipread.tui.doing.drafts import Drafts, passage
from dipread.tui.doing.history import History
from dipread.tui.doing.own_tags import read_tags
from dipread.tui.typeset.page import Page, moment

if TYPE_CHECKING:
    from dipread.tui.screens.annotate import AnnotateDialog, Written

Asks = Callable[["AnnotateDialog"], Awaitable["Written | None"]]
Writes = Callable[[StoryId, Callable[[Store], object]], object]


class Noting:
    """Asks for words and hands them to whoever writes the database; keeps drafts passage by passage."""

    def __init__(
        self,
        asks: Asks,
        writes: Writes,
        history: History,
        now: Callable[[], datetime],
        tags: Callable[[], Sequence[str]],
        drafts: Drafts,
    ) -> None:
        self._asks = asks
        self._writes = writes
        self._history = history
        self._now = now
        self._tags = tags
        self._drafts = drafts

    async def add(self, detail: StoryDetail, quote: Quote | None) -> None:
        """Write a new note on a story, or on a quote from it."""
        from dipread.tui.screens.annotate import Written

        story = detail.id
        about = detail.story.title if quote is None else _place(detail, quote)
        written = await self._write(passage(story, quote), about, quote, Written(), "New note")
        if written is not None:
            fields, now = _fields(written), self._now()
            self._writes(
                story,
                lambda store: store.annotations.add(story, written.note, quote, now, **fields),
            )
            self._history.wrote()

    async def edit(self, annotation: Annotation) -> None:
        """Change a note: its words, its type, its tags, when it is due."""
        from dipread.tui.screens.annotate import Written

        about = f"written {moment(annotation.created)}"
        before = Written.of(annotation)
        written = await self._write(annotation.uuid, about, annotation.quote, before, "Change note")
        if written is not None and replace(written, save=False) != before:
            fields, now = {"note": written.note, **_fields(written)}, self._now()
            self._writes(
                annotation.story,
                lambda store: store.annotations.change(annotation.uuid, now, **fields),
            )
            self._history.wrote()

    async def _write(
        self,
        draft: str,
        about: str,
        quote: Quote | None,
        before: Written,
        heading: str,
    ) -> Written | None:
        """What is to be saved; None when that is nothing, and what was written is kept as a draft."""
        from dipread.tui.screens.annotate import AnnotateDialog

        dialog = AnnotateDialog(
            *(about, quote.exact if quote else "", self._drafts.find(draft) or before, heading),
            *(self._now().date(), self._tags()),
        )
        written = await self._asks(dialog)
        if written is None:
            return None
        if not written.save:
            self._drafts.keep(
                draft, None if replace(written, day=before.day) == before else written
            )
            return None
        self._drafts.keep(draft, None)
        return written

    def delete(self, annotation: Annotation) -> None:
        """Take a note away; undo brings it back as it was."""
        self._writes(annotation.story, lambda store: store.annotations.remove(annotation.uuid))
        self._history.wrote()


def _fields(written: Written) -> dict[str, Any]:
    """What a note is beside its words."""
    return {
        "type": written.type,
        "tags": read_tags(written.tags) or (),
        "confidence": written.confidence,
        "due": written.day,
    }


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
