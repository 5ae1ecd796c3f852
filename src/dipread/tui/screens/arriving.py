"""Coming to the desk: welcomed on the first day, and on every other where one left."""

from __future__ import annotations

from textual import work

from dipread.model import StoryId
from dipread.query import print_query
from dipread.tui.doing.session import Session
from dipread.tui.messages import Begin, RefreshAsked
from dipread.tui.screens.panes import RING
from dipread.tui.screens.ruling import RulingScreen
from dipread.tui.shape import SHAPES
from dipread.tui.telling import telling


class ArrivingScreen(RulingScreen):
    """Knows where the reader is, and goes there again."""

    @work(exclusive=True, group="welcome")
    async def welcome(self) -> None:
        """On the first run, ask which feeds to listen to, and fetch them."""
        from dipread.tui.screens.welcome import WelcomeDialog

        stories = await self.desk.counter.ask(lambda store: store.stories.count())
        if stories or self.library.config.offline:
            return
        start = await self.open_dialog(WelcomeDialog(self.library.config.feeds))
        if start is None:
            return
        if start.how == "fetch":
            with telling(self.app):
                groups = start.groups
                await self.desk.writer.ask(lambda store: self.library.listen_to(store, groups))
                self.post_message(RefreshAsked(()))
        else:
            self.post_message(Begin(start.how))

    def place_left(self) -> Session:
        """Where the reader is now."""
        return Session(
            query=print_query(self.asked),
            story=int(self.stories.story or 0),
            pane=self.pane,
            shape=self.chosen_shape or "",
            zoomed=self.zoomed,
        )

    def come_back(self, session: Session) -> None:
        """Go to where the reader was, before anything is shown."""
        self.stories.awaited = StoryId(session.story) if session.story else None
        shape = next((each for each in SHAPES if each == session.shape), None)
        self.set_reactive(ArrivingScreen.chosen_shape, shape)
        self.set_reactive(ArrivingScreen.zoomed, session.zoomed)
        if session.pane in RING:
            self._pane = session.pane

    def on_mount(self) -> None:
        """Begin in the pane where the reader was."""
        if self._pane != "list":
            self.call_after_refresh(self.go_to, self._pane)
