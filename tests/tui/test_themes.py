"""Colours: legible on every ground they are painted on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.color import ColorType
from textual.color import Color

from dipread.config.settings import THEMES
from dipread.tui.colours.looks import LOOKS, NAMES, Look
from tests.tui.conftest import Open
from tests.tui.desk import DeskLibrary

from ..terminal import Terminal
from ..test_journey import DEMO, environment


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""
    light, dark = sorted((_luminance(Color.parse(each)) for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_text_can_be_read_on_every_ground(look: Look) -> None:
    for ground in (look.background, look.row, look.bar):
        assert contrast(look.text, ground) >= 7
    for ground in (look.noted, look.selected, look.found):
        assert contrast(look.text, ground) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("name", ["dim", "primary", "country", "sector", "event", "note", "error"])
def test_dim_text_and_accents_can_be_read_on_every_ground(look: Look, name: str) -> None:
    for ground in (look.background, look.row, look.bar):
        assert contrast(getattr(look, name), ground) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_numbers_can_be_read_on_every_cell_of_a_chart(look: Look) -> None:
    *cool, hot = look.heats
    for ground in cool:
        assert contrast(look.text, ground) >= 4.5
    assert contrast(look.background, hot) >= 4.5
    assert contrast(look.background, look.note) >= 4.5


def test_every_theme_can_be_asked_for_and_no_other() -> None:
    assert ("auto", *NAMES) == THEMES


async def test_the_terminals_own_colours_are_sent_as_such(opened: Open, desk: DeskLibrary) -> None:
    desk.config = desk.config._replace(theme="terminal")
    async with opened() as reader:
        colours = {
            colour
            for strip in reader.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour is not None
        }
        assert {each.type for each in colours} <= {ColorType.DEFAULT, ColorType.STANDARD}
        assert len(colours) > 3


async def test_without_colour_no_colour_is_sent(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as reader:
        await reader.press("j", "w")
        strips = [
            strip.apply_filter(each, reader.app.screen.background_colors[1])
            for strip in reader.app.screen._compositor.render_strips()
            for each in reader.app._filters
        ]
        styles = [segment.style for strip in strips for segment in strip if segment.style]
        told = {each for style in styles for each in (style.color, style.bgcolor) if each}
        assert all(each.is_default for each in told)
        assert any(style.reverse for style in styles)
        assert any(style.bold for style in styles)


@pytest.mark.parametrize("theme", ["ink", "paper", "contrast", "terminal", "mono"])
def test_a_theme_is_taken_from_the_command_line(tmp_path: Path, theme: str) -> None:
    with Terminal([*DEMO, "--theme", theme], environment(tmp_path), 80, 24) as terminal:
        terminal.wait("▌STORIES", "? keys")
        terminal.press("q")
        assert terminal.finish() == 0
        sent = terminal.bytes
    many = b"\x1b[38;2;" in sent or b";38;2;" in sent
    assert many == (theme in LOOKS)
    if theme == "mono":
        assert not re.search(rb"\x1b\[(?:[0-9;]*;)?3[0-7](?:;[0-9;]*)?m", sent)


@pytest.mark.parametrize(("grey", "theme"), [(b"1313", "ink"), (b"fafa", "paper")])
def test_a_terminal_is_asked_how_light_it_is_and_keys_typed_meanwhile_act(
    tmp_path: Path, grey: bytes, theme: str
) -> None:
    said = b"\x1b]11;rgb:" + b"/".join([grey] * 3) + b"\x1b\\"
    answers = {b"\x1b]11;?": b"j" + said + b"j\x1b[?62;22c"}
    with Terminal(DEMO, environment(tmp_path), 80, 24, answers) as terminal:
        terminal.wait("▌STORIES", "STORY 3/", "? keys")
        terminal.press("q")
        assert terminal.finish() == 0
        red, green, blue = (int(LOOKS[theme].background[at : at + 2], 16) for at in (1, 3, 5))
        assert b";48;2;%d;%d;%d" % (red, green, blue) in terminal.bytes


@pytest.mark.parametrize("prepared", [False, True], ids=["seen before", "made out of sight"])
async def test_a_screen_that_was_away_while_the_theme_changed_wears_the_new_one(
    opened: Open, prepared: bool
) -> None:
    async with opened() as reader:
        if prepared:
            reader.app._rooms.prepare("notes")
            await reader.settle()
        else:
            await reader.press("3", "1")
        reader.app.action_look("paper")
        await reader.settle()
        assert reader.app.screen.styles.background == Color.parse(LOOKS["paper"].background)
        await reader.press("3")
        assert reader.app.screen.styles.background == Color.parse(LOOKS["paper"].background)
        reader.app.action_look("ink")
        await reader.press("1")
        assert reader.app.screen.styles.background == Color.parse(LOOKS["ink"].background)
