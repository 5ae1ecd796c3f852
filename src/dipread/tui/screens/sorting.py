"""Putting stories in order: saved views, tags of the reader's own, and the same for all found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Literal

from pyroaring import BitMap
from textual import on, work
from textual.binding import BindingType

from dipread.library import Library
from dipread.model import EVERYTHING, Has, Query, StoryId, View
from dipread.query import print_query
from dipread.store import Found, Kind, Store
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.doing.deeds import Deed, Deeds, What
from dipread.tui.doing.history import Asked, Marked, Step
from dipread.tui.messages import MarksChanged
from dipread.tui.rows.views import Change, changed, moved, removed, same, saved, standing_view
from dipread.tui.screens.reading import ReadingScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.filter_pane import FilterPane
from dipread.tui.widgets.story_list import StoryList

MANY = 20_000


class SortingScreen(ReadingScreen):
    """Every change here is one step that can be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("number_sign", "tag", "any.tag", "tags", "Give the story tags of your own", as_="#"),
        key(
            "ampersand",
            "bulk",
            "any.bulk",
            "all found",
            "Do something with all stories found",
            as_="&",
        ),
        key("V", "save_view", "any.save-view", "save view", "Save this filter as a view"),
        key(
            "u",
            "undo",
            "any.undo",
            "undo",
            "Undo: filter, read, star, tags, views, notes, feeds, rules, all found; also of earlier days",
            show=False,
        ),
        key("U", "redo", "any.redo", "redo", "Do again what was undone", show=False),
    ]

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], query: Query
    ) -> None:
        super().__init__(library, desk, now, query)
        self._deeds = Deeds(desk.writer.ask)
        self._views_to_write = 0

    # --------------------------------------------------------------------------------- saved views

    @property
    def views(self) -> tuple[View, ...]:
        """The views as they are shown."""
        return tuple(each.view for each in self.standings)

    @on(FilterPane.ViewPressed)
    def _view_pressed(self, event: FilterPane.ViewPressed) -> None:
        name = event.name
        match event.wish:
            case "ask":
                here = standing_view(self.asked, self.standings) == name
                self.ask(EVERYTHING if here else Has("view", (name,)))
            case "change":
                self._change_view(next(each for each in self.views if same(each.name, name)))
            case "remove":
                self._change_views(f"view {name} removed", removed(name))
                self.notify(f"View {name} removed: u brings it back", markup=False)
            case "down" | "up" as way:
                self._change_views(f"view {name} moved", moved(name, 1 if way == "down" else -1))

    @work(exclusive=True, group="ask-view")
    async def action_save_view(self) -> None:
        """Ask for a name for the filter, and keep it as a view."""
        from dipread.tui.screens.naming import ViewDialog

        view = View("", print_query(self.asked))
        if (named := await self.open_dialog(ViewDialog(view, "Save as a view"))) is None:
            return
        self._change_views(f"view {named.name} saved", saved(named))
        self.notify(f"View {named.name} saved: it stands above the filters", markup=False)

    @work(exclusive=True, group="ask-view")
    async def _change_view(self, view: View) -> None:
        """Ask for another name, and whether it is an alert."""
        from dipread.tui.screens.naming import ViewDialog

        after = await self.open_dialog(ViewDialog(view, "Change this view"))
        if after is not None and after != view:
            self._change_views(f"view {view.name} changed", changed(view.name, after))

    def _change_views(self, what: str, change: Change) -> None:
        before = self.views
        after = change(before)
        if after != before:
            self._views_to_write += 1
            self.workers.cancel_group(self, "views")  # what is being counted is behind already
            self.show_views(after)
            self._write_views(after, what)
            self.history.wrote()

    @work(group="write")
    async def _write_views(self, views: tuple[View, ...], what: str) -> None:
        """Have the views written; then count them, or show that they are as they were."""
        try:
            with telling(self.app):
                await self.desk.writer.ask(
                    lambda store: self.library.keep_views(store, views, what)
                )
        finally:
            self._views_to_write -= 1
        if not self._views_to_write:  # else the archive is behind what is shown
            self.look_at_views()

    # ----------------------------------------------------------------------------------- own tags

    @work(exclusive=True, group="ask-tags")
    async def action_tag(self) -> None:
        """Ask for the tags of the story at hand."""
        from dipread.tui.screens.naming import TagDialog

        detail = self.detail
        if detail is None:
            return
        dialog = TagDialog(detail.story.title, detail.own_tags, tuple(self.names["tag"]))
        tags = await self.open_dialog(dialog)
        if tags is not None and set(tags) != set(detail.own_tags):
            self._set_tags(detail.id, tags)
            self.history.wrote()

    @work(group="write")
    async def _set_tags(self, story: StoryId, tags: tuple[str, ...]) -> None:
        """Have a story's own tags written, and show them."""
        with telling(self.app):
            await self.desk.writer.ask(lambda store: store.states.keep_tags(story, tags))
        self._marks_changed()

    # ------------------------------------------------------------- all stories found, or those marked

    @on(StoryList.Marked)
    def _marked(self, event: StoryList.Marked) -> None:
        self.history.marked(event.before, event.after)
        self._tell_marked()

    def _mark(self, stories: BitMap) -> None:
        self.stories.set_marked(stories)
        self._tell_marked()

    def _tell_marked(self) -> None:
        """Say over the list how many are marked."""
        count = len(self.stories.marked)
        self.rules["list"].detail = "· newest" + (f" · {count:,} marked" if count else "")

    @work(exclusive=True, group="ask-bulk")
    async def action_bulk(self) -> None:
        """Ask what to do with all stories found, and do it."""
        from dipread.tui.screens.bulk import BulkDialog

        ids = self.stories.ids
        if marked := ids.only(self.stories.marked):
            ids = marked
        if not ids:
            self.notify("No story to do anything with", markup=False)
            return
        with telling(self.app):
            word = "marked" if marked else "found"
            dialog = BulkDialog(len(ids), tuple(self.names["tag"]), word)
            deed = await self.open_and_tell(
                dialog, lambda store: _changes(store, ids), dialog.counted
            )
            if deed is None:
                return
            stories = await self.desk.counter.ask(lambda store: deed.among(store, ids))
            if not stories:
                self.notify("All of them are so already", markup=False)
                return
            self._carry_out(deed, stories)
            self.history.wrote()
            self._mark(BitMap())
            words = deed.told(len(stories))
            more = " in the background" if len(stories) > MANY else ""
            self.notify(f"{words}{more}: u takes it back", markup=False)

    @work(group="write")
    async def _carry_out(self, deed: Deed, stories: BitMap) -> None:
        """Do it, and show what has become of it."""
        with telling(self.app):
            await self._deeds.do(deed, stories)
        self._marks_changed()

    # ---------------------------------------------------------------------------------------- undo

    def action_undo(self) -> None:
        """Take back the last step."""
        self._step(self.history.undo(), "undo")

    def action_redo(self) -> None:
        """Do the last undone step again."""
        step = self.history.redo()
        if step is None:
            self.notify("Nothing to redo", markup=False)
        else:
            self._step(step, "redo")

    def _step(self, step: Step, how: Literal["undo", "redo"]) -> None:
        if isinstance(step, Asked):
            self.asked = step.before if how == "undo" else step.after
            self._tell_step("filter", how)
        elif isinstance(step, Marked):
            self._mark(step.before if how == "undo" else step.after)
            self._tell_step("mark", how)
        else:
            self._turn(how)

    @work(group="write")
    async def _turn(self, how: Literal["undo", "redo"]) -> None:
        """Have the journal's last step taken back or done again, and show what has become of it."""
        turns = self.library.undo if how == "undo" else self.library.redo
        with telling(self.app):
            turned = await self._deeds.turn(turns)
            self._tell_step(turned.what if turned else "", how)
            if turned is not None:
                self._marks_changed()
                self.follow(turned.change.kind)

    def follow(self, kind: Kind) -> None:
        """Do what follows from a step taken back or done again."""
        if kind == "feeds":
            self.list_changed()

    def _tell_step(self, what: str, how: Literal["undo", "redo"]) -> None:
        done = "Undone" if how == "undo" else "Done again"
        self.notify(f"{done}: {what}" if what else f"Nothing to {how}", markup=False)

    def _marks_changed(self) -> None:
        self.stories.forget_rows()
        self.show_again(self.stories.story)
        self.count(self.asked)
        self.learn_names()
        self.look_at_views()
        self.post_message(MarksChanged())

    @work(exclusive=True, group="story")
    async def show_again(self, story: StoryId | None) -> None:
        """Show the story at hand as it is now."""
        with telling(self.app):
            if story is not None:
                detail = await self.desk.reader.ask(lambda store: store.stories.detail(story))
                if self.stories.story == story:
                    self.show_detail(detail)


def _changes(store: Store, ids: Found) -> dict[What, int]:
    """How many of some stories each deed would change; of tags that depends on the tag."""
    whats: tuple[What, ...] = ("read", "unread", "star", "unstar", "brief", "unbrief")
    return {what: len(Deed(what).among(store, ids)) for what in whats}
