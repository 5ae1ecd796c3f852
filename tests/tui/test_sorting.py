"""Saved views, own tags, and the same done to all stories found, each with its undo."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dipread.model import EVERYTHING, Has, StoryId, View
from dipread.tui.rows.views import changed, moved, removed, saved
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary, story

TOKYO = View("Tokyo", "country:JP sector:trade")
KENYA = View("Kenya", "country:KE", alert=True)


def views(desk: DeskLibrary) -> tuple[View, ...]:
    with desk.open() as store:
        return store.views.all()


def keep(desk: DeskLibrary, *kept: View) -> None:
    with desk.open() as store:
        store.views.keep(kept)


def having(desk: DeskLibrary, query: str) -> set[int]:
    with desk.open() as store:
        return set(store.stories.find(desk.parse(query)))


# ------------------------------------------------------------------------------------- saved views


async def test_a_filter_is_saved_as_a_view_and_stands_above_the_filters(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened(query="country:KE") as reader:
        await reader.press("V")
        await reader.type("Kenya")
        await reader.press("tab", "space", "enter")
        assert views(desk) == (KENYA,)
        assert reader.app.focused is reader.screen.stories
        assert reader.line(3).startswith(" VIEWS")
        assert reader.line(4)[:27].split() == ["Kenya", "♪", "6/9"]
        await reader.press("u")
        assert views(desk) == ()
        await reader.press("U")
        assert views(desk) == (KENYA,)


async def test_a_view_without_a_name_is_not_saved(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("V", "enter")
        assert "Give it a name" in reader.frame()
        await reader.press("escape")
        assert views(desk) == ()


async def test_enter_asks_a_view_and_once_more_lets_it_go(opened: Open, desk: DeskLibrary) -> None:
    keep(desk, TOKYO, KENYA)
    async with opened() as reader:
        await reader.press("f", "tab", "j", "enter")
        assert reader.screen.asked == Has("view", ("Kenya",))
        assert "view:Kenya" in reader.line(1)
        assert reader.line(5).startswith("▌✓ Kenya")
        assert len(reader.screen.stories.ids) == 9
        await reader.press("space")
        assert reader.screen.asked == EVERYTHING


async def test_views_are_moved_changed_and_removed_with_undo(
    opened: Open, desk: DeskLibrary
) -> None:
    keep(desk, TOKYO, KENYA)
    async with opened() as reader:
        await reader.press("f", "tab", "J")
        assert views(desk) == (KENYA, TOKYO)
        assert reader.line(5).startswith("▌  Tokyo")
        await reader.press("J")
        assert views(desk) == (KENYA, TOKYO)
        await reader.press("K", "e")
        await reader.type(" trade")
        await reader.press("enter")
        assert views(desk) == (replace(TOKYO, name="Tokyo trade"), KENYA)
        await reader.press("d")
        assert views(desk) == (KENYA,)
        await reader.press("u", "u", "u", "u")
        assert views(desk) == (TOKYO, KENYA)


async def test_views_can_be_moved_faster_than_they_are_written(
    opened: Open, desk: DeskLibrary
) -> None:
    third = View("rice", "rice")
    keep(desk, TOKYO, KENYA, third)
    async with opened() as reader:
        await reader.press("f", "tab")
        for key in ("J", "J", "K", "K", "J", "J"):
            reader.screen.filters.action_view("down" if key == "J" else "up")
            await reader.pilot.pause(0)
        await reader.settle()
        assert views(desk) == (KENYA, third, TOKYO)


async def test_a_view_that_another_asks_for_is_not_removed(opened: Open, desk: DeskLibrary) -> None:
    both = (TOKYO, View("wide", "view:Tokyo OR rice"))
    keep(desk, *both)
    async with opened() as reader:
        await reader.press("f", "tab", "d")
        assert views(desk) == both
        assert any("no view is called 'Tokyo'" in each for each in reader.toasts)
        assert "Tokyo" in reader.line(4)


async def test_a_view_that_cannot_be_asked_says_so(opened: Open, desk: DeskLibrary) -> None:
    keep(desk, View("old", "country:zzzz"))
    async with opened() as reader:
        assert reader.line(4)[:27].split() == ["!", "old", "error"]


async def test_an_alert_tells_what_a_refresh_brought_until_it_is_looked_at(
    opened: Open, desk: DeskLibrary
) -> None:
    keep(desk, KENYA, TOKYO)
    new = [
        replace(story(1), uid=title, guid=title, link=f"https://new.example/{place}", title=title)
        for place, title in enumerate(("Kenya speaks", "Kenya and Oman meet", "Fish for Kenya"))
    ]
    desk.arriving = (new[0],)
    async with opened() as reader:
        await reader.press("R")
        assert "♪ Kenya: Kenya speaks" in reader.toasts
        assert reader.line(4)[:27].split() == ["▲", "Kenya", "♪", "7/10"]
        assert not any("Tokyo" in each for each in reader.toasts)
        await reader.press("f", "tab", "g", "enter")
        assert reader.line(4)[:27].split() == ["▌✓", "Kenya", "♪", "7/10"]
        desk.arriving = tuple(new[1:])
        await reader.press("R")
        assert "♪ Kenya: 2 new" in reader.toasts


def test_changes_of_views_leave_the_others_in_their_order() -> None:
    other = View("rice", "rice")
    before = (TOKYO, KENYA)
    assert saved(other)(before) == (TOKYO, KENYA, other)
    assert saved(View("TOKYO", "x"))(before) == (View("TOKYO", "x"), KENYA)
    assert changed("Kenya", View("tokyo", "x"))(before) == (View("tokyo", "x"),)
    assert removed("kenya")(before) == (TOKYO,)
    assert moved("Tokyo", 1)(before) == (KENYA, TOKYO)
    assert moved("Tokyo", -1)(before) == before


# ---------------------------------------------------------------------------------------- own tags


async def test_own_tags_are_given_shown_filtered_by_and_taken_back(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        here = reader.screen.stories.story
        await reader.press("number_sign")
        await reader.type("brief #follow-up")
        await reader.press("enter")
        assert "#brief  #follow-up  Japan" in reader.frame()
        assert having(desk, "#brief") == {here} == having(desk, "tag:follow-up")
        await reader.press("u")
        assert having(desk, "#brief OR #follow-up") == set()
        assert "#brief" not in reader.frame()


async def test_what_is_no_tag_is_named(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("number_sign")
        await reader.type('a"b')
        await reader.press("enter")
        assert "A tag is a word" in reader.frame()


# ------------------------------------------------------------------------------- all stories found


async def bulk(reader: Reader, turns: int, tag: str = "") -> None:
    await reader.press("ampersand", *["space"] * turns)
    if tag:
        await reader.press("tab")
        await reader.type(tag)
    await reader.press("enter")


@pytest.mark.parametrize(
    ("turns", "tag", "query"),
    [(0, "", "is:read"), (1, "", "is:unread"), (2, "", "is:starred"), (4, "brief", "#brief")],
)
async def test_all_found_are_changed_and_one_undo_takes_back_what_changed(
    opened: Open,
    desk: DeskLibrary,
    turns: int,
    tag: str,
    query: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dipread.store.journal.SLICE", 4)
    some = [StoryId(each) for each in sorted(having(desk, "country:KE"))[:2]]
    with desk.open() as store:
        store.states.tag(some, "brief", True)
    before, found = having(desk, query), having(desk, "country:FR OR country:KE")
    async with opened(query="country:FR OR country:KE") as reader:
        await bulk(reader, turns, tag)
        assert having(desk, query) == before | found
        assert any("u takes it back" in each for each in reader.toasts)
        await reader.press("u")
        assert having(desk, query) == before
        await reader.press("U")
        assert having(desk, query) == before | found


async def test_the_dialog_says_how_many_it_changes(opened: Open, desk: DeskLibrary) -> None:
    unread = len(having(desk, "is:unread"))
    async with opened() as reader:
        await reader.press("ampersand")
        assert "All 60 stories found" in reader.frame()
        assert f"{unread} of 60 become read" in reader.frame()
        await reader.press("space", "space", "space", "space")
        assert "60 stories: get the tag #…" in reader.frame()
        await reader.press("enter")
        assert "Name one tag" in reader.frame()


async def test_nothing_changes_when_all_are_so_already(opened: Open, desk: DeskLibrary) -> None:
    async with opened(query="is:read") as reader:
        await bulk(reader, 0)
        assert "All of them are so already" in reader.toasts
    async with opened(query="nothingatall") as reader:
        await reader.press("ampersand")
        assert "No story to do anything with" in reader.toasts


async def test_what_was_done_is_undone_and_done_again_on_another_day(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened(query="country:KE") as reader:
        await bulk(reader, 4, "brief")
        await reader.press("s")
    async with opened() as reader:
        await reader.press("f", "tab", "j", "space", "u")
        assert "Undone: filter" in reader.toasts
        await reader.press("u", "u")
        assert having(desk, "#brief") == set()
        assert "Undone: 9 stories tagged #brief" in reader.toasts
    async with opened() as reader:
        await reader.press("U")
        assert having(desk, "#brief") == having(desk, "country:KE")
        await reader.press("U", "U")
        assert "Nothing to redo" in reader.toasts


# --------------------------------------------------------------------------------- filter history


async def test_h_goes_back_to_the_filters_before_and_l_on_again(opened: Open) -> None:
    async with opened(query="country:KE") as reader:
        screen = reader.screen
        await reader.press("f", "tab", "x", "1", "slash")
        await reader.type("sector:trade")
        await reader.press("enter", "H")
        assert screen.asked == EVERYTHING
        await reader.press("H")
        assert screen.asked == Has("country", ("KE",))
        await reader.press("H")
        assert "No filter before this one" in reader.toasts
        await reader.press("L", "L")
        assert screen.asked == Has("sector", ("trade",))
        await reader.press("u")
        assert screen.asked == EVERYTHING
