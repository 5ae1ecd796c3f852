"""The panes: which is open, which has the focus, and how they lie at each size."""

from __future__ import annotations

from tests.tui.conftest import Open


async def test_enter_opens_the_story_alone_and_escape_comes_back(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("enter")
        assert reader.screen.zoomed
        assert reader.app.focused is reader.screen.view
        assert not reader.screen.query_one("#list-side").display
        row = reader.screen.stories.row(0)
        assert row
        assert row.read
        await reader.press("escape")
        assert not reader.screen.zoomed
        assert reader.app.focused is reader.screen.stories


async def test_tab_goes_round_the_panes(opened: Open) -> None:
    async with opened() as reader:
        screen = reader.screen
        for pane in (screen.view, screen.filters, screen.stories):
            await reader.press("tab")
            assert reader.app.focused is pane
        await reader.press("shift+tab")
        assert reader.app.focused is screen.filters
        await reader.press("h")
        assert reader.app.focused is screen.view
        await reader.press("1")
        assert reader.app.focused is screen.stories


async def test_the_focused_pane_is_told_by_its_title(opened: Open) -> None:
    async with opened() as reader:
        assert "▌STORIES" in reader.frame()
        await reader.press("tab")
        assert "▌STORY" in reader.frame()
        assert "▌STORIES" not in reader.frame()


async def test_narrow_terminals_open_the_filters_over_the_list(opened: Open) -> None:
    async with opened(size=(80, 24)) as reader:
        side = reader.screen.query_one("#filters-side")
        assert not side.display
        await reader.press("f", "tab")
        assert side.display
        assert reader.app.focused is reader.screen.filters
        await reader.press("escape")
        assert not side.display
        assert reader.app.focused is reader.screen.stories


async def test_tiny_terminals_show_the_focused_pane_only(opened: Open) -> None:
    async with opened(size=(50, 12)) as reader:
        assert not reader.screen.query_one("#story-side").display
        await reader.press("tab")
        assert reader.screen.query_one("#story-side").display
        assert not reader.screen.query_one("#list-side").display


async def test_z_zooms_and_backslash_goes_through_the_layouts(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("z")
        assert not reader.screen.query_one("#story-side").display
        await reader.press("z")
        assert reader.screen.query_one("#story-side").display
        shapes = []
        for _ in range(3):
            await reader.press("backslash")
            shapes.append(reader.screen.shape)
        assert shapes == ["wide", "narrow", "medium"]


async def test_growing_and_shrinking_keeps_the_story_and_the_place(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("j", "j", "j", "j")
        for size in ((80, 24), (200, 50), (50, 12), (120, 36)):
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            stories = reader.screen.stories
            assert stories.cursor == 4
            top = stories.scroll_offset.y
            assert top <= 4 < top + stories.size.height
