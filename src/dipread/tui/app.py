"""The app: theme, keymap, palette, the desk and its screens; no feature of one of them."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.filter import LineFilter, NoColor

from dipread.library import Library
from dipread.model import EVERYTHING, Query
from dipread.tui.behind.ahead import Ahead
from dipread.tui.behind.collector import Collector
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.colours.looks import INK, LOOKS, TERMINAL
from dipread.tui.colours.sheet import Sheet
from dipread.tui.colours.themes import terminal_theme, theme
from dipread.tui.doing.session import keep_session, read_session
from dipread.tui.in_turn import InTurnApp
from dipread.tui.messages import (
    AskAsked,
    Begin,
    FeedDone,
    FeedsSeen,
    ListChanged,
    MarksChanged,
    NoteOpened,
)
from dipread.tui.rooms import BESIDE, Rooms
from dipread.tui.screens.room import SideRoom
from dipread.tui.screens.stories import StoriesScreen
from dipread.tui.telling import telling, told
from dipread.tui.terminal.last_door import LastDoor
from dipread.tui.terminal.lifeline import Lifeline
from dipread.tui.widgets.top_bar import ROOMS, RoomName, TopBar

KEYS_CHECKED = 0.5
_SAID = {"notes": "your notes"}
_LAST_DOOR = LastDoor()


class DipreadApp(InTurnApp):
    """The screen of one Library. `now` is its clock, `query` what it asks first, `typed` what was typed before it was there."""

    TITLE = "dipread"
    CSS_PATH = "dipread.tcss"
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 4.0
    BINDINGS: ClassVar[list[BindingType]] = [
        key("question_mark", "help", "any.help", "keys", "Show all keys", show=False),
        key(
            "colon,ctrl+p",
            "commands",
            "any.commands",
            "commands",
            "Find a command by name",
            show=False,
        ),
        *(
            key(
                str(number),
                f"room('{room}')",
                f"any.{room}",
                room,
                f"Go to the screen of {_SAID.get(room, room)}",
                show=False,
            )
            for number, room in enumerate(ROOMS, 1)
        ),
        key("M", "messages", "any.messages", "messages", "Show what was said before", show=False),
        key("ctrl+q", "quit", "any.quit", "quit", "Quit at once", show=False),
    ]

    def __init__(
        self,
        library: Library,
        now: Callable[[], datetime],
        query: str = "",
        keys: Mapping[str, str] | None = None,
        typed: bytes = b"",
    ) -> None:
        super().__init__(library, now)
        self._keys = keys or {}
        self._typed = typed
        self._asked = query
        self._collector: Collector | None = None
        self._ahead: Ahead | None = None
        self._to_close = ExitStack()
        self._welcomed = False
        self.wants_demo = False
        """Whether the reader left to read the sample desk."""
        for look in LOOKS.values():
            self.register_theme(theme(look))
        self.register_theme(terminal_theme())
        self.theme = (
            library.config.theme if library.config.theme in (*LOOKS, TERMINAL) else INK.name
        )
        self.stylesheet = Sheet(self.get_css_variables())
        if self.no_color:
            # Textual's own answer is shades of grey; the reader asked for no colour codes at all.
            self._filters = [NoColor()]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the last door behind them."""
        return [*super().get_line_filters(), _LAST_DOOR]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for the moment before our theme is set."""
        return INK.variables()

    def get_default_screen(self) -> StoriesScreen:
        """Open the archive; the stories, which lie under all other screens."""
        desk = Desk(self._library)
        self._to_close.callback(desk.close)
        query: Query = EVERYTHING
        session = read_session(self._library.config.paths.state, self._library.config.database)
        if asked := self._asked or session.query:
            with telling(self):
                query = self._library.parse(asked)
        self._stories = StoriesScreen(self._library, desk, self._now, query)
        if not self._asked:
            self._stories.come_back(session)
        self._rooms = Rooms(self, self._stories, self._library, desk, self._now)
        return self._stories

    def on_mount(self) -> None:
        """Heed signals, and see to what can wait until the reader rests."""
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGHUP):
            # Textual would leave the mouse and the alternate screen behind.
            loop.add_signal_handler(each, self.exit)
        Lifeline(self._to_close.close)
        self._collector = Collector(loop)
        self._to_close.callback(self._collector.stop)
        self._ahead = Ahead(loop, (partial(self._rooms.prepare, room) for room in BESIDE))
        self._to_close.callback(self._ahead.stop)
        if self._typed:
            self.call_after_refresh(self.type_ahead, self._typed)
        if self._keys:
            self.set_timer(KEYS_CHECKED, self._report_keys)

    def refresh_css(self, animate: bool = True) -> None:
        """Dress everything anew; before there is anything, all that comes will be dressed as it comes."""
        if self.screen_stack:
            super().refresh_css(animate)

    def _report_keys(self) -> None:
        """Say which keys of the reader's own can't act; the whole table of keys is read for that."""
        from dipread.tui.keymap import problems

        for each in problems(self._keys):
            self.notify(each, severity="warning", markup=False)

    def on_unmount(self) -> None:
        """Remember where the reader was, and finish what is being written."""
        config = self._library.config
        keep_session(config.paths.state, config.database, self._stories.place_left())
        self._to_close.close()

    def post_display_hook(self) -> None:
        """Called by Textual after each paint: a good moment to tidy up."""
        if self._collector is not None and self._ahead is not None:
            self._collector.painted()
            self._ahead.painted()

    # --------------------------------------------------------------------------------------- the news

    def feed_done(self, event: FeedDone) -> None:
        """Tell the stories, and the screen beside them."""
        self._stories.post_message(event)
        self._rooms.feed_done(event.outcome)

    def refresh_ended(self) -> None:
        """Show what has come everywhere."""
        self._stories.refresh_ended()
        self._rooms.refresh_ended()

    @on(FeedsSeen)
    def _nothing_seen_yet(self, event: FeedsSeen) -> None:
        """Where nothing was ever fetched, a reader is new."""
        if event.refreshed is None and not self._welcomed:
            self._welcomed = True
            self._stories.welcome()

    @on(Begin)
    def _begin(self, event: Begin) -> None:
        if event.how == "demo":
            self.wants_demo = True
            self.exit()
        else:
            self._rooms.go("feeds")
            self.call_after_refresh(self.simulate_key, "plus")

    # ----------------------------------------------------------------------------------- the screens

    def action_room(self, room: RoomName) -> None:
        """Go to one of the four screens."""
        self._rooms.go(room)

    @on(TopBar.Pressed)
    def _room_pressed(self, event: TopBar.Pressed) -> None:
        self._rooms.go(event.room)

    @on(AskAsked)
    def _ask_asked(self, event: AskAsked) -> None:
        self._rooms.go("stories")
        self._stories.ask(event.query)

    @on(NoteOpened)
    def _note_opened(self, event: NoteOpened) -> None:
        self._rooms.go("stories")
        self._stories.open_note(event.story, event.note)

    @on(MarksChanged)
    def _marks_changed(self) -> None:
        self._rooms.marks_changed()

    @on(ListChanged)
    def _list_changed(self) -> None:
        self._stories.list_changed()

    @on(SideRoom.Done)
    def _deed_asked(self, event: SideRoom.Done) -> None:
        match event.deed:
            case "undo":
                self._stories.action_undo()
            case "redo":
                self._stories.action_redo()
            case "refresh_all":
                self._stories.action_refresh_all()
            case "leave":
                self._rooms.go("stories")

    # --------------------------------------------------------------------------------------- actions

    def action_help(self) -> None:
        """Show all keys."""
        # Help is made from every widget's bindings, the app's own among them.
        from dipread.tui.keys import sections
        from dipread.tui.screens.help import HelpDialog

        self._here.open_dialog(HelpDialog(sections(first=self._here.place)))

    @work(exclusive=True, group="ask-command")
    async def action_commands(self) -> None:
        """Ask what to do, and do it."""
        from dipread.tui.commands import commands
        from dipread.tui.screens.palette import PaletteDialog

        here = self._here
        chosen = await here.open_dialog(PaletteDialog(commands(here)))
        if chosen is not None:
            await chosen.run()

    def action_messages(self) -> None:
        """Show what was said, the last first."""
        from dipread.tui.screens.text import TextDialog

        words = told(self.said) or "Nothing was said yet."
        self._here.open_dialog(TextDialog("Messages", words))

    def action_look(self, name: str) -> None:
        """Change the theme for this session."""
        self.theme = name
