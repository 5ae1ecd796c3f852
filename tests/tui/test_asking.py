"""One question and its ways: the filters, the query line, the words of a mark."""

from __future__ import annotations

from textual import events

from dipread.model import EVERYTHING, And, Has, Not
from tests.tui.conftest import Open


async def test_a_filter_is_included_and_excluded_and_cleared(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "tab")
        filters = reader.screen.filters
        value = filters.rows[filters.cursor]
        await reader.press("space")
        assert reader.screen.asked == Has("country", (value.code,))
        assert "✓" in reader.frame()
        assert "1 on" in reader.line(2)
        await reader.press("minus")
        assert reader.screen.asked == Not(Has("country", (value.code,)))
        assert "✕" in reader.frame()
        await reader.press("minus")
        assert reader.screen.asked == EVERYTHING
        await reader.press("enter")
        assert reader.screen.asked == Has("country", (value.code,))
        await reader.press("x")
        assert reader.screen.asked == EVERYTHING
        await reader.press("u")
        assert reader.screen.asked == Has("country", (value.code,))


async def test_filter_rows_keep_their_order_while_focused(opened: Open) -> None:
    async with opened() as reader:
        filters = reader.screen.filters
        await reader.press("f", "tab", "j", "j", "j")
        before = [getattr(row, "code", None) for row in filters.rows]
        cursor = filters.cursor
        await reader.press("space")
        after = [getattr(row, "code", None) for row in filters.rows]
        assert filters.cursor == cursor
        assert [code for code in after if code in before][:8] == before[:8]
        await reader.press("tab")


async def test_backspace_drops_the_last_clause(opened: Open) -> None:
    async with opened(query="country:JP sector:defence") as reader:
        await reader.press("backspace")
        assert reader.screen.asked == Has("country", ("JP",))
        assert "country:" in reader.line(1)
        assert "sector:" not in reader.line(1)


async def test_the_query_filters_as_it_is_typed(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        assert reader.line(-1).strip() == "Enter keep  Esc as before"
        await reader.type("sector:defence")
        assert reader.screen.asked == Has("sector", ("defence",))
        assert "60 of 60" in reader.line(1)
        await reader.type(" -country:JP")
        assert reader.screen.asked == And(
            (Has("sector", ("defence",)), Not(Has("country", ("JP",))))
        )
        await reader.press("enter")
        assert reader.app.focused is reader.screen.stories
        await reader.press("u")
        assert reader.screen.asked == EVERYTHING


async def test_a_faulty_query_keeps_the_last_good_list_and_is_named(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("slash")
        await reader.type("country:JP")
        shown = reader.screen.stories.ids
        await reader.type(" sector:zzzqqq")
        assert reader.screen.stories.ids == shown
        assert "zzzqqq" in reader.line(-1)
        fault = reader.screen.query_line._input.highlights.fault
        assert fault
        assert "zzzqqq" in reader.screen.query_line._input.value[slice(*fault)]
        await reader.press("escape")
        assert reader.screen.asked == EVERYTHING
        assert "? keys" in reader.line(-1)


async def test_escape_brings_the_old_query_back(opened: Open) -> None:
    async with opened(query="country:JP") as reader:
        await reader.press("slash")
        await reader.type("sector:trade")
        await reader.press("escape")
        assert reader.screen.asked == Has("country", ("JP",))
        assert reader.app.focused is reader.screen.stories


async def test_an_impossible_query_says_what_each_clause_costs(opened: Open) -> None:
    async with opened(query="country:NO country:MX title:Norway") as reader:
        frame = reader.frame()
        assert "No story has all of this." in frame
        assert "Without country:MX:" in frame
        assert "Backspace" in frame


async def test_plus_and_minus_filter_by_the_mark(opened: Open) -> None:
    async with opened() as reader:
        view, screen = reader.screen.view, reader.screen
        await reader.press("tab")
        assert view.check_action("filter", ("include",)) is False
        await reader.press("right_square_bracket", "plus")
        assert view.page.text[view.mark.start : view.mark.end] == "Japan"
        assert screen.asked == Has("country", ("JP",))
        view.focus_mark(next(each for each in view.page.marks if each.kind == "event"))
        await reader.press("minus")
        assert screen.asked == And((Has("country", ("JP",)), Not(Has("event", ("agreement",)))))
        await reader.press("u", "u")
        assert screen.asked == EVERYTHING


async def test_the_same_key_takes_the_filter_of_a_mark_off_again(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("tab", "right_square_bracket", "plus")
        view = reader.screen.view
        view.focus_mark(next(each for each in view.page.marks if each.kind == "country"))
        await reader.press("plus")
        assert reader.screen.asked == EVERYTHING


async def test_a_slash_in_the_filters_finds_one_by_its_name(opened: Open) -> None:
    async with opened() as reader:
        filters = reader.screen.filters
        await reader.press("f", "tab", "slash", *"keny")
        assert [row.code for row in filters.rows if hasattr(row, "code")] == ["KE"]
        assert "Enter to these" in reader.line(-1)
        assert "▌FILTERS" in reader.frame()
        await reader.press("enter", "space")
        assert reader.screen.asked == Has("country", ("KE",))
        await reader.press("escape")
        assert len(filters.rows) > 10
        assert reader.app.focused is filters
        await reader.press("slash", "zz", "escape")
        assert len(filters.rows) > 10
        assert not reader.screen.find.display


async def test_keys_typed_at_once_after_a_slash_all_reach_the_query(opened: Open) -> None:
    async with opened() as reader:
        for name in ("slash", *"sector", "colon", *"trade", "enter"):
            reader.app.post_message(events.Key(name, ":" if name == "colon" else None))
        await reader.settle()
        assert reader.screen.asked == Has("sector", ("trade",))
        row = reader.screen.stories.row(0)
        assert row
        assert not row.starred
