"""The four screens: made when first gone to, kept from then on, the stories under all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from textual.app import App

from dipread.library import Library
from dipread.model import Outcome
from dipread.tui.behind.desk import Desk
from dipread.tui.screens.room import SideRoom
from dipread.tui.screens.stories import StoriesScreen
from dipread.tui.widgets.top_bar import RoomName

BESIDE: tuple[RoomName, ...] = ("notes", "insights", "feeds")
"""The screens beside the stories, in the order in which they are made ready."""


class Rooms:
    """Goes from one screen to another; what they show is read anew each time they are gone to."""

    def __init__(
        self,
        app: App[Any],
        stories: StoriesScreen,
        library: Library,
        desk: Desk,
        now: Callable[[], datetime],
    ) -> None:
        self._app = app
        self._stories = stories
        self._library = library
        self._desk = desk
        self._now = now
        self._made: dict[RoomName, SideRoom] = {}

    @property
    def beside(self) -> SideRoom | None:
        """The screen that stands over the stories now, if one does."""
        return next((each for each in self._app.screen_stack if isinstance(each, SideRoom)), None)

    def go(self, room: RoomName) -> None:
        """Go to a screen; to the list when it is the stories."""
        beside = self.beside
        if room == "stories":
            if beside is not None:
                self._app.pop_screen()
            self._stories.action_stories()
        elif beside is None:
            self._app.push_screen(self._room(room))
        elif beside.room != room:
            self._app.switch_screen(self._room(room))

    def prepare(self, room: RoomName) -> None:
        """Have a screen made out of sight, as going there would: then to go there is to paint it."""
        self._app._get_screen(self._room(room))

    def _room(self, room: RoomName) -> SideRoom:
        if room not in self._made:
            self._made[room] = self._make(room)
            self._app.install_screen(self._made[room], room)
        return self._made[room]

    def _make(self, room: RoomName) -> SideRoom:
        # Read from disk when first wanted: the start waits for none of them.
        if room == "insights":
            from dipread.tui.screens.insights import InsightsScreen

            return InsightsScreen(self._library, self._desk, self._now, lambda: self._stories.asked)
        if room == "notes":
            from dipread.tui.screens.notes import NotesScreen

            return NotesScreen(self._library, self._desk, self._now, self._stories.history)
        from dipread.tui.screens.feeds import FeedsScreen

        return FeedsScreen(self._library, self._desk, self._now, self._stories.history)

    def feed_done(self, outcome: Outcome) -> None:
        """One feed of a running refresh is done."""
        if (beside := self.beside) is not None:
            beside.feed_done(outcome)

    def marks_changed(self) -> None:
        """What the reader wrote is otherwise now."""
        if (beside := self.beside) is not None:
            beside.marks_changed()

    def refresh_ended(self) -> None:
        """The refresh is over."""
        if (beside := self.beside) is not None:
            beside.refresh_ended()
