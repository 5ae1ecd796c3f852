"""The stories screen by its keys: what is shown, what is marked, where the focus goes."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset

from dipread.model import EVERYTHING, And, Has, Not
from tests.tui.conftest import Open
from tests.tui.desk import DeskLibrary


async def test_every_story_is_listed_and_the_newest_is_shown(opened: Open) -> None:
    async with opened() as reader:
        assert len(reader.screen.stories.ids) == 60
        assert "60 of 60" in reader.line(1)
        assert reader.screen.view.page.text.startswith("Japan and India sign")


async def test_the_cursor_moves_by_story_page_and_end(opened: Open) -> None:
    async with opened() as reader:
        stories = reader.screen.stories
        await reader.press("j", "down", "k")
        assert stories.cursor == 1
        await reader.press("G")
        assert stories.cursor == 59
        await reader.press("j")
        assert stories.cursor == 59
        await reader.press("g")
        assert (stories.cursor, stories.scroll_offset.y) == (0, 0)
        await reader.press("pagedown", "ctrl+d")
        assert stories.cursor == 2 * (stories.size.height - 1)
        await reader.press("pageup", "ctrl+u", "end", "home")
        assert stories.cursor == 0


async def test_the_reading_pane_follows_the_cursor(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("j")
        assert reader.screen.view.page.text.startswith("Italy and Kenya discuss")
        assert "STORY 2/60" in reader.frame()


async def test_moving_past_a_story_does_not_mark_it_read(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("j", "j", "j")
        row = reader.screen.stories.row(0)
        assert row
        assert not row.read


async def test_space_reads_on_marks_read_and_goes_to_the_next_story(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened(size=(80, 24)) as reader:
        screen = reader.screen
        first = screen.stories.story
        await reader.press("space")
        assert screen.view.scroll_offset.y > 0
        assert screen.stories.cursor == 0
        while not screen.view.at_end:
            await reader.press("space")
        await reader.press("space")
        assert screen.stories.cursor == 1
        assert screen.view.scroll_offset.y == 0
        assert first
        with desk.open() as store:
            assert store.stories.rows([first])[0].read


async def test_comma_reads_back(opened: Open) -> None:
    async with opened(size=(80, 24)) as reader:
        await reader.press("j", "space")
        assert reader.screen.view.scroll_offset.y > 0
        await reader.press("comma")
        assert reader.screen.view.scroll_offset.y == 0
        await reader.press("comma")
        assert reader.screen.stories.cursor == 0


async def test_scrolling_through_a_story_marks_it_read_after_a_while(opened: Open) -> None:
    async with opened(size=(80, 24)) as reader:
        await reader.press("tab", "j")
        row = reader.screen.stories.row(0)
        assert row
        assert row.read


async def test_m_toggles_read_and_u_undoes_it(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        story = reader.screen.stories.story
        assert story

        def is_read() -> bool:
            with desk.open() as store:
                return store.stories.rows([story])[0].read

        await reader.press("m")
        assert is_read()
        await reader.press("u")
        assert not is_read()
        assert "Undone: 1 story marked read" in reader.toasts
        await reader.press("U")
        assert is_read()
        assert "●" not in reader.line(3)[27:]


async def test_s_gives_and_takes_a_star(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("s")
        assert "★" in reader.line(3)
        with desk.open() as store:
            starred = store.stories.find(Has("is", ("starred",)))
        assert reader.screen.stories.story in starred
        await reader.press("s")
        assert "★" not in reader.line(3)


async def test_a_capital_a_marks_only_what_is_in_view(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        seen = reader.screen.stories.in_sight
        with desk.open() as store:
            unread = set(store.stories.find(Has("is", ("unread",))))
        await reader.press("A")
        with desk.open() as store:
            assert set(store.stories.find(Has("is", ("unread",)))) == unread - set(seen)
        assert any("marked read" in toast for toast in reader.toasts)
        await reader.press("u")
        with desk.open() as store:
            assert set(store.stories.find(Has("is", ("unread",)))) == unread


async def test_n_and_p_go_to_unread_stories(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("n")
        assert reader.screen.stories.cursor == 2
        await reader.press("p")
        assert reader.screen.stories.cursor == 0
        await reader.press("p")
        assert "Nothing unread above" in reader.toasts


async def test_an_unread_story_far_away_is_found_by_the_database(
    opened: Open, desk: DeskLibrary
) -> None:
    with desk.open() as store:
        ids = store.stories.find()
        store.states.mark_read(list(ids)[:-1], True)  # type: ignore[arg-type]
    async with opened() as reader:
        from dipread.tui.screens import reading

        assert reader.screen.stories.next_unread(1, 10) is None
        reader.screen._find_unread(1)
        await reader.settle()
        assert reader.screen.stories.cursor == 59
        assert reading.NEAR > 10


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


async def test_q_steps_back_and_at_the_top_quits(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "tab", "q")
        assert reader.app.focused is reader.screen.stories
        await reader.press("q")
        assert not reader.app.is_running or reader.app._exit


async def test_the_hardware_cursor_follows_the_row(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("j", "j")
        stories = reader.screen.stories
        assert reader.app.cursor_position == stories.region.offset + Offset(0, 2)


async def test_the_palette_offers_the_keys_and_the_themes(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("ctrl+p")
        await reader.type("theme: paper")
        await reader.pilot.pause()
        await reader.press("enter")
        assert reader.app.theme == "paper"


async def test_help_lists_keys_and_searches_them(opened: Open) -> None:
    async with opened(size=(120, 60)) as reader:
        await reader.press("question_mark")
        assert "Everywhere" in reader.frame()
        await reader.type("star")
        assert "Give or take a star" in reader.frame()
        assert "Go to the next unread story" not in reader.frame()
        await reader.press("escape")
        assert reader.app.focused is reader.screen.stories


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
