"""The next start lands where the last one ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from dipread.model import Has
from dipread.tui.doing.session import SESSION, Session, keep_session, read_session
from tests.tui.conftest import Open
from tests.tui.desk import DeskLibrary


async def test_filter_story_pane_and_layout_are_there_again(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        await reader.press("f", "c", *"ken", "enter", "j", "j", "j", "backslash", "tab", "z")
        story = reader.screen.stories.story
        assert reader.screen.stories.cursor == 3
    async with opened() as reader:
        screen = reader.screen
        assert screen.asked == Has("country", ("KE",))
        assert screen.stories.story == story
        assert screen.detail
        assert screen.detail.id == story
        assert screen.pane == "story"
        assert screen.zoomed
        assert screen.chosen_shape == "wide"
        assert reader.app.focused is screen.view
        await reader.press("q", "z", "j")
        assert screen.stories.cursor == 4


async def test_a_question_on_the_command_line_goes_before_the_session(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("f", "u", "j")
    async with opened(query="country:NO") as reader:
        assert reader.screen.asked == Has("country", ("NO",))
        assert reader.screen.stories.cursor == 0


async def test_a_story_that_is_gone_leaves_the_cursor_at_the_top(
    opened: Open, desk: DeskLibrary
) -> None:
    config = desk.config
    keep_session(config.paths.state, config.database, Session(story=99_999))
    async with opened() as reader:
        assert reader.screen.stories.cursor == 0
        assert reader.screen.detail


@pytest.mark.parametrize("text", ["", "[]", "{", '{"/a.db": 7}', '{"/a.db": {"query": 3, "x": 1}}'])
def test_a_damaged_session_is_a_new_beginning(tmp_path: Path, text: str) -> None:
    (tmp_path / SESSION).write_text(text, encoding="utf-8")
    assert read_session(tmp_path, Path("/a.db")) == Session()


def test_each_archive_has_a_place_of_its_own(tmp_path: Path) -> None:
    keep_session(tmp_path, Path("/a.db"), Session(query="a", story=1))
    keep_session(tmp_path, Path("/b.db"), Session(query="日本", zoomed=True))
    assert read_session(tmp_path, Path("/a.db")).story == 1
    assert read_session(tmp_path, Path("/b.db")).query == "日本"
    for number in range(40):
        keep_session(tmp_path, Path(f"/{number}.db"), Session())
    assert read_session(tmp_path, Path("/b.db")) == Session()
