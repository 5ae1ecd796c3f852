"""The top line: the name, the four screens, and how the news stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.behind.news import NewsState
from dipread.tui.typeset.paint import line, plain
from dipread.tui.widgets.pane import LineWidget

RoomName = Literal["stories", "insights", "notes", "feeds"]
ROOMS: tuple[RoomName, ...] = ("stories", "insights", "notes", "feeds")
_NAME = " dipread"


class TopBar(LineWidget):
    """Says in which screen one is; a click on another's name goes there. It watches the app's `news`."""

    news: reactive[NewsState] = reactive(NewsState())

    class Pressed(Message):
        """The name of a screen was clicked."""

        def __init__(self, room: RoomName) -> None:
            super().__init__()
            self.room = room

    def __init__(self, room: RoomName, now: Callable[[], datetime], *, id: str) -> None:
        super().__init__(id=id)
        self._room = room
        self._now = now

    def on_mount(self) -> None:
        """Learn how the news stands, now and whenever that changes."""
        self.watch(self.app, "news", self._learn)

    def _learn(self, news: NewsState) -> None:
        self.news = news

    def paint(self, width: int) -> Strip:
        """Name and screens at the left, the state of the news at the right: the most that fits."""
        inks = self.inks
        left: list[tuple[str, Style]] = [(_NAME, inks["strong"]), ("  ", inks["dim"])]
        for number, room in enumerate(ROOMS, 1):
            here = room == self._room
            left.append((f" {number}", inks["key"]))
            left.append((f" {room.capitalize()} ", inks["title-here" if here else "dim"]))
        room_left = width - cell_len(plain(left)) - 1
        for state in self.news.told(self._now()):
            for trouble in self.news.trouble:
                between = " · " if trouble and state else ""
                if (cells := cell_len(trouble + between + state)) <= room_left:
                    gap = " " * (room_left - cells)
                    right = [(gap, inks["dim"]), (trouble, inks["error"])]
                    right.append((between + state, inks["dim"]))
                    return line([*left, *right], width, inks["bar"])
        return line(left, width, inks["bar"])

    def on_click(self, event: events.Click) -> None:
        """Go to the screen whose name was clicked."""
        end = cell_len(_NAME) + 2
        for room in ROOMS:
            start, end = end, end + 4 + len(room)
            if start <= event.x < end:
                self.post_message(self.Pressed(room))
