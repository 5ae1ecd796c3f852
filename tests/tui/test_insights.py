"""Insights: numbers that are real, each the way to its stories."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dipread.model import EVERYTHING, And, Has
from dipread.store import Grid
from dipread.tui.screens.insights import InsightsScreen
from tests.tui.conftest import Open, Reader
from tests.tui.desk import FEEDS, NOW, DeskLibrary, story, tag


def insights(reader: Reader) -> InsightsScreen:
    """The screen that is shown."""
    screen = reader.app.screen
    assert isinstance(screen, InsightsScreen)
    return screen


async def test_a_cell_leads_to_exactly_its_stories_and_h_leads_back(opened: Open) -> None:
    async with opened(query="country:JP") as reader:
        await reader.press("2")
        heat = insights(reader).heat
        counts = {heat.label(row): sum(c) for row, c in enumerate(heat.grid.counts)}
        assert counts == {"defence": 60, "energy": 60, "trade": 60}
        await reader.press("j", "left")
        wanted = heat.count
        assert 0 < wanted < 60
        assert f" {wanted} stories" in insights(reader).cell_line.said
        await reader.press("enter")
        assert reader.app.screen is reader.screen
        assert len(reader.screen.stories.ids) == wanted
        assert Has("sector", ("energy",)) in reader.screen.asked.of  # type: ignore[union-attr]
        await reader.press("H")
        assert reader.screen.asked == Has("country", ("JP",))
        assert len(reader.screen.stories.ids) == 60


async def test_a_pair_leads_to_the_stories_that_name_both(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("2", "tab")
        pairs = insights(reader).pairs
        assert pairs.has_focus
        await reader.press("j", "j")
        here, count = pairs.here, pairs.count
        assert here
        await reader.press("enter")
        assert reader.screen.asked == And(tuple(Has("country", (code,)) for code in here))
        assert len(reader.screen.stories.ids) == count


async def test_a_brushed_span_leads_to_all_its_stories(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("2", "shift+tab")
        timeline = insights(reader).timeline
        assert timeline.has_focus
        await reader.press("v", "left", "left")
        assert timeline.count == 60 == sum(timeline.grid.whole)
        await reader.press("enter")
        assert len(reader.screen.stories.ids) == 60
        assert reader.screen.asked != EVERYTHING


async def test_a_spike_is_marked_named_and_reached_by_a_key(
    opened: Open, desk: DeskLibrary
) -> None:
    many = [
        replace(
            story(1000 + n), link=f"https://many.example/{n}", published=NOW - timedelta(days=9)
        )
        for n in range(30)
    ]
    thin = [
        replace(
            story(2000 + n), link=f"https://thin.example/{n}", published=NOW - timedelta(days=3 + n)
        )
        for n in range(20)
    ]
    with desk.open() as store:
        (feed, *_) = store.feeds.subscriptions()
        assert feed.feed == FEEDS[0]
        store.ingest.save(feed.id, many + thin, tag, "rules")
    async with opened() as reader:
        await reader.press("2", "shift+tab", "p", "p")
        screen = insights(reader)
        assert len(screen.timeline.spikes) >= 1
        assert screen.timeline.count == 31
        assert "4 Sep 2026 · 31 stories" in screen.cell_line.said
        assert "× usual" in screen.cell_line.said
        assert "▲" in reader.frame()


async def test_rows_and_columns_can_be_others(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("2", "r")
        screen = insights(reader)
        assert set(screen.heat.grid.rows) == {"agreement", "summit"}
        await reader.press("c")
        assert [each.name for each in screen.heat.grid.periods] == ["2026-W37"]
        assert "EVENT × WEEK" in reader.frame()
        await reader.press("n")
        assert "share of the period" in reader.frame()


@pytest.mark.parametrize("form", ["text", "csv", "svg"])
async def test_a_chart_is_written_in_every_form_and_never_over_a_file(
    opened: Open, desk: DeskLibrary, form: str
) -> None:
    async with opened() as reader:
        turns = {"text": 0, "csv": 1, "svg": 2}[form]
        await reader.press("2", "E", *["space"] * turns, "enter")
        (path,) = Path(desk.config.export_folder).iterdir()
        text = path.read_text(encoding="utf-8")
        assert path.suffix == {"text": ".txt", "csv": ".csv", "svg": ".svg"}[form]
        assert re.search(r"defence", text)
        assert "60" in text
        await reader.press("E", *["space"] * turns, "enter")
        assert any("is there already" in each for each in reader.toasts)
        assert path.read_text(encoding="utf-8") == text


async def test_undo_and_the_way_back_act_in_every_screen(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("s", "2", "u")
        assert any("Undone" in each and "star" in each for each in reader.toasts)
        await reader.press("z")
        assert insights(reader).zoomed
        await reader.press("q")
        assert not insights(reader).zoomed
        await reader.press("q")
        assert reader.app.screen is reader.screen


async def test_charts_without_colours_are_told_by_glyphs(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as reader:
        await reader.press("2")
        frame = reader.frame()
        assert "[" in frame
        assert "█" in frame


async def test_charts_that_stand_there_already_are_not_painted_again(
    opened: Open, desk: DeskLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as reader:
        await reader.press("2", "1")
        shown: list[Grid] = []
        heat = reader.app._rooms._room("insights").heat  # type: ignore[attr-defined]
        monkeypatch.setattr(heat, "show", shown.append)
        await reader.press("2", "1", "2")
        assert shown == []
        await reader.press("n")
        assert len(shown) == 1
        desk.arriving = (replace(story(0), uid="n", guid="n", link="https://new.example/"),)
        await reader.press("R")
        assert sum(shown[-1].whole) == 61
