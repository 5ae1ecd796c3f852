"""The first frame: where the list will be, in its colours, and nothing a headline says is obeyed."""

from __future__ import annotations

import re
from pathlib import Path

import pyte
import pytest

from dipread.store import Glimpse, newest_glimpses
from dipread.tui.colours.looks import INK
from dipread.tui.terminal.first_frame import first_frame, list_place
from tests.tui.conftest import Open
from tests.tui.desk import HOSTILE, DeskLibrary

STORIES = [
    Glimpse(1_789_308_000, True, "Japan and India sign a defence agreement", "Wire", False, True, ("JP", "IN")),
    Glimpse(1_789_300_000, False, HOSTILE, "MOFA 日本", True, False, ()),
]  # fmt: skip


def shown(frame: str, columns: int, rows: int) -> list[str]:
    """What a terminal shows of it."""
    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(frame)
    return list(screen.display)


@pytest.mark.parametrize("size", [(50, 12), (80, 24), (120, 36), (200, 50)])
async def test_the_rows_stand_where_the_list_will_be(
    opened: Open, desk: DeskLibrary, size: tuple[int, int]
) -> None:
    stories = newest_glimpses(desk.config.database, size[1])
    first = shown(first_frame(stories, *size, INK), *size)
    place = list_place(*size)
    async with opened(size=size) as reader:
        region = reader.screen.stories.region
        assert (place.left, place.top) == (region.x, region.y)
        assert abs(place.height - region.height) <= 1
        live = [reader.line(place.top + row) for row in range(place.height - 1)]
    for row, line in enumerate(live):
        then = first[place.top + row][place.left :].split()
        now = line[place.left :].split()
        assert then[:5] == now[:5]


def test_a_headline_is_text_and_no_command() -> None:
    frame = first_frame(STORIES, 120, 36, None)
    assert re.findall(r"\x1b(?!\[\d+;1H|\[\?1049h|\[\?25l|\[0m)", frame) == []
    assert "\u202e" not in frame


@pytest.mark.parametrize("size", [(20, 5), (58, 14), (80, 24), (159, 40), (240, 70)])
def test_it_fits_any_terminal(size: tuple[int, int]) -> None:
    lines = shown(first_frame(STORIES * 40, *size, INK), *size)
    assert len(lines) == size[1]
    assert lines[0].startswith(" dipread")


def test_an_archive_that_can_not_be_read_just_like_that_shows_nothing(tmp_path: Path) -> None:
    assert newest_glimpses(tmp_path / "none.db", 9) == []
    (tmp_path / "other.db").write_bytes(b"no database at all" * 100)
    assert newest_glimpses(tmp_path / "other.db", 9) == []
    assert not (tmp_path / "none.db").exists()
