"""The screen on a seeded archive, waited for by its work and never by the clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import _wait, events
from textual.pilot import Pilot

import dipread.tui  # sets what Textual reads when it is first imported
from dipread.tui import app as app_module
from dipread.tui.app import DipreadApp
from dipread.tui.behind import refreshing
from dipread.tui.screens import counting, picking, reading, renewing
from dipread.tui.screens.dialog import Dialog
from dipread.tui.screens.room import Room
from dipread.tui.screens.stories import StoriesScreen
from dipread.tui.widgets import query_line
from tests.tui.desk import NOW, DeskLibrary, fill, library

assert dipread.tui
STORIES = 60


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of sixty stories, written once."""
    desk = library(tmp_path_factory.mktemp("seeded"))
    with desk.open() as store:
        fill(store, STORIES)
    return desk.config.database


@pytest.fixture
def desk(seeded: Path, tmp_path: Path) -> DeskLibrary:
    """A library on a copy of it."""
    own = library(tmp_path)
    shutil.copy(seeded, own.config.database)
    return own


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for a cursor to rest, no colourless terminal, no collecting of a test run's memory."""
    monkeypatch.setattr(reading, "REST", 0.001)
    monkeypatch.setattr(reading, "DWELL", 0.001)
    monkeypatch.setattr(renewing, "NEWS_PAUSE", 0.001)
    monkeypatch.setattr(counting, "VIEWS_PAUSE", 0.001)
    monkeypatch.setattr(query_line, "PAUSE", 0.001)
    monkeypatch.setattr(picking, "WHICH_KEY", 0.001)
    monkeypatch.setattr(refreshing, "RESULT_SHOWN", 3600)
    monkeypatch.setattr(app_module, "Collector", NoCollector)
    monkeypatch.setattr(app_module, "Ahead", NoCollector)
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.01)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.0005)
    monkeypatch.delitem(os.environ, "NO_COLOR", raising=False)


class NoCollector:
    """Leaves collecting to Python, and makes nothing ready: the memory of a test run is large, and collecting it is slow."""

    def __init__(self, loop: object, then: object = ()) -> None:
        pass

    def painted(self) -> None:
        """Nothing to tidy."""

    def stop(self) -> None:
        """Nothing to end."""


class Reader:
    """Somebody at the keys: presses, and waits until what was asked for is done."""

    def __init__(self, app: DipreadApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> StoriesScreen:
        """The stories screen, whatever is over it."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, StoriesScreen)
        return screen

    @property
    def dialog(self) -> Dialog[Any] | None:
        """What is laid over the screen that is shown, if anything is."""
        screen = self.app.screen
        return screen.dialog if isinstance(screen, Room) else None

    async def press(self, *keys: str) -> None:
        """Press keys and wait until all is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Put text into whatever has the focus, all at once."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait for the work that is under way, but not for what waits for an answer in a dialog."""
        for _ in range(2):
            await self.pilot.pause()
            while self._busy() and self.app.is_running:
                await self.pilot.pause()

    def _busy(self) -> bool:
        under_way = [each for each in self.app.workers if not each.is_finished]
        waits = _ASKING if self.dialog is not None else ()
        stories = self.screen.stories
        unread = stories.story is not None and self.screen.detail is None  # its text is on the way
        return unread or bool(self.screen._deferred) or any(w.group not in waits for w in under_way)

    def frame(self) -> str:
        """What is on the screen, as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def line(self, number: int) -> str:
        """One line of it."""
        return self.frame().split("\n")[number]

    @property
    def toasts(self) -> list[str]:
        """What the app has said."""
        return [each.words for each in self.app.said]


_ASKING = (
    *("note", "export", "label", "ask-bulk", "ask-view", "ask-tags"),
    *("ask-brief", "ask-dossier", "ask-command"),
    *("pipe", "links", "find-words", "ask-feed", "rule", "welcome"),
)
Open = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def opened(desk: DeskLibrary) -> Open:
    """Open the screen: `async with opened(size=(80, 24)) as reader`."""

    @asynccontextmanager
    async def open_screen(
        size: tuple[int, int] = (120, 36),
        query: str = "",
        of: DeskLibrary = desk,
        toasts: bool = False,
    ) -> AsyncIterator[Reader]:
        app = DipreadApp(of, lambda: NOW, query)
        async with app.run_test(size=size, notifications=toasts) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            yield reader

    return open_screen
