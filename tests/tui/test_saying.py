"""What the app says: one thing at a time, never markup, and all of it kept."""

from __future__ import annotations

from textual.widgets._toast import Toast

from tests.tui.conftest import Open

HOSTILE = "Gone [/b] [@click=app.quit()]quit[/]"


async def test_one_thing_is_said_at_a_time_and_the_last_stands(opened: Open) -> None:
    async with opened(toasts=True) as reader:
        await reader.press("A", "y")
        reader.app.notify(HOSTILE)
        await reader.settle()
        assert len(reader.app.screen.query(Toast)) == 1
        assert HOSTILE in reader.frame()
        assert "marked read" not in reader.frame()


async def test_what_was_said_before_is_shown_the_last_first(opened: Open) -> None:
    async with opened(toasts=True) as reader:
        await reader.press("A")
        reader.app.notify(HOSTILE)
        await reader.press("M")
        frame = reader.frame()
        assert frame.index(HOSTILE) < frame.index("marked read: u takes it back")


async def test_a_dialog_can_be_said_something_over(opened: Open) -> None:
    async with opened(toasts=True) as reader:
        await reader.press("E", "tab", "tab", "tab", "tab", "ctrl+u", "enter")
        assert "Name a folder to write to" in reader.frame()
        assert reader.dialog is not None
