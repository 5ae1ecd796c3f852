"""What a reader makes of stories for somebody else: the brief, a chronology, commitments, what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from dipread.model import Has, StoryDetail, StoryId
from dipread.store import Found, Store
from dipread.tui.bind import key
from dipread.tui.screens.passing import PassingScreen
from dipread.tui.telling import telling

MOST = 5_000
"""A chronology is read from so many stories at most, the newest."""


if TYPE_CHECKING:
    pass


class HandingScreen(PassingScreen):
    """Dialogs over the stories at hand; those that few sessions need are read from disk when one does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "b",
            "brief",
            "any.brief",
            "brief",
            "Put the story, or the quote, into the brief, or take it out",
        ),
        key(
            "B",
            "show_brief",
            "any.show-brief",
            "the brief",
            "Show the brief: order, headings, write it",
        ),
        key("D", "diff", "any.diff", "changes", "Show what the publisher changed", show=False),
        key(
            "c",
            "chronology",
            "any.chronology",
            "chronology",
            "What happened, in these stories",
            show=False,
        ),
        key(
            "C",
            "commitments",
            "any.commitments",
            "commitments",
            "Who promised what, in these stories",
            show=False,
        ),
    ]

    # --------------------------------------------------------------------------------------- brief

    def action_brief(self) -> None:
        """In, or out again: the quote whose mark has the focus, else the story."""
        detail = self.detail
        if detail is not None:
            mark = self.view.mark
            note = mark.note if mark is not None and self.pane == "story" else ""
            quoted = any(each.uuid == note and each.quote for each in detail.annotations)
            self._toggle(detail, note if quoted else "")

    @work(group="write")
    async def _toggle(self, detail: StoryDetail, note: str) -> None:
        with telling(self.app):
            now = await self.desk.writer.ask(lambda store: store.basket.toggle(detail.id, note))
            self.history.wrote()
            thing = "Quote" if note else "Story"
            said = "put into the brief: B shows it" if now else "taken out of the brief"
            self.notify(f"{thing} {said}", markup=False)
            self.show_again(self.stories.story)

    @work(exclusive=True, group="ask-brief")
    async def action_show_brief(self) -> None:
        """The basket; a story of it may be gone to."""
        from dipread.tui.screens.brief import BriefDialog

        dialog = BriefDialog(self.library, self.desk, self.history.wrote, self._write_brief)
        story = await self.open_dialog(dialog)
        self._go_to(story)
        self.show_again(self.stories.story)

    async def _write_brief(self) -> str:
        folder, now = self.library.config.export_folder, self.now()
        return await self.desk.exporter.ask(
            lambda store: self.library.write_brief(store, now, folder)
        )

    # ------------------------------------------------------------------------- out of the stories

    @work(exclusive=True, group="diff")
    async def action_diff(self) -> None:
        """The texts that the story had, against each other."""
        from dipread.tui.screens.diff import DiffDialog

        detail = self.detail
        if detail is None or detail.revisions < 2:
            self.notify("The publisher has changed nothing here", markup=False)
            return
        with telling(self.app):
            revisions = await self.desk.reader.ask(lambda store: store.revisions.of(detail.id))
            self.open_dialog(DiffDialog(revisions))

    @work(exclusive=True, group="ask-dossier")
    async def action_chronology(self) -> None:
        """What happened in the stories found."""
        from dipread.export import chronology
        from dipread.tui.screens.dossier import ChronologyDialog

        with telling(self.app):
            found = self.stories.ids
            dialog = ChronologyDialog(self.library.vocabulary)
            story = await self.open_and_tell(
                dialog, lambda store: chronology(_details(store, found)), dialog.tell
            )
            self._go_to(story)

    @work(exclusive=True, group="ask-dossier")
    async def action_commitments(self) -> None:
        """Who promised what in the stories found."""
        from dipread.export import commitments
        from dipread.tui.screens.dossier import CommitmentsDialog

        with telling(self.app):
            found = self.stories.ids
            dialog = CommitmentsDialog(
                self.library.vocabulary, self.desk.writer.ask, self.history.wrote
            )
            story = await self.open_and_tell(
                dialog,
                lambda store: commitments(
                    _details(store, found.only(store.stories.find(_PROMISING).stories)),
                    store.promises.kept(),
                ),
                dialog.tell,
            )
            self._go_to(story)

    def _go_to(self, story: StoryId | None) -> None:
        """Go to the story that a dialog answered with, if the filter has it."""
        if story is None:
            return
        if story in self.stories.ids:
            self.stories.go_to(story)
        else:
            self.notify("That story is not among those of the filter", markup=False)


_PROMISING = Has("has", ("commitment",))


def _details(store: Store, found: Found) -> list[StoryDetail]:
    details = (store.stories.detail(StoryId(each)) for each in found[:MOST])
    return [each for each in details if each is not None]
