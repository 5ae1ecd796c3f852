"""A headline is hostile input: it is shown as it is, never obeyed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import dipread.tui
from dipread.tui.typeset.lines import fit, seen
from tests.tui.conftest import Open

SOURCES = sorted(Path(dipread.tui.__file__).parent.rglob("*.py"))
FORBIDDEN = {
    "markup is parsed": r"from_markup|Text\.markup|markup=True|render_markup",
    "a shell is started": r"shell=True|os\.system|os\.popen|getoutput",
    "Rich parses styles from text": r"console\.print|Text\.from_ansi",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_parses_text_as_markup_or_starts_a_shell(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for what, pattern in FORBIDDEN.items():
        assert not re.search(pattern, source), what
    for call in re.finditer(r"(?<!def )\b(notify|Static|Label)\((?!\s*self)", source):
        said = source[call.start() : _end_of_call(source, call.end())]
        assert "markup=False" in said, said


def _end_of_call(source: str, start: int) -> int:
    depth = 1
    for place in range(start, len(source)):
        depth += {"(": 1, ")": -1}.get(source[place], 0)
        if depth == 0:
            return place
    return len(source)


async def test_markup_in_a_headline_is_shown_in_the_list_and_in_the_story(opened: Open) -> None:
    async with opened(size=(200, 50)) as reader:
        await reader.press("j", "j")
        frame = reader.frame()
        assert frame.count("[/b] [@click=app.quit()]press[/]") > 2
        assert "\x1b" not in frame
        assert "\u202e" not in frame
        assert "␛[31mred" in frame
        await reader.press("a")
        assert "[@click=app.quit()]press[/]" in reader.frame()
        await reader.press("escape", "E")
        assert "\x1b" not in reader.frame()


async def test_a_hostile_feed_title_is_shown_in_the_filters(opened: Open) -> None:
    async with opened() as reader:
        filters = reader.screen.filters
        filters._filters.facets = type(filters._filters.facets)(
            {"feed": {"[red]x[/red]\x1b[2J": 3}}
        )
        filters.show(reader.screen.asked)
        await reader.settle()
        assert "[red]x[/r" in reader.frame()
        assert "\x1b" not in reader.frame()


@given(st.text())
def test_what_is_shown_has_no_control_character_and_keeps_its_length(text: str) -> None:
    shown = seen(text)
    assert len(shown) == len(text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@given(st.text(), st.integers(1, 60))
def test_a_fitted_text_is_exactly_as_wide_as_asked(text: str, cells: int) -> None:
    assert cell_len(fit(seen(text).replace("\n", " "), cells)) == cells
