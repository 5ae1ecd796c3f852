"""Keys: each has an id and words, each is documented, each can be changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dipread.tui.keys import bindings, keys_page, sections
from tests.tui.conftest import Open

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


def test_every_binding_has_an_id_of_its_own_and_words() -> None:
    ids = [binding.id for binding in bindings()]
    assert all(ids)
    assert len(ids) == len(set(ids))
    for binding in bindings():
        assert binding.description
        assert binding.tooltip
        assert binding.tooltip[0].isupper()


def test_the_page_of_keys_is_as_the_program_makes_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == keys_page()


def test_every_binding_has_a_line_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for section in sections():
        for each in section.keys:
            assert f"| {each.id} |" in page


async def test_a_key_can_be_changed_by_its_id(opened: Open) -> None:
    async with opened() as reader:
        reader.app.set_keymap({"any.star": "ctrl+s"})
        await reader.press("s")
        assert "★" not in reader.line(3)
        await reader.press("ctrl+s")
        assert "★" in reader.line(3)


def test_asking_about_the_terminal_does_not_import_textual() -> None:
    program = (
        "import sys, dipread.tui as tui; "
        "assert tui.terminal_problem({'TERM': 'dumb'}, True, True); "
        "assert tui.terminal_problem({'TERM': 'xterm'}, True, False); "
        "assert tui.terminal_problem({'TERM': 'xterm'}, False, True); "
        "assert not tui.terminal_problem({'TERM': 'xterm'}, True, True); "
        "sys.exit('textual' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_environment_says_that_nothing_moves() -> None:
    from dipread.tui import settle

    env: dict[str, str] = {}
    settle(env)
    assert env["TEXTUAL_ANIMATIONS"] == "none"
