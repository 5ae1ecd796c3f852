"""Dialogs: laid over a screen that keeps its place, with the keys and the mouse to themselves."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from textual import events
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region, Size
from textual.widget import Widget
from textual.widgets import TextArea

from dipread.tui.commands import Command, matching
from dipread.tui.screens import ground
from dipread.tui.screens.annotate import AnnotateDialog
from dipread.tui.screens.composition import around
from dipread.tui.screens.help import HelpDialog
from dipread.tui.screens.welcome import WelcomeDialog
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary
from tests.tui.test_welcome import new_desk

_regions = some.builds(Region, *[some.integers(0, 9)] * 4)


@given(_regions, _regions)
def test_around_a_hole_every_cell_is_in_one_piece(whole: Region, hole: Region) -> None:
    cells = [
        (x, y) for each in around(whole, hole) for y in each.line_range for x in each.column_range
    ]
    wanted = {(x, y) for y in whole.line_range for x in whole.column_range}
    wanted -= {(x, y) for y in hole.line_range for x in hole.column_range}
    assert len(cells) == len(set(cells))
    assert set(cells) == wanted


async def test_keys_typed_before_a_dialog_is_there_are_meant_for_it(opened: Open) -> None:
    async with opened() as reader:
        story = reader.screen.stories.story
        for each in "ajs":
            reader.app.post_message(events.Key(each, each))
        await reader.settle()
        assert isinstance(reader.dialog, AnnotateDialog)
        assert reader.dialog.query_one(TextArea).text == "js"
        assert reader.screen.stories.story == story


async def test_what_lies_below_keeps_its_look_and_has_the_keys_again(opened: Open) -> None:
    async with opened() as reader:
        before = reader.frame()
        await reader.press("V")
        assert "Save as a view" in reader.frame()
        assert before.split("\n")[:5] == reader.frame().split("\n")[:5]
        assert "▌STORIES" in reader.line(2)
        await reader.press("escape")
        assert reader.frame() == before


async def test_a_click_beside_a_dialog_presses_nothing(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("a")
        cursor = reader.screen.stories.cursor
        for offset in ((50, 8), (30, 0), (5, 6)):
            await reader.pilot.click(offset=offset, times=2)
            await reader.settle()
        assert isinstance(reader.dialog, AnnotateDialog)
        await reader.press("x")
        assert reader.dialog.query_one(TextArea).text == "x"
        assert reader.screen.stories.cursor == cursor


async def test_a_dialog_may_lie_over_another(opened: Open, tmp_path: Path) -> None:
    async with opened(of=new_desk(tmp_path / "new")) as reader:
        assert isinstance(reader.dialog, WelcomeDialog)
        await reader.press("question_mark")
        assert isinstance(reader.dialog, HelpDialog)
        assert "Welcome" not in reader.frame()
        await reader.press("escape")
        assert isinstance(reader.dialog, WelcomeDialog)
        assert "Welcome" in reader.frame()
        await reader.press("j", "escape")
        assert reader.dialog is None
        assert reader.screen.stories.has_focus


async def test_tab_goes_round_the_fields_of_a_dialog_alone(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("a")
        seen = await _ring(reader, "tab")
        assert [type(each).__name__ for each in seen] == ["NoteArea", "Choice", "Input", "Input"]
        assert await _ring(reader, "shift+tab") == [seen[0], *reversed(seen[1:])]


async def _ring(reader: Reader, key: str) -> list[object]:
    """The fields that have the focus in turn, until the first has it again."""
    seen: list[object] = []
    while reader.app.focused not in seen:
        seen.append(reader.app.focused)
        await reader.press(key)
    return seen


async def test_a_wide_character_is_whole_where_a_pane_below_ends(opened: Open) -> None:
    async with opened() as reader:
        edge = reader.screen.panes["list"].region.x
        await reader.press("a")
        assert isinstance(reader.dialog, AnnotateDialog)
        area = reader.dialog.query_one(TextArea)
        for lead in ("", "x"):  # on one of the two a character stands on the edge
            area.text = lead + "国" * 30
            await reader.settle()
            assert area.region.x < edge < area.region.right
            assert lead + "国" * 30 in reader.frame()


async def test_the_focus_given_to_a_pane_meanwhile_is_had_once_the_dialog_is_gone(
    opened: Open,
) -> None:
    async with opened() as reader:
        await reader.press("a")
        reader.screen.go_to("story")
        await reader.press("x")
        assert isinstance(reader.dialog, AnnotateDialog)
        assert reader.dialog.query_one(TextArea).text == "x"
        await reader.press("escape")
        assert reader.screen.view.has_focus


async def test_the_palette_does_what_is_found_in_whichever_pane_it_belongs_to(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("colon")
        await reader.type("select words")
        assert "Select words" in reader.frame()
        await reader.press("enter")
        assert reader.dialog is None
        assert reader.screen.view.has_focus
        assert reader.screen.view.selecting
        await reader.press("escape", "escape", "colon")
        await reader.type("zzz")
        assert "Nothing here does that." in reader.frame()
        await reader.press("enter", "escape")
        assert reader.dialog is None


def test_commands_that_begin_with_the_words_come_first_and_letters_in_order_are_enough() -> None:
    names = ("Undo the last star", "Star it", "Give or take a star", "Go to the next pane")
    offered = [Command(each, lambda: None, "") for each in names]
    assert [each.name for each in matching(offered, "star")] == [names[1], names[0], names[2]]
    assert [each.name for each in matching(offered, "gtnp")] == [names[3]]
    assert matching(offered, " ") == offered
    assert matching(offered, "quit") == []


@pytest.mark.parametrize("keys", [("a",), ("E",), ("f", "c"), ("V",), ("colon",)])
async def test_opening_a_dialog_paints_nothing_beside_it(
    opened: Open, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async with opened() as reader:
        await reader.press(*keys, "escape")  # its second opening: the first may still be counting
        painted: list[object] = []
        monkeypatch.setattr(reader.app, "_display", lambda _, update: painted.append(update))
        await reader.press(*keys)
        dialog = reader.dialog
        assert dialog is not None
        updates = [each for each in painted if each is not None]
        assert updates
        for update in updates:
            assert isinstance(update, ChopsUpdate)
            footer = reader.app.size.height - 1  # names the letters after f
            spans = [each for each in update.spans if each[0] != footer]
            assert all(
                dialog.region.contains_region(Region(x, y, end - x, 1)) for y, x, end in spans
            )


@pytest.mark.parametrize(
    "keys",
    [("a",), ("question_mark",), ("M",), ("colon",), ("f", "c"), ("E",), ("V",), ("w",)],
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_what_opens_is_laid_out_once_and_painted_once(
    opened: Open,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
    size: tuple[int, int],
    desk: DeskLibrary,
) -> None:
    monkeypatch.setattr(ground, "FRAME_WAITS", 60)
    desk.config = desk.config._replace(export_folder=Path("notes"))  # a long one is scrolled
    async with opened(size=size) as reader:
        await reader.press(*keys, "escape", *keys[:-1])
        laid_out: list[Size] = []
        painted: list[object] = []
        reflow = Compositor.reflow

        def counted(self: Compositor, parent: Widget, size: Size) -> object:
            laid_out.append(size)
            return reflow(self, parent, size)

        monkeypatch.setattr(Compositor, "reflow", counted)
        monkeypatch.setattr(reader.app, "_display", lambda _, update: painted.append(update))
        await reader.press(keys[-1])
        first, *later = [each for each in painted if each is not None]
        fills = reader.dialog is not None and reader.dialog.region.size == Size(*size)
        assert isinstance(first, LayoutUpdate if fills else ChopsUpdate)
        assert len(laid_out) == 1
        assert len(later) <= (keys == ("w",))  # what else was considered may be told later


async def test_what_is_out_of_sight_does_not_outdate_the_map(opened: Open) -> None:
    async with opened() as reader:
        composition = reader.screen._composition
        composition.update_widgets({reader.screen.why})
        assert reader.screen.why not in composition.visible_widgets
        assert not composition._full_map_invalidated


@pytest.mark.parametrize(
    ("keys", "meanwhile", "then"),
    [
        (("ampersand",), "counting …", "the others are so already"),
        (("c",), "Reading the stories …", "60 events"),
        (("C",), "Reading the stories …", "No commitment in these stories."),
        (("w", *("n",) * 6, "r"), "Reading the rule …", "medium: "),
    ],
)
async def test_a_dialog_is_there_before_what_it_tells_is_found_out(
    opened: Open, keys: tuple[str, ...], meanwhile: str, then: str
) -> None:
    held = threading.Event()
    async with opened() as reader:
        *first, last = keys
        await reader.press(*first)
        counting = asyncio.ensure_future(reader.screen.desk.counter.ask(lambda _: held.wait(60)))
        await reader.pilot.press(last)
        while meanwhile not in reader.frame():
            await reader.pilot.pause()
        held.set()
        await counting
        while then not in reader.frame():
            await reader.pilot.pause()
        await reader.press("escape")
        assert reader.dialog is None


async def test_a_dialog_that_is_closed_early_waits_for_nothing(opened: Open) -> None:
    held = threading.Event()
    async with opened() as reader:
        counting = asyncio.ensure_future(reader.screen.desk.counter.ask(lambda _: held.wait(60)))
        await reader.pilot.press("ampersand")
        while reader.dialog is None:
            await reader.pilot.pause()
        await reader.pilot.press("escape")
        while any(each.group == "ask-bulk" and not each.is_finished for each in reader.app.workers):
            await reader.pilot.pause()
        held.set()
        await counting
