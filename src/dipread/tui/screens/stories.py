"""The stories screen: what a reader does with the story at hand, besides reading it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType

from dipread.library import Library
from dipread.model import EVERYTHING, Annotation, Query, Quote, StoryDetail, StoryId
from dipread.query import FIELDS, choice, narrowed, read_verdict, toggle
from dipread.store import Store
from dipread.text.plural import plural
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.doing.drafts import Drafts
from dipread.tui.doing.judging import Judging
from dipread.tui.doing.noting import Noting, quoted
from dipread.tui.messages import RefreshAsked
from dipread.tui.screens.arriving import ArrivingScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.story_view import StoryView
from dipread.tui.widgets.why_strip import WhyStrip, struck

if TYPE_CHECKING:
    from dipread.tui.screens.export import Wanted


class StoriesScreen(ArrivingScreen):
    """Annotates, explains and exports the story at hand, refreshes the feeds, and leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "annotate", "any.note", "note", "Write a note on the story, or on the selected words"),
        key("w", "why", "any.why", "why", "Why these tags: the words that earned them"),
        key("E", "export", "any.export", "export", "Export to Markdown"),
        key("r", "refresh_feed", "any.refresh-feed", "refresh", "Refresh the feed of this story", show=False),
        key("R", "refresh_all", "any.refresh-all", "refresh all", "Refresh all feeds", show=False),
        key("escape", "step_back", "any.step-back", "back", "One step back: selection, strip, zoom"),
        key("q", "leave", "any.leave", "back, quit", "One step back; at the top, quit", show=False),
    ]  # fmt: skip

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], query: Query
    ) -> None:
        super().__init__(library, desk, now, query)
        self._judging = Judging(library, self._write_tags, self.history)
        self._pointing = ""
        self._noting = Noting(
            *(self.open_dialog, self._write_note, self.history, now),
            lambda: tuple(self.names["tag"]),
            Drafts(library.config.paths.state, library.config.database),
        )

    # ----------------------------------------------------------------------------------------- notes

    def open_note(self, story: StoryId, uuid: str) -> None:
        """Show a story at one of its notes; among all stories when the filter has it not."""
        self._pointing = uuid
        if story in self.stories.ids:
            self.stories.go_to(story)
            self.show_again(story)
        else:
            self.stories.awaited = story
            self.ask(EVERYTHING)
        self.go_to("story")

    def show_detail(self, detail: StoryDetail | None) -> None:
        """Show a story, and point at the note that is wanted of it."""
        super().show_detail(detail)
        mark = next((each for each in self.view.page.marks if each.note == self._pointing), None)
        if self._pointing and mark is not None:
            self._pointing = ""
            self.view.focus_mark(mark)

    def action_annotate(self) -> None:
        """A note on the selection, else on the story."""
        selected = self.view.selected
        if selected is not None:
            self._annotate(*selected)
        elif self.detail is not None:
            self._add_note(self.detail, None)

    @on(StoryView.NoteAsked)
    def _note_asked(self, event: StoryView.NoteAsked) -> None:
        self._annotate(event.start, event.end)

    def _annotate(self, start: int, end: int) -> None:
        if self.detail is None:
            return
        quote = quoted(self.detail, self.view.page, start, end)
        if quote is None:
            self.notify("Select words of the headline or the text", markup=False)
        else:
            self._add_note(self.detail, quote)

    @work(exclusive=True, group="note")
    async def _add_note(self, detail: StoryDetail, quote: Quote | None) -> None:
        await self._noting.add(detail, quote)

    @on(StoryView.EditAsked)
    def _edit_asked(self, event: StoryView.EditAsked) -> None:
        if (annotation := self._annotation(event.note)) is not None:
            self._edit_note(annotation)

    @work(exclusive=True, group="note")
    async def _edit_note(self, annotation: Annotation) -> None:
        await self._noting.edit(annotation)

    @on(StoryView.DeleteAsked)
    def _delete_asked(self, event: StoryView.DeleteAsked) -> None:
        if (annotation := self._annotation(event.note)) is not None:
            self._noting.delete(annotation)
            self.notify("Note deleted: u brings it back", markup=False)

    def _annotation(self, uuid: str) -> Annotation | None:
        notes = self.detail.annotations if self.detail else ()
        return next((each for each in notes if each.uuid == uuid), None)

    @work(group="write")
    async def _write_note(self, story: StoryId, change: Callable[[Store], object]) -> None:
        """Have a note written, then show the story and its row with it."""
        with telling(self.app):
            await self.desk.writer.ask(change)
            detail = await self.desk.reader.ask(lambda store: store.stories.detail(story))
            if detail is not None:
                self.stories.amend(frozenset((story,)), notes=len(detail.annotations))
                if self.stories.story == story:
                    self.show_detail(detail)

    # ------------------------------------------------------------------------------------- its tags

    @on(StoryView.FilterAsked)
    def _filter_by_tag(self, event: StoryView.FilterAsked) -> None:
        tag = self.detail.tags[event.tag] if self.detail else None
        if tag is None or tag.kind not in FIELDS:
            self.notify("The filter does not know this kind of tag", markup=False)
            return
        stands = {"include": "in", "exclude": "out"}[event.mode]
        off = choice(self.asked, tag.kind, tag.code) == stands
        self.ask(toggle(self.asked, tag.kind, tag.code, "off" if off else event.mode))

    @on(StoryView.SeekAsked)
    def _filter_by_words(self, event: StoryView.SeekAsked) -> None:
        self.ask(narrowed(self.asked, event.words))

    def action_why(self) -> None:
        """Explain the tag of the focused mark, or the first one."""
        if self.detail is None:
            return
        if not self.detail.tags + struck(self.detail):
            self._ask_label(self.detail)
            return
        mark = self.view.mark
        tag, evidence = (mark.tag, mark.evidence) if mark and mark.tag >= 0 else (0, 0)
        self._explain(self.detail, tag, evidence)

    @on(StoryView.WhyAsked)
    def _why_asked(self) -> None:
        self.action_why()

    def _explain(self, detail: StoryDetail, tag: int, evidence: int) -> None:
        self.in_one_frame()
        self.why.add_class("-open")
        self.why.show(detail, tag, evidence)
        self.why.focus()
        self.call_after_refresh(self.consider, detail)

    @on(WhyStrip.Pointed)
    def _evidence_pointed_at(self, event: WhyStrip.Pointed) -> None:
        at = (event.tag, event.evidence)
        marks = self.view.page.marks
        self.view.focus_mark(next((m for m in marks if (m.tag, m.evidence) == at), None))

    @on(WhyStrip.Judged)
    def _tag_judged(self, event: WhyStrip.Judged) -> None:
        self._judging.say(event.detail, event.said)  # the strip shows what came of it

    @on(WhyStrip.LabelAsked)
    def _label_asked(self, event: WhyStrip.LabelAsked) -> None:
        self._ask_label(event.detail)

    @work(exclusive=True, group="label")
    async def _ask_label(self, detail: StoryDetail) -> None:
        """Have the reader name a tag that the story should have."""
        from dipread.tui.screens.label import LabelDialog

        vocabulary = self.library.vocabulary
        said = await self.open_dialog(
            LabelDialog(lambda text: read_verdict(text, vocabulary), vocabulary)
        )
        if said is not None:
            self.notify(f"{self._judging.say(detail, said)}: u takes it back", markup=False)

    @work(group="write")
    async def _write_tags(self, story: StoryId, change: Callable[[Store], object]) -> None:
        """Have a verdict written, then show the story and its row with the tags it has now."""
        with telling(self.app):
            await self.desk.writer.ask(change)
            detail = await self.desk.reader.ask(lambda store: store.stories.detail(story))
            self.stories.forget_rows()
            self.count(self.asked)
            if detail is not None and self.stories.story == story:
                self.show_detail(detail)
                if self.why.has_class("-open") and not self.why.show_again(detail):
                    self.close_why()
                    self.go_to(self.pane)

    @on(WhyStrip.Closed)
    def _why_closed(self) -> None:
        self.close_why()
        self.go_to(self.pane)

    # ------------------------------------------------------------------------------------ in and out

    def action_refresh_feed(self) -> None:
        """Fetch the feed of this story."""
        if self.detail is not None:
            self.post_message(RefreshAsked(tuple(feed.url for feed in self.detail.feeds)))

    def action_refresh_all(self) -> None:
        """Fetch every feed."""
        self.post_message(RefreshAsked(()))

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask what to export and where to, and have it written."""
        # Few sessions export, so the dialog and its room are read from disk when one does.
        from dipread.tui.screens.export import ExportDialog, asked_for

        library, detail = self.library, self.detail
        wanted = await self.open_dialog(
            ExportDialog(library, len(self.stories.ids), detail, self.now)
        )
        if wanted is None:
            return
        asked = asked_for(wanted, self.asked)
        only = detail.id if detail is not None and wanted.what == "story" else None
        with telling(self.app):
            files = await self.desk.exporter.ask(
                lambda store: self._export(store, asked, wanted, only)
            )
            words = f"{plural(files, 'file')} written to {wanted.folder}"
            self.notify(words if files else "No story to export", markup=False)

    def _export(self, store: Store, asked: Query, wanted: Wanted, only: StoryId | None) -> int:
        """Write in the exporter's thread; how many files."""
        written = 0
        for _ in self.library.export(
            asked, wanted.folder, store, self.now(), wanted.plan, only=only
        ):
            written += 1
            if self.desk.closing:
                break
        return written

    def action_stories(self) -> None:
        """All panes, and the focus in the list."""
        self.zoomed = False
        self.go_to("list")

    def action_step_back(self) -> None:
        """Drop the selection, leave the strip, leave the filters, leave the zoom: one of them."""
        self._stepped_back()

    def _stepped_back(self) -> bool:
        if self.selections:
            self.clear_selection()
        elif self.why.has_class("-open"):
            self.close_why()
        elif self.pane == "filters" and self.find.value:
            self.find.value = ""
            self.find.remove_class("-open")
        elif self.zoomed:
            self.zoomed = False
            self.go_to("list")
        elif self.pane != "list":
            self.go_to("list")
        else:
            return False
        return True

    def action_leave(self) -> None:
        """One step back; at the top, quit."""
        if not self._stepped_back():
            self.app.exit()
