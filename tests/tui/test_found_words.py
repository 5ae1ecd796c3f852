"""Words found are marked, in the list and in the text; and the newest stories come first."""

from __future__ import annotations

import asyncio

import pytest

from dipread.tui.screens import asking
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary


def marked(reader: Reader) -> list[str]:
    """The words of the frame that stand on the ground of what was found."""
    ink = reader.screen.stories.inks["found"].bgcolor
    strips = reader.app.screen._compositor.render_strips()
    return [
        segment.text.strip()
        for strip in strips
        for segment in strip
        if segment.style and segment.style.bgcolor == ink
    ]


async def test_words_of_the_query_are_marked_as_the_index_folds_them(opened: Open) -> None:
    async with opened(query="CAFE country:FR") as reader:
        words = marked(reader)
        assert words.count("café") >= 2  # in the list and in the headline
        assert "Café" in "".join(words) or "Cafe\u0301" in "".join(words)
    async with opened(query="防衛") as reader:
        assert set(marked(reader)) == {"防衛"}


async def test_marks_follow_the_query_while_the_story_stays(opened: Open) -> None:
    async with opened() as reader:
        assert marked(reader) == []
        await reader.press("slash")
        await reader.type("ministers")
        assert marked(reader) == ["ministers"]
        await reader.press("escape")
        assert marked(reader) == []


async def test_words_left_out_are_not_marked(opened: Open) -> None:
    async with opened(query="summit -india") as reader:
        assert set(marked(reader)) == {"summit"}


async def test_evidence_marks_do_not_stop_at_words_found(opened: Open) -> None:
    async with opened(query="first") as reader:
        before = len(reader.screen.view.page.marks)
        assert "first" in marked(reader)
        await reader.press("slash", "escape", "tab", "right_square_bracket")
        assert reader.screen.view.mark
        assert len(reader.screen.view.page.marks) == before


async def test_the_newest_are_shown_until_all_are_found(
    opened: Open, desk: DeskLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(size=(80, 24)) as reader:
        screen = reader.screen
        monkeypatch.setattr(asking, "SOON", 0)
        go_on = asyncio.Event()
        ask = screen.desk.finder.ask
        asked = []

        async def slowly(question: object) -> object:
            asked.append(question)
            if len(asked) == 2:
                await go_on.wait()
            return await ask(question)  # type: ignore[arg-type]

        monkeypatch.setattr(screen.desk.finder, "ask", slowly)
        screen.asked = desk.parse("agreement")
        while len(asked) < 2 or not screen.query_line.tally.busy:
            await reader.pilot.pause()
        assert len(screen.stories.ids) == 24
        assert "… of 60" in reader.line(1)
        screen.stories.action_move(3)
        here = screen.stories.story
        go_on.set()
        await reader.settle()
        assert len(screen.stories.ids) == 60
        assert (screen.stories.story, screen.stories.cursor) == (here, 3)
        assert "60 of 60" in reader.line(1)
