"""The reader's word on tags, given in the why strip."""

from __future__ import annotations

import pytest

from dipread.model import StoryDetail
from dipread.tui.screens import rule
from dipread.tui.screens.label import LabelDialog
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary


def stored(desk: DeskLibrary, reader: Reader) -> StoryDetail:
    story = reader.screen.stories.story
    assert story is not None
    with desk.open() as store:
        detail = store.stories.detail(story)
    assert detail
    return detail


def tags(detail: StoryDetail) -> set[str]:
    return {f"{each.kind}:{each.code}" for each in detail.tags}


async def test_a_tag_called_wrong_goes_and_can_be_had_back(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("w")
        shown = reader.screen.why.shown
        assert shown
        name = f"{shown.kind}:{shown.code}"
        await reader.press("x")
        assert name not in tags(stored(desk, reader))
        assert not reader.toasts
        await reader.press("u")
        assert name in tags(stored(desk, reader))
        await reader.press("U")
        assert name not in tags(stored(desk, reader))


async def test_what_was_called_wrong_stays_in_the_strip_and_x_again_takes_the_word_back(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        await reader.press("w")
        first = reader.screen.why.shown
        assert first
        await reader.press("x")
        assert reader.app.focused is reader.screen.why
        assert reader.screen.why.shown == first.__class__(
            first.kind, first.code, 0.0, 0.0, evidence=()
        )
        assert "wrong, you say" in reader.frame()
        await reader.press("x")
        assert reader.screen.why.shown == first
        assert stored(desk, reader).verdicts == ()


async def test_a_tag_called_right_says_so(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("w", "plus")
        assert [each.says for each in stored(desk, reader).verdicts] == ["right"]
        assert "right, you say" in reader.frame()
        await reader.press("plus")
        assert stored(desk, reader).verdicts == ()


async def test_a_missing_tag_is_named_and_shown_in_story_and_row(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        await reader.press("w", "l")
        assert isinstance(reader.dialog, LabelDialog)
        await reader.type("sector:nothing")
        await reader.press("enter")
        assert "no sector is called" in reader.frame()
        await reader.press("ctrl+u")
        await reader.type("country:Mexico")
        await reader.press("enter")
        assert "country:MX" in tags(stored(desk, reader))
        row = reader.screen.stories.row(0)
        assert row
        assert "MX" in row.countries


async def test_a_label_may_say_that_a_tag_does_not_hold(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("w", "l")
        await reader.type("-sector:defence")
        await reader.press("enter")
        assert "sector:defence" not in tags(stored(desk, reader))


async def test_w_on_a_story_without_tags_asks_for_one(opened: Open, desk: DeskLibrary) -> None:
    async with opened(query="title:Hostile") as reader:
        while stored(desk, reader).tags:
            await reader.press("w", "x", "escape")
        await reader.press("w")
        assert "wrong, you say" in reader.frame()


async def test_r_opens_the_rule_shows_what_an_edit_does_and_keeps_it(
    opened: Open, desk: DeskLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule, "PAUSE", 0.001)
    async with opened() as reader:
        await reader.press("w")
        while (shown := reader.screen.why.shown) and shown.kind != "sector":
            await reader.press("n")
        await reader.press("r")
        assert "Rule sector.defence" in reader.frame()
        assert "defence" in reader.frame()
        await reader.press("tab", "tab")
        await reader.type("japan, india")
        assert "of the newest 60 stories" in reader.frame()
        assert "sector:defence +" in reader.frame()
        await reader.press("enter")
        assert any("tagged anew" in each.lower() for each in reader.toasts)
    written = (desk.config.paths.config / "rules.d" / "screen-sector-defence.toml").read_text(
        encoding="utf-8"
    )
    assert 'medium = ["japan", "india"]' in written


async def test_the_strip_tells_what_else_was_considered(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("w")
        reader.screen.why.consider(reader.screen.detail, "trade 1.0 of 2.5")  # type: ignore[arg-type]
        await reader.settle()
        assert "also considered: trade 1.0 of 2.5" in reader.frame()
