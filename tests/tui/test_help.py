"""The list of keys: all of them, found by words, in columns."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from dipread.tui.keys import sections
from dipread.tui.screens.help import listing


@pytest.mark.parametrize(("width", "columns"), [(60, 1), (75, 2), (111, 3), (128, 3)])
def test_columns_grow_with_the_width_and_lose_no_key(width: int, columns: int) -> None:
    lines = ["".join(text for text, _ in each) for each in listing(sections(), "", width)]
    assert max(map(cell_len, lines)) <= width
    words = " ".join(" ".join(lines).split())
    for section in sections():
        again = words.count(f"{section.title}, continued")
        assert words.count(section.title) == 1 + again
    headings = [section.title for section in sections()]
    starts = {line.index(each) for line in lines for each in headings if each in line}
    assert len(starts) == columns


@pytest.mark.parametrize(("width", "columns"), [(75, 2), (111, 3)])
def test_every_column_says_first_where_its_keys_act(width: int, columns: int) -> None:
    top = "".join(text for text, _ in listing(sections(), "", width)[0])
    titles = {section.title for section in sections()}
    named = {each.strip().removesuffix(", continued") for each in top.split("   ") if each.strip()}
    assert len(named) == columns
    assert named <= titles


def test_only_keys_with_all_the_words_are_listed() -> None:
    found = _words("STAR give")
    assert "Give or take a star" in found
    assert "Mark read" not in found
    assert _words("zzz") == "No key does that."


def test_the_keys_of_the_focused_pane_come_first() -> None:
    assert sections("story")[0].title == "In the story"
    assert {each.title for each in sections("story")} == {each.title for each in sections()}


def _words(wanted: str) -> str:
    return "\n".join("".join(text for text, _ in each) for each in listing(sections(), wanted, 75))
