"""Feeds: how each fares in words, and what can be done about it."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dipread.config import parse_feeds
from dipread.config.settings import FeedList as Listed
from dipread.errors import FetchError
from dipread.model import FeedHealth, FeedId, FoundFeed, Has
from dipread.tui.screens.feeds import FeedsScreen
from dipread.tui.screens.removing import RemoveDialog
from dipread.tui.widgets.feed_list import fares
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


def own_list(desk: DeskLibrary, folder: Path) -> Path:
    """A feeds.toml of the reader's own with the three feeds."""
    path = folder / "own.toml"
    path.write_text(desk.config.listed.text, encoding="utf-8")
    desk.config = desk.config._replace(feeds_file=path)
    return path


async def test_a_feed_is_found_at_a_site_and_listened_to(
    opened: Open, desk: DeskLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_list(desk, tmp_path)
    found = (
        FoundFeed("https://press.example/feed", "Press office", "en", 12),
        FoundFeed("https://press.example/old", "Old [/b]", problem="HTTP 404"),
    )
    asked: list[str] = []
    monkeypatch.setattr(desk, "discover", lambda url: (asked.append(url), found)[1])
    async with opened() as reader:
        await reader.press("4", "plus")
        await reader.type("press.example")
        await reader.press("enter")
        assert asked == ["press.example"]
        assert "12 stories" in reader.frame()
        await reader.press("j", "enter")
        assert any("HTTP 404" in each for each in reader.toasts)
        await reader.press("k", "enter")
        assert any("Press office added" in each for each in reader.toasts)
        assert len(feeds(reader).list.items) == 4
        assert "https://press.example/feed" in path.read_text(encoding="utf-8")


async def test_a_site_without_a_feed_is_told_of(
    opened: Open, desk: DeskLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(url: str) -> tuple[FoundFeed, ...]:
        raise FetchError(f"{url}: no feed there, nor on the page", "Look on the site.")

    monkeypatch.setattr(desk, "discover", nothing)
    async with opened() as reader:
        await reader.press("4", "plus")
        await reader.type("example.org")
        await reader.press("enter")
        assert any("no feed there" in each for each in reader.toasts)
        assert len(feeds(reader).list.items) == 3


async def test_a_feed_goes_off_the_list_and_comes_back_with_its_stories(
    opened: Open, desk: DeskLibrary, tmp_path: Path
) -> None:
    path = own_list(desk, tmp_path)
    async with opened() as reader:
        await reader.press("4", "j", "d")
        assert FEEDS[1].url not in path.read_text(encoding="utf-8")
        assert "off your list; d puts it back" in reader.frame()
        await reader.press("G", "d")
        assert FEEDS[1].url in path.read_text(encoding="utf-8")
        assert "off your list" not in reader.frame()
        await reader.press("G", "enter")
        assert len(reader.screen.stories.ids) == 20


async def test_an_address_can_be_changed(opened: Open, desk: DeskLibrary, tmp_path: Path) -> None:
    path = own_list(desk, tmp_path)
    async with opened() as reader:
        await reader.press("4", "e", "tab", "ctrl+u")
        await reader.type("https://new.example/rss")
        await reader.press("enter")
        assert "https://new.example/rss" in path.read_text(encoding="utf-8")
        assert feeds(reader).list.items[0].feed.url == "https://new.example/rss"
        await reader.press("enter")
        assert len(reader.screen.stories.ids) == 20


async def test_name_group_and_interval_can_be_changed_and_the_stories_stay(
    opened: Open, desk: DeskLibrary, tmp_path: Path
) -> None:
    path = own_list(desk, tmp_path)
    async with opened() as reader:
        await reader.press("4", "j", "e", "ctrl+u")
        await reader.type('Meridian [/b] "Wire"')
        await reader.press("tab", "tab", "ctrl+u")
        await reader.type("Agencies")
        await reader.press("tab", "ctrl+u", "3", "enter")
        assert "Every 5 to 10080 minutes" in reader.frame()
        await reader.press("0", "enter")
        (feed,) = [
            each
            for each in parse_feeds(path.read_text(encoding="utf-8"), "")
            if each.url == FEEDS[1].url
        ]
        assert (feed.title, feed.group) == ('Meridian [/b] "Wire"', "Agencies")
        assert feed.interval_minutes == 30
        assert feed.publisher == FEEDS[1].publisher
        assert feeds(reader).list.items[1].feed == feed
        await reader.press("enter")
        assert len(reader.screen.stories.ids) == 20


def test_how_a_feed_fares_is_told_in_words() -> None:
    now = datetime(2026, 9, 13, 14, 5, tzinfo=UTC)
    well = FeedHealth(FeedId(1), FEEDS[0], 5, now - timedelta(hours=1), now, state="ok")
    silent = replace(well, state="silent", newest=now - timedelta(days=12), usual_gap=timedelta(hours=8))  # fmt: skip
    failing = replace(well, state="failing", problem="HTTP 403", failing_since=now - timedelta(days=2))  # fmt: skip
    told = [
        fares(each, now, False) for each in (well, silent, failing, replace(well, state="gone"))
    ]
    assert told[0] == ("✓", "ok 13:05", "sector")
    assert told[1][1] == "silent for 12 days, usually every 8 h"
    assert told[2][1] == "HTTP 403 since 11 Sep 14:05"
    assert told[3][0] == "!"
    assert fares(well, now, True)[0] == "↻"


async def test_a_list_of_another_program_is_taken_in_and_what_is_not_is_said(
    opened: Open, desk: DeskLibrary, tmp_path: Path
) -> None:
    path = own_list(desk, tmp_path)
    urls = tmp_path / "urls"
    urls.write_text(f"https://one.example/rss\nhttps://two.example/rss\n{FEEDS[0].url}\n")
    async with opened() as reader:
        await reader.press("4", "i")
        await reader.type(str(urls))
        await reader.press("enter")
        assert "2 feeds added: R fetches all, u takes them off" in reader.toasts
        assert "listed already" in reader.frame()
        await reader.press("escape", "i")
        await reader.type(str(tmp_path / "none.opml"))
        await reader.press("enter")
        assert "none.opml" in reader.toasts[-1]
    assert "https://two.example/rss" in path.read_text(encoding="utf-8")


async def test_a_feed_goes_with_its_stories_only_when_the_reader_says_y(
    opened: Open, desk: DeskLibrary, tmp_path: Path
) -> None:
    path = own_list(desk, tmp_path)
    before = path.read_text(encoding="utf-8")
    async with opened() as reader:
        await reader.press("4", "j", "D")
        frame = reader.frame()
        assert "19 stories go with it." in frame
        assert "What stays: 1 that you annotated, starred or tagged." in frame
        assert "u brings all of it back for 30 days" in frame
        await reader.press("enter")
        assert "Type y to remove it" in reader.frame()
        await reader.press("n", "enter", "escape")
        assert reader.dialog is None
        assert path.read_text(encoding="utf-8") == before
        assert len(reader.screen.stories.ids) == 60
        await reader.press("D", "y", "enter")
        assert "removed with 19 stories: u brings them back" in reader.toasts[-1]
        assert [each.feed for each in feeds(reader).list.items] == [FEEDS[0], FEEDS[2]]
        assert len(reader.screen.stories.ids) == 41
        await reader.press("u")
        assert "Undone: Meridian Wire removed with 19 stories" in reader.toasts[-1]
        assert path.read_text(encoding="utf-8") == before
        assert [each.feed for each in feeds(reader).list.items] == list(FEEDS)
        assert len(reader.screen.stories.ids) == 60


async def test_a_feed_that_was_taken_off_the_list_can_go_with_its_stories_too(
    opened: Open, desk: DeskLibrary, tmp_path: Path
) -> None:
    own_list(desk, tmp_path)
    async with opened() as reader:
        await reader.press("4", "d", "G", "D", "y", "enter")
        assert len(feeds(reader).list.items) == 2
        assert len(reader.screen.stories.ids) == 41
        await reader.press("u")
        assert len(reader.screen.stories.ids) == 60
        await reader.press("u")
        assert [each.feed for each in feeds(reader).list.items] == list(FEEDS)


async def test_the_dialog_is_there_before_the_stories_are_counted(opened: Open) -> None:
    held = threading.Event()
    async with opened() as reader:
        await reader.press("4")
        counting = asyncio.ensure_future(reader.screen.desk.counter.ask(lambda _: held.wait(30)))
        feeds(reader).action_tend("remove")
        while not isinstance(reader.dialog, RemoveDialog):
            await reader.pilot.pause()
        await reader.pilot.press("y", "enter")
        assert "Counting its stories" in reader.frame()
        assert "still being counted" in reader.frame()
        held.set()
        await counting
        await reader.settle()
        assert "stories go with it." in reader.frame()
        await reader.press("escape")


async def test_the_list_changed_by_hand_since_is_left_as_it_is(
    opened: Open, desk: DeskLibrary, tmp_path: Path
) -> None:
    path = own_list(desk, tmp_path)
    async with opened() as reader:
        await reader.press("4", "e", "ctrl+u")
        await reader.type("Ministry")
        await reader.press("enter")
        by_hand = path.read_text(encoding="utf-8").replace('"Ministry"', '"Mine"')
        path.write_text(by_hand, encoding="utf-8")
        await reader.press("u")
        assert "changed by hand since" in reader.toasts[-1]
        assert path.read_text(encoding="utf-8") == by_hand


async def test_a_desk_that_keeps_its_feeds_says_so_before_it_asks(
    opened: Open, desk: DeskLibrary
) -> None:
    desk.config = desk.config._replace(
        feeds_file=None, listed=Listed("demo.toml", desk.config.listed.text)
    )
    async with opened() as reader:
        await reader.press("4")
        for number, key in enumerate(("plus", "i", "e", "d", "D"), 1):
            await reader.press(key)
            assert reader.dialog is None
            assert len(reader.toasts) == number
            assert "The sample desk keeps its feeds" in reader.toasts[-1]
