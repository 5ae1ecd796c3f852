"""The first run teaches itself: groups of feeds, a sample desk, or a feed of one's own."""

from __future__ import annotations

from pathlib import Path

from dipread.config import read_feeds
from dipread.tui.screens.feeds import FeedsScreen
from dipread.tui.screens.line import LineDialog
from dipread.tui.screens.welcome import WelcomeDialog, groups_of
from tests.tui.conftest import Open
from tests.tui.desk import FEEDS, DeskLibrary, library, story

from ..terminal import Terminal
from ..test_journey import environment


def new_desk(folder: Path) -> DeskLibrary:
    """A library that has fetched nothing yet, with a list of its own."""
    desk = library(folder)
    path = folder / "own.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(desk.config.listed.text, encoding="utf-8")
    desk.config = desk.config._replace(feeds_file=path)
    return desk


async def test_enter_fetches_the_groups_that_are_on(opened: Open, tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "new")
    desk.arriving = (story(1), story(2))
    async with opened(size=(80, 24), of=desk) as reader:
        assert isinstance(reader.dialog, WelcomeDialog)
        assert "Ministries" in reader.frame()
        await reader.press("j", "space")
        assert "start (2 feeds" in reader.frame()
        await reader.press("enter")
        assert reader.dialog is None
        assert len(reader.screen.stories.ids) == 2
    assert [each.title for each in read_feeds(desk.config.feeds_file).feeds] == [
        FEEDS[0].title,
        FEEDS[2].title,
    ]


async def test_all_groups_leave_the_list_as_it_is(opened: Open, tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "new")
    assert desk.config.feeds_file
    before = desk.config.feeds_file.read_text(encoding="utf-8")
    async with opened(of=desk) as reader:
        await reader.press("enter")
    assert desk.config.feeds_file.read_text(encoding="utf-8") == before


async def test_esc_shows_the_empty_desk_which_says_what_to_do(opened: Open, tmp_path: Path) -> None:
    async with opened(size=(80, 24), of=new_desk(tmp_path / "new")) as reader:
        await reader.press("escape")
        assert "R   fetch 3 feeds" in reader.frame()


async def test_one_may_begin_with_a_feed_of_ones_own(opened: Open, tmp_path: Path) -> None:
    async with opened(of=new_desk(tmp_path / "new")) as reader:
        await reader.press("plus")
        await reader.settle()
        assert isinstance(reader.dialog, LineDialog)
        assert any(isinstance(each, FeedsScreen) for each in reader.app.screen_stack)


async def test_offline_nothing_is_offered_to_fetch(opened: Open, tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "new")
    desk.config = desk.config._replace(offline=True)
    async with opened(of=desk) as reader:
        assert reader.dialog is None
        assert "offline, showing saved stories" in reader.frame().split("\n")[0]


async def test_who_has_stories_is_not_welcomed(opened: Open) -> None:
    async with opened() as reader:
        assert reader.dialog is None


def test_groups_count_feeds_and_name_countries() -> None:
    groups = groups_of([*FEEDS, FEEDS[0]])
    assert [(each.name, each.feeds) for each in groups] == [
        ("Ministries", 2),
        ("Wires", 1),
        ("Press", 1),
    ]
    assert groups[0].countries == ("JP",)


def test_the_sample_desk_is_one_key_away(tmp_path: Path) -> None:
    import sys

    command = [sys.executable, "-m", "dipread"]
    with Terminal(command, environment(tmp_path), 80, 24) as terminal:
        terminal.wait("Welcome to dipread", "Nothing is sent anywhere")
        terminal.press("d")
        terminal.wait("▌STORIES", "of 92")
        terminal.press("q")
        assert terminal.finish() == 0
