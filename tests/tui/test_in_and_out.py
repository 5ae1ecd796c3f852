"""Refresh, new stories, export, the browser, first run and offline."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dipread.demo import sample_desk
from dipread.tui.screens import reading
from dipread.tui.screens.export import ExportDialog
from tests.tui.conftest import Open
from tests.tui.desk import FEEDS, NOW, DeskLibrary, library, story, tag


def _news(count: int) -> tuple:
    return tuple(
        replace(
            story(number),
            uid=f"new{number}",
            guid=f"new{number}",
            link=f"https://wire.example/new{number}",
            title=f"Breaking: Japan and Oman talk ({number})",
            published=NOW - timedelta(seconds=number),
        )
        for number in range(count)
    )


async def _refreshed(reader: object) -> None:
    """Wait for the refresh thread, which no worker stands for."""
    while reader.app._refreshing is not None:  # type: ignore[attr-defined]
        await reader.pilot.pause()  # type: ignore[attr-defined]
    await reader.settle()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("moving", "showing"), [("jjj", ["full_stop"]), ("jk", ["g"])])
async def test_new_stories_wait_and_come_in_above_the_cursor(
    opened: Open, desk: DeskLibrary, moving: str, showing: list[str]
) -> None:
    desk.arriving = _news(5)
    async with opened() as reader:
        stories = reader.screen.stories
        await reader.press(*moving)
        here, shown = stories.story, stories.ids
        line = stories.cursor - stories.scroll_offset.y
        await reader.press("R")
        await _refreshed(reader)
        assert stories.ids is shown
        assert "▲ 5 new  press ." in reader.frame()
        assert "✓ 14:05 · 5 new" in reader.line(0)
        await reader.press(*showing)
        assert len(stories.ids) == 65
        assert stories.story == here
        assert stories.cursor - stories.scroll_offset.y == line
        assert "press ." not in reader.frame()


async def test_into_an_empty_archive_stories_come_by_themselves_and_the_cursor_stays(
    opened: Open, tmp_path: Path
) -> None:
    empty = library(tmp_path / "new")
    async with opened(of=empty) as reader:
        screen = reader.screen
        with empty.open() as store:
            store.feeds.sync(FEEDS)
            feed = store.feeds.subscriptions()[0].id
            for numbers in ((4, 6), (1, 5), (0, 3)):
                store.ingest.save(feed, [story(each) for each in numbers], tag, "rules")
                screen._look_for_news()
                await reader.settle()
                if numbers == (4, 6):
                    await reader.press("j")
                    here = screen.stories.story
                assert screen.stories.story == here
        assert len(screen.stories.ids) == 6
        screen.refresh_ended()
        await reader.settle()
        with empty.open() as store:
            store.ingest.save(feed, [story(2)], tag, "rules")
        screen._look_for_news()
        await reader.settle()
        assert "▲ 1 new  press ." in reader.frame()


async def test_what_was_read_stays_until_the_filter_runs_again(
    opened: Open, desk: DeskLibrary
) -> None:
    desk.arriving = _news(2)
    async with opened(query="is:unread") as reader:
        stories = reader.screen.stories
        here = stories.story
        await reader.press("m", "R")
        await _refreshed(reader)
        await reader.press("full_stop")
        assert here in stories.ids
        assert stories.story == here


async def test_failing_feeds_are_counted_without_a_toast(opened: Open, desk: DeskLibrary) -> None:
    desk.failing = (FEEDS[1].url,)
    async with opened() as reader:
        await reader.press("R")
        await _refreshed(reader)
        assert "! 1 feed failing" in reader.line(0)
        assert not reader.toasts
        assert "error" in reader.frame()


async def test_a_feed_asked_for_by_name_tells_why_it_failed(
    opened: Open, desk: DeskLibrary
) -> None:
    desk.failing = tuple(feed.url for feed in FEEDS)
    async with opened() as reader:
        await reader.press("r")
        await _refreshed(reader)
        assert any("HTTP 503" in toast for toast in reader.toasts)


async def test_the_sample_desk_is_fetched_by_another_process(opened: Open, tmp_path: Path) -> None:
    with sample_desk(library(tmp_path).config, lambda: NOW) as desk:
        async with opened(of=desk) as reader:
            assert "No stories yet." in reader.frame()
            await reader.press("escape", "R")
            await _refreshed(reader)
            assert len(reader.screen.stories.ids) == 92
            assert "press ." not in reader.frame()
            assert "Welcome" not in reader.frame()


async def test_offline_is_said_and_nothing_is_fetched(opened: Open, seeded: Path) -> None:
    config = library(seeded.parent).config._replace(offline=True)
    async with opened(of=DeskLibrary(config, lambda: NOW)) as reader:
        assert "offline, showing saved stories" in reader.line(0)
        await reader.press("R")
        assert "Offline: nothing is fetched" in reader.toasts


async def test_a_filter_is_exported_to_a_folder(
    opened: Open, desk: DeskLibrary, tmp_path: Path
) -> None:
    async with opened(query="sector:energy country:NO") as reader:
        await reader.press("E")
        dialog = reader.dialog
        assert isinstance(dialog, ExportDialog)
        assert f"this filter: {len(reader.screen.stories.ids)} stories" in reader.frame()
        assert ".md" in reader.frame()
        await reader.press("tab", "tab", "space", "tab", "space")
        assert "pair-without.md" in reader.frame()
        assert "> [!info]" not in reader.frame()
        await reader.press("left", "shift+tab", "left", "shift+tab", "shift+tab")
        assert "# Norway and Fiji" in reader.frame()
        await reader.press("enter")
        while not list((tmp_path / "notes").glob("*.md")) or not reader.toasts:
            await reader.pilot.pause()
        written = list((tmp_path / "notes").glob("*.md"))
        assert len(written) == len(reader.screen.stories.ids)
        assert any(f"{len(written)} files written to" in toast for toast in reader.toasts)


async def test_one_story_is_exported_elsewhere(opened: Open, tmp_path: Path) -> None:
    async with opened() as reader:
        await reader.press("E", "left", "tab", "tab", "tab", "tab")
        await reader.press("ctrl+u")
        await reader.type(str(tmp_path / "one"))
        await reader.press("enter")
        while not reader.toasts:
            await reader.pilot.pause()
        assert len(list((tmp_path / "one").glob("*.md"))) == 1


async def test_an_export_that_cannot_be_written_says_so(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("in the way")
    async with opened() as reader:
        await reader.press("E", "enter")
        while not reader.toasts:
            await reader.pilot.pause()
        assert "can't be written to" in reader.toasts[0]


async def test_o_starts_the_browser_with_the_link(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(reading, "start", started.append)
    monkeypatch.setenv("BROWSER", "true")
    async with opened() as reader:
        await reader.press("o")
        assert started[0][-1] == "https://wire.example/0"
