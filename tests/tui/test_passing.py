"""Passing a story on: clipboard, programs, links; and what the mouse may press."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events

from dipread.config import load_config
from dipread.errors import ConfigError, DipreadError
from dipread.model import Has, Link
from dipread.tui.screens import passing
from dipread.tui.terminal.clipboard import BY_TERMINAL, Way, copied, way_to_copy
from dipread.tui.terminal.piping import piped
from tests.tui.conftest import Open
from tests.tui.desk import DeskLibrary, story, tag


def anything(name: str) -> str:
    """Every program is there."""
    return f"/bin/{name}"


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({}, "Copied with pbcopy"),
        ({"WAYLAND_DISPLAY": "w"}, "Copied with wl-copy"),
        ({"DISPLAY": ":0"}, "Copied with xclip"),
        ({"TMUX": "x"}, "Copied with tmux"),
        ({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/0", "TMUX": "x"}, "Copied with tmux"),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "x"}, BY_TERMINAL.said),
    ],
)
def test_the_best_way_to_copy_is_taken_and_named(env: dict[str, str], said: str) -> None:
    def which(name: str) -> str | None:
        return None if name == "pbcopy" and "pbcopy" not in said else f"/bin/{name}"

    assert way_to_copy(env, which).said == said


def test_a_program_that_fails_to_copy_is_no_success(tmp_path: Path) -> None:
    assert copied(Way(("/bin/cat",), ""), "日本")
    assert not copied(Way(("/bin/false",), ""), "x")
    assert not copied(Way((str(tmp_path / "none"),), ""), "x")


def test_a_story_goes_to_the_input_of_a_program_and_to_no_shell(tmp_path: Path) -> None:
    assert piped("cat", "$(touch x) `y` 日本") == "$(touch x) `y` 日本"
    assert piped("printf '%s' '$HOME; ls'", "") == "$HOME; ls"
    for command, fault in (("", "no command"), ("'", "can't be read"), ("/none", "could not be started"), ("false", "ended with 1")):  # fmt: skip
        with pytest.raises(DipreadError, match=fault):
            piped(command, "")


@pytest.fixture
def clipboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that takes what is copied into a file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    taken = tmp_path / "taken"
    program = folder / "xclip"
    program.write_text(f"#!/bin/sh\ncat > {taken}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("WAYLAND_DISPLAY", "SSH_TTY", "SSH_CONNECTION", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    return taken


async def test_the_address_the_story_and_selected_words_are_copied(
    opened: Open, clipboard: Path
) -> None:
    async with opened() as reader:
        await reader.press("y")
        assert clipboard.read_text(encoding="utf-8") == "https://wire.example/0"
        assert reader.toasts[-1] == "Copied with xclip"
        await reader.press("Y")
        assert "# Japan and India sign" in clipboard.read_text(encoding="utf-8")
        await reader.press("tab", "v", "v", "e", "y")
        words = reader.screen.view.selected
        assert words
        copied_words = reader.screen.view.page.text[slice(*words)]
        assert clipboard.read_text(encoding="utf-8") == copied_words == "The"


async def test_without_any_program_the_terminal_is_asked_and_that_is_said(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    async with opened() as reader:
        await reader.press("y")
        assert reader.toasts[-1] == BY_TERMINAL.said
        assert reader.app.clipboard == "https://wire.example/0"


async def test_a_program_reads_the_story_and_its_answer_is_shown(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("vertical_line")
        await reader.type("head -c 9")
        await reader.press("enter")
        assert "head -c 9" in reader.frame()
        await reader.press("escape", "vertical_line")
        await reader.type("false")
        await reader.press("enter")
        assert any("false ended with 1" in each for each in reader.toasts)


async def test_links_show_numbers_and_one_is_opened(
    opened: Open, desk: DeskLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_links: list[list[str]] = []
    monkeypatch.setattr(passing, "start", opened_links.append)
    monkeypatch.setenv("BROWSER", "cat")
    text = "See the text and 共同声明 for more; or javascript here."
    links = (
        Link(4, 12, "https://a.example/text"),
        Link(text.index("共"), text.index("共") + 4, "https://b.example/?q=1"),
        Link(text.index("javascript"), len(text) - 6, "javascript:alert(1)"),
    )
    new = replace(story(0), uid="l", guid="l", link="https://l.example/", text=text, links=links)
    with desk.open() as store:
        (feed, *_) = store.feeds.subscriptions()
        store.ingest.save(feed.id, [replace(new, title="Linked")], tag, "rules")
    async with opened(query="title:Linked") as reader:
        await reader.press("O")
        frame = reader.frame()
        assert "See 1he text and ２同声明 for more; or javascript" in frame
        assert "Number of the link (1–2)" in frame
        await reader.press("2")
        assert opened_links[0][-1] == "https://b.example/?q=1"
        assert "See the text and 共同声明" in reader.frame()
        await reader.press("O", "escape")
        assert len(opened_links) == 1


async def test_words_are_found_in_the_text_and_gone_through(opened: Open) -> None:
    async with opened(size=(80, 24)) as reader:
        await reader.press("F")
        await reader.type("AGREEMENT")
        await reader.press("enter")
        view = reader.screen.view
        places = [view.page.text[start:end].lower() for start, end in view.words.places]
        assert places == ["agreement"] * len(places)
        assert len(places) >= 3
        here = view._found_at
        await reader.press("right_curly_bracket")
        assert view._found_at != here
        await reader.press("left_curly_bracket")
        assert view._found_at == here
        await reader.press("F", "ctrl+u")
        await reader.type("zebra")
        await reader.press("enter")
        assert reader.toasts[-1] == "Not in this text: zebra"


async def test_marked_stories_are_done_with_in_one_step(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("x", "j", "x")
        assert "· 2 marked" in reader.frame()
        assert "✓" in reader.line(3)
        await reader.press("ampersand")
        assert "All 2 stories marked" in reader.frame()
        await reader.press("space", "space", "enter")
        assert len(reader.screen.stories.marked) == 0
        await reader.press("slash")
        await reader.type("is:starred")
        await reader.press("enter")
        assert len(reader.screen.stories.ids) == 3  # one had a star before
        await reader.press("escape", "u", "u")


async def test_keys_of_the_footer_can_be_clicked(opened: Open) -> None:
    async with opened() as reader:
        footer = reader.frame().split("\n")[-1]
        await reader.pilot.click("#footer", offset=(footer.index("s star") + 2, 0))
        await reader.settle()
        assert "★" in reader.line(3)
        await reader.pilot.click("#footer", offset=(footer.index("? keys") + 1, 0))
        await reader.settle()
        assert "type to search" in reader.frame()


async def test_the_wheel_scrolls_the_pane_under_it_and_moves_neither_cursor_nor_focus(
    opened: Open,
) -> None:
    async with opened(size=(80, 24)) as reader:
        view = reader.screen.view
        await reader.pilot._post_mouse_events([events.MouseScrollDown], "#story")
        await reader.settle()
        assert view.scroll_offset.y > 0
        assert reader.screen.stories.has_focus
        assert reader.screen.stories.cursor == 0


async def test_reading_marks_nothing_where_that_is_not_wanted(
    opened: Open, desk: DeskLibrary
) -> None:
    desk.config = desk.config._replace(mark_read="never")
    async with opened() as reader:
        await reader.press("enter", "space", "q", "g")
        assert not reader.screen.stories.row(0).read  # type: ignore[union-attr]
        await reader.press("m")
        assert reader.screen.stories.row(0).read  # type: ignore[union-attr]


@pytest.mark.parametrize("line", ['mouse = "maybe"', 'mark_read = "later"', 'bidi = "yes"'])
def test_a_setting_with_few_values_takes_no_other(tmp_path: Path, line: str) -> None:
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir()
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.toml:1.*can't be"):
        load_config({"DIPREAD_HOME": str(tmp_path)})


async def test_stories_that_were_read_stay_until_the_filter_runs_again(opened: Open) -> None:
    async with opened(query="is:unread") as reader:
        before = len(reader.screen.stories.ids)
        await reader.press("m", "j", "m")
        assert len(reader.screen.stories.ids) == before
        await reader.press("f", "x", "f", "u")
        assert reader.screen.asked == Has("is", ("unread",))
        assert len(reader.screen.stories.ids) == before - 2
