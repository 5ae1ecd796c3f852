"""Whole screens as text, at three sizes: to be read in a diff.

`DIPREAD_FRAMES=write python -m pytest tests/tui/test_frames.py` writes them anew; look at each.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from dipread.model import View
from tests.tui.conftest import Open
from tests.tui.desk import DeskLibrary, library, story

FRAMES = Path(__file__).parent / "frames"
SIZES = ((80, 24), (120, 36), (200, 50))
MOMENTS = {
    "stories": ((*SIZES, (50, 12)), ("j", "j", "j", "j")),
    "filters": (((80, 24), (120, 36)), ("f", "tab", "j", "space")),
    "story": (((80, 24),), ("j", "enter", "right_square_bracket")),
    "why": (((80, 24), (120, 36)), ("w", "n", "j")),
    "select": (((80, 24), (120, 36)), ("tab", "v", "w", "v", "e", "e")),
    "note": (((80, 24), (120, 36)), ("tab", "v", "w", "v", "e", "e", "enter", "h", "m")),
    "export": (((80, 24), (120, 36)), ("E",)),
    "bulk": (((80, 24), (120, 36)), ("ampersand",)),
    "brief": (((80, 24), (120, 36)), ("b", "j", "b", "j", "j", "b", "B")),
    "chronology": (((80, 24),), ("c",)),
    "tags": (((80, 24),), ("number_sign",)),
    "picker": (((80, 24), (120, 36)), ("f", "c", "k", "e", "n", "space")),
    "prefix": (((80, 24),), ("f",)),
    "insights": (SIZES, ("2",)),
    "insights-pairs": (((80, 24),), ("2", "tab", "s", "j")),
    "insights-table": (((120, 36),), ("2", "T")),
    "chart-export": (((80, 24),), ("2", "E", "space")),
    "notes": (((80, 24), (120, 36)), ("3",)),
    "feeds": (((80, 24), (120, 36)), ("4", "j")),
    "rule": (((80, 24),), ("w", "n", "n", "n", "n", "n", "n", "r")),
    "messages": (((80, 24),), ("A", "y", "M")),
    "palette": (((80, 24), (120, 36)), ("colon", "s", "t", "a", "r", "down")),
    "help": (((80, 24), (120, 36)), ("question_mark",)),
}


@pytest.mark.parametrize(
    ("name", "size"),
    [(name, size) for name, (sizes, _) in MOMENTS.items() for size in sizes],
)
async def test_the_screen_looks_as_it_did(
    opened: Open, name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    _, keys = MOMENTS[name]
    async with opened(size=size) as reader:
        await reader.press(*keys)
        if name in ("brief", "chronology"):  # which read the archive before they open
            said = "3 stories and" if name == "brief" else "60 events"
            while said not in reader.frame():
                await reader.pilot.pause()
        frame = reader.frame()
    if name in ("export", "chart-export"):
        frame = _without_folder(frame)
    _compare(name, size, frame)


@pytest.mark.parametrize("size", SIZES)
async def test_the_query_line_looks_as_it_did_while_it_is_typed(
    opened: Open, size: tuple[int, int]
) -> None:
    async with opened(size=size) as reader:
        await reader.press("slash")
        await reader.type("café co")
        await reader.press("down")
        _compare("completing", size, reader.frame())


@pytest.mark.parametrize("size", SIZES)
async def test_saved_views_look_as_they_did(
    opened: Open, desk: DeskLibrary, size: tuple[int, int]
) -> None:
    names = ("Kenya", "日本 and Italy, trade", "Unread", "No longer")
    queries = ("country:KE", "country:JP country:IT sector:trade", "is:unread", "view:gone")
    with desk.open() as store:
        store.views.keep(
            [View(n, q, alert=n == "Kenya") for n, q in zip(names, queries, strict=True)]
        )
    new = replace(story(1), uid="n", guid="n", link="https://new.example/", title="Kenya speaks")
    desk.arriving = (new,)
    async with opened(size=size) as reader:
        await reader.press("R", "f", "tab", "g", "j", "enter")
        _compare("views", size, reader.frame())


async def test_a_view_is_named_as_it_was(opened: Open) -> None:
    async with opened(size=(80, 24), query="country:KE -trade") as reader:
        await reader.press("V")
        _compare("view", (80, 24), reader.frame())


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_run_looks_as_it_did(
    opened: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(size=size, of=library(tmp_path / "new")) as reader:
        _compare("first-run", size, reader.frame())


async def test_an_empty_archive_says_how_to_begin(opened: Open, tmp_path: Path) -> None:
    async with opened(size=(80, 24), of=library(tmp_path / "new")) as reader:
        await reader.press("escape")
        _compare("welcome", (80, 24), reader.frame())


async def test_offline_is_one_line_and_reading_goes_on(opened: Open, desk: DeskLibrary) -> None:
    desk.config = desk.config._replace(offline=True)
    async with opened(size=(120, 36)) as reader:
        await reader.press("R", "j")
        _compare("offline", (120, 36), reader.frame())


async def test_failing_feeds_look_as_they_did(opened: Open, desk: DeskLibrary) -> None:
    desk.failing = ("https://wire.example/rss",)
    async with opened(size=(80, 24)) as reader:
        await reader.press("R", "4", "j")
        _compare("failing", (80, 24), reader.frame())


async def test_a_query_without_stories_says_what_to_drop(opened: Open, desk: DeskLibrary) -> None:
    async with opened(size=(80, 24), query="country:NO country:MX sector:trade") as reader:
        _compare("nothing", (80, 24), reader.frame())


def _without_folder(frame: str) -> str:
    """The temporary folder of a test has another name each time."""
    lines = frame.split("\n")
    return "\n".join(
        "(the folder)" if "/notes" in line or "/pytest-of-" in line else line for line in lines
    )


def _compare(name: str, size: tuple[int, int], frame: str) -> None:
    path = FRAMES / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("DIPREAD_FRAMES") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(frame + "\n", encoding="utf-8")
    assert frame + "\n" == path.read_text(encoding="utf-8")
