"""Two screens with their colours: the dark theme and the light one. Look before accepting a change."""

from __future__ import annotations

from typing import Any

import pytest
import textual
from textual.pilot import Pilot

from dipread.tui.app import DipreadApp
from tests.tui.conftest import Reader
from tests.tui.desk import NOW, DeskLibrary, library

PINNED = "8.2.8"
pytestmark = pytest.mark.skipif(
    textual.__version__ != PINNED, reason=f"pictures are drawn by Textual {PINNED}"
)


@pytest.mark.parametrize(("theme", "size"), [("ink", (120, 36)), ("paper", (200, 50))])
def test_the_stories_screen_in_colour(
    snap_compare: Any, desk: DeskLibrary, theme: str, size: tuple[int, int]
) -> None:
    own = library(desk.config.database.parent, theme)
    app = DipreadApp(own, lambda: NOW)

    async def run_before(pilot: Pilot[None]) -> None:
        reader = Reader(app, pilot)
        await reader.settle()
        await reader.press("j", "j", "j", "j")

    assert snap_compare(app, terminal_size=size, run_before=run_before)
