"""Finding a filter by two keys and a few letters."""

from __future__ import annotations

import pytest

from dipread.library import Library
from dipread.model import EVERYTHING, And, Has, Not
from dipread.tui.picking import entries, matching, spellings
from dipread.tui.screens.picker import Picker
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary


def picker(reader: Reader) -> Picker:
    """The dialog that is open."""
    assert isinstance(reader.dialog, Picker)
    return reader.dialog


def found(library: Library, wanted: str) -> list[str]:
    """The codes of the countries that are called so, best first."""
    vocabulary, known = library.vocabulary, library.known
    names = spellings("country", vocabulary, known)
    listed = entries("country", {"GH": 64, "JP": 3}, vocabulary, known, names)
    return [match.entry.code for match in matching(listed, "country", wanted, EVERYTHING)]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("ghana", "GH"), ("GH", "GH"), ("gha", "GH"), ("Accra", "GH"), ("гана", "GH"), ("加纳", "GH"),
        ("ガーナ", "GH"), ("غانا", "GH"), ("japón", "JP"), ("日本", "JP"), ("Takaichi", "JP"),
        ("高市", "JP"), ("Такаити", "JP"), ("Токио", "JP"), ("טוקיו", "JP"), ("cote divoire", "CI"), ("untdst", "US"),
        ("untdkng", "GB"), ("elfenbein", "CI"),
    ],
)  # fmt: skip
def test_countries_are_found_by_name_code_capital_and_leader_in_any_script(
    desk: DeskLibrary, wanted: str, code: str
) -> None:
    assert found(desk, wanted)[0] == code


def test_without_letters_all_are_listed_the_fullest_first(desk: DeskLibrary) -> None:
    all_ = found(desk, "")
    assert all_[:2] == ["GH", "JP"]
    assert len(all_) > 190


async def test_two_keys_and_letters_filter_live_and_the_counts_leave_the_facet_out(
    opened: Open,
) -> None:
    async with opened() as reader:
        await reader.press("f", "c", *"ken")
        assert "Kenya" in reader.frame()
        await reader.press("space")
        assert reader.screen.asked == Has("country", ("KE",))
        assert len(reader.screen.stories.ids) == 9
        here = picker(reader).list.item
        assert here
        assert here.stands == "in"
        await reader.press(*["backspace"] * 3, *"fij")
        fiji = picker(reader).list.item
        assert fiji
        assert fiji.entry.stories == 8  # as without the facet: none names both
        await reader.press("minus")
        assert Not(Has("country", ("FJ",))) in reader.screen.asked.of  # type: ignore[union-attr]
        await reader.press("escape", "u", "u")
        assert reader.screen.asked == EVERYTHING
        assert reader.screen.stories.has_focus


async def test_enter_keeps_what_was_chosen_before_and_adds_what_was_found_since(
    opened: Open,
) -> None:
    async with opened() as reader:
        await reader.press("f", "c", *"ken")
        assert "Enter only" in reader.frame()
        await reader.press("space")
        assert "Enter done" in reader.frame()
        await reader.press("enter")
        assert reader.dialog is None
        assert reader.screen.asked == Has("country", ("KE",))
        await reader.press("f", "c", *"ken", "space", "space", *["backspace"] * 3, *"fij")
        assert "Enter this too" in reader.frame()
        await reader.press("enter")
        assert reader.dialog is None
        assert reader.screen.asked == And((Has("country", ("KE",)), Has("country", ("FJ",))))


async def test_enter_asks_only_this_and_closes(opened: Open) -> None:
    async with opened(query="country:IT sector:trade") as reader:
        await reader.press("f", "c", *"日本", "enter")
        assert reader.dialog is None
        assert reader.screen.query_line._input.value == "sector:trade country:JP"


async def test_tab_goes_round_the_lists_and_backspace_on_nothing_closes(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "s", "tab")
        assert "Filter: events" in reader.frame()
        await reader.press("tab", "tab", "down", "enter")
        assert reader.screen.asked == Has("since", ("3d",))
        await reader.press("f", "d", "backspace")
        assert reader.dialog is None


async def test_a_date_can_be_typed(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "d")
        await reader.type("2026-09-12")
        await reader.press("enter")
        assert reader.screen.asked == Has("since", ("2026-09-12",))


async def test_single_letters_after_f_turn_filters_on_and_off(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "u")
        assert reader.screen.asked == Has("is", ("unread",))
        await reader.press("f", "u")
        assert reader.screen.asked == EVERYTHING
        await reader.press("f", "asterisk")
        assert len(reader.screen.stories.ids) == 1
        await reader.press("f", "n")
        assert len(reader.screen.stories.ids) == 0
        await reader.press("f", "x")
        assert reader.screen.asked == EVERYTHING


async def test_the_footer_names_the_letters_and_another_key_only_ends_it(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f")
        for words in ("c countries", "s sectors", "u unread", "* starred"):
            assert words in reader.frame().split("\n")[-1]
        await reader.press("G")
        assert reader.screen.stories.cursor == 0
        await reader.press("s")
        assert "★" in reader.line(3)


async def test_nothing_found_is_said_and_chooses_nothing(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "c", *"qqqq")
        assert "Nothing is called that." in reader.frame()
        await reader.press("space", "escape")
        assert reader.screen.asked == EVERYTHING


async def test_keys_typed_in_one_go_choose_what_was_typed(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "c", *"fra", "space", "ctrl+u", *"braz", "space", "escape")
        assert reader.screen.asked == And((Has("country", ("FR",)), Has("country", ("BR",))))
