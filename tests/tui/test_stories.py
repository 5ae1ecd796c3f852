"""The stories screen by its keys: what is shown, what is marked, where the focus goes."""

from __future__ import annotations

from textual.geometry import Offset

from dipread.model import Has
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


async def test_a_story_that_comes_in_when_its_pane_is_gone_troubles_nobody(opened: Open) -> None:
    async with opened() as reader:
        view, page = reader.screen.view, reader.screen.view.page
        await view.remove()
        view.show(page)
