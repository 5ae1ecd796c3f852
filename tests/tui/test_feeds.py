"""Feeds: how each fares in words, and what can be done about it."""

from __future__ import annotations

from dipread.model import Has
from dipread.tui.screens.feeds import FeedsScreen
from tests.tui.conftest import Open, Reader
from tests.tui.desk import FEEDS, DeskLibrary


def feeds(reader: Reader) -> FeedsScreen:
    """The screen that is shown."""
    screen = reader.app.screen
    assert isinstance(screen, FeedsScreen)
    return screen


async def test_every_listed_feed_says_how_it_fares(opened: Open, desk: DeskLibrary) -> None:
    desk.failing = (FEEDS[1].url,)
    async with opened() as reader:
        await reader.press("4")
        assert "not fetched yet" in reader.frame()
        await reader.press("R")
        frame = reader.frame()
        assert "! Meridian Wire" in frame
        assert "HTTP 503" in frame
        assert "3 feeds · 1 failing" in frame
        assert "! 1 feed failing" in frame.split("\n")[0]
        await reader.press("f")
        assert [each.feed.title for each in feeds(reader).list.items] == ["Meridian Wire"]
        await reader.press("f", "r")
        assert len(feeds(reader).list.items) == 3


async def test_enter_shows_the_stories_of_a_feed(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("4", "j", "enter")
        assert reader.app.screen is reader.screen
        assert reader.screen.asked == Has("feed", ("Meridian Wire",))
        assert len(reader.screen.stories.ids) == 20


async def test_the_name_of_a_screen_can_be_clicked(opened: Open) -> None:
    async with opened() as reader:
        await reader.pilot.click("#top", offset=(42, 0))
        await reader.settle()
        assert isinstance(reader.app.screen, FeedsScreen)
        await reader.pilot.click("#top", offset=(14, 0))
        await reader.settle()
        assert reader.app.screen is reader.screen
