"""Completion in the query line: what is offered, how it is taken, what Escape closes first."""

from __future__ import annotations

import pytest
from textual.geometry import Offset

from dipread.model import EVERYTHING, Has
from dipread.tui.widgets.query_input import inked
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary


def offered(reader: Reader) -> list[str]:
    return [each.text for each in reader.screen.query_line.offers.candidates]


async def test_typing_offers_what_it_may_become_with_counts(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("country:ja")
        assert offered(reader)[0] == "country:JP"
        offers = reader.screen.query_line.offers
        assert offers.region.offset == Offset(2, 2)
        assert reader.line(2)[3:66].split() == ["country:JP", "Japan", "60"]


async def test_tab_takes_the_first_and_the_list_goes(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("kenya")
        await reader.press("tab")
        assert reader.screen.asked == Has("country", ("KE",))
        assert not reader.screen.query_line.offers.display
        assert reader.screen.query_line.typing
        await reader.press("tab")
        assert reader.app.focused is reader.screen.stories


async def test_a_field_taken_goes_on_to_its_values(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("sec")
        assert offered(reader)[0] == "sector:"
        await reader.press("right")
        assert "sector:defence" in offered(reader)


async def test_the_arrows_choose_and_enter_takes_what_is_chosen(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("is:")
        second = offered(reader)[1]
        await reader.press("down", "down")
        assert reader.screen.query_line.offers.best.text == second
        assert "▌" in reader.line(3)
        await reader.press("down", "up")
        await reader.press("enter")
        assert reader.screen.query_line._input.value == f"{second} "
        await reader.press("enter")
        assert reader.screen.asked == Has("is", (second.removeprefix("is:"),))


async def test_enter_keeps_what_is_typed_when_nothing_was_chosen(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("country:j")
        await reader.press("home", "end", "enter")
        assert reader.app.focused is reader.screen.query_line._input  # `j` is no country
        await reader.press("escape", "escape")
        await reader.press("slash")
        await reader.type("ind")
        assert offered(reader)
        await reader.press("enter")
        assert reader.app.focused is reader.screen.stories
        assert not offered(reader)


async def test_escape_closes_the_list_before_it_gives_the_query_up(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("ind")
        assert reader.line(-1).split()[:2] == ["Tab", "take"]
        await reader.press("escape")
        assert not offered(reader)
        assert reader.screen.query_line.typing
        await reader.press("escape")
        assert reader.screen.asked == EVERYTHING
        assert reader.app.focused is reader.screen.stories


async def test_nothing_is_offered_for_what_is_a_value_already(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("sector:trade")
        assert not offered(reader)
        await reader.press("down")
        assert reader.app.focused is reader.screen.stories


async def test_what_only_the_archive_knows_is_offered(opened: Open, desk: DeskLibrary) -> None:
    with desk.open() as store:
        store.states.tag(list(store.stories.find())[:2], "follow-up", True)  # type: ignore[arg-type]
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("tag:fol")
        assert offered(reader) == ["tag:follow-up"]
        assert reader.line(2)[3:66].split() == ["tag:follow-up", "2"]
        await reader.type(" feed:mof")
        assert offered(reader) == ['feed:"MOFA 日本"']


@pytest.mark.parametrize(
    ("query", "inks"),
    [
        ("country:JP", ["primary", "country"]),
        ("-sector:trade", ["error", "error"]),
        ('(a OR "b c")', ["event", "event", "sector", "event"]),
        ("#brief @3d", ["note", "note"]),
        ('rice "half a', ["sector"]),
        ("plain words", []),
    ],
)
def test_the_parts_of_a_query_have_inks(query: str, inks: list[str]) -> None:
    assert [ink for ink, _, _ in inked(query)] == inks
