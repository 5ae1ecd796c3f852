"""Whole screens as text, at three sizes: to be read in a diff.

`DIPREAD_FRAMES=write python -m pytest tests/tui/test_frames.py` writes them anew; look at each.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from dipread.model import FoundFeed, Outcome, View
from tests.tui.conftest import Open
from tests.tui.desk import FEEDS, NOW, DeskLibrary, library, story, tag

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
    "insights-timeline": (((80, 24), (120, 36)), ("2", "tab", "tab", "v", "left")),
    "insights-table": (((120, 36),), ("2", "T")),
    "chart-export": (((80, 24),), ("2", "E", "space")),
    "notes": (((80, 24), (120, 36)), ("3",)),
    "feeds": (((80, 24), (120, 36)), ("4", "j")),
    "remove": (((80, 24),), ("4", "j", "D")),
    "feed": (((80, 24),), ("4", "j", "e")),
    "label": (((80, 24),), ("w", "l")),
    "short": (((80, 18),), ("j", "j", "j", "j")),
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


@pytest.mark.parametrize("size", SIZES)
async def test_filters_news_notes_and_trouble_stand_where_they_did(
    opened: Open, desk: DeskLibrary, size: tuple[int, int]
) -> None:
    desk.failing = (FEEDS[1].url,)
    desk.arriving = (
        replace(story(1), uid="n", guid="n", link="https://new.example/", title="New"),
    )
    async with opened(size=size, query="sector:trade -country:BR since:30d") as reader:
        await reader.press(*"jjjj", "R", *(("f", "tab") if size == (120, 36) else ()))
        while "new  press ." not in reader.frame():  # it is fetched beside the screen
            await reader.pilot.pause()
        await reader.settle()
        _compare("main", size, reader.frame())


@pytest.mark.parametrize(("room", "size"), [("1", (80, 24)), ("4", (120, 36))])
async def test_a_running_refresh_looks_as_it_did(
    opened: Open,
    desk: DeskLibrary,
    room: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = threading.Event()
    refresh = desk.refresh_apart

    def slow(urls: Sequence[str] | None = None) -> Iterator[Outcome]:
        for number, outcome in enumerate(refresh(urls)):
            yield outcome
            if number == 1:
                seen.wait(60)

    desk.failing = (FEEDS[1].url,)
    async with opened(size=size) as reader:
        await reader.press("R")
        while "✓ 14:05" not in reader.frame():
            await reader.pilot.pause()
        monkeypatch.setattr(desk, "refresh_apart", slow)
        await reader.press(room, "R")
        while "↻ 2/3 feeds" not in reader.frame():
            await reader.pilot.pause()
        await reader.settle()
        _compare("refreshing", size, reader.frame())
        seen.set()
        await reader.settle()


async def test_charts_without_colour_show_their_cells_by_glyphs(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(size=(80, 24)) as reader:
        await reader.press("2", "k")
        _compare("insights-mono", (80, 24), reader.frame())


async def test_a_lost_place_looks_as_it_did_in_the_list_and_when_it_is_opened(
    opened: Open, desk: DeskLibrary
) -> None:
    with desk.open() as store:
        (wire,) = store.feeds.subscriptions([FEEDS[1].url])
        changed = story(4).text.replace("the special strategic", "a special and strategic")
        store.ingest.save(wire.id, [replace(story(4), text=changed)], tag, "rules")
    async with opened(size=(80, 24)) as reader:
        await reader.press("3")
        _compare("lost", (80, 24), reader.frame())
        await reader.press("enter")
        _compare("places", (80, 24), reader.frame())
        await reader.press("escape", "1", *"jjjj", "D")
        _compare("diff", (80, 24), reader.frame())


async def test_the_feeds_of_a_site_look_as_they_did(
    opened: Open, desk: DeskLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (
        FoundFeed("https://press.example/feed", "Press office", "en", 12, NOW),
        FoundFeed("https://press.example/old", "Old [/b]", problem="HTTP 404"),
    )
    monkeypatch.setattr(desk, "discover", lambda url: found)
    async with opened(size=(80, 24)) as reader:
        await reader.press("4", "plus")
        await reader.type("press.example")
        await reader.press("enter")
        _compare("found-feeds", (80, 24), reader.frame())


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
