"""The reading pane: marks, why, selecting, notes."""

from __future__ import annotations

from msgspec.structs import replace
from textual.geometry import Offset

from dipread.model import StoryDetail
from dipread.query import print_query
from dipread.tui.screens.annotate import AnnotateDialog
from dipread.tui.typeset.page import Mark
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary


def stored(desk: DeskLibrary, reader: Reader) -> StoryDetail:
    """The story under the cursor, as the archive has it."""
    story = reader.screen.stories.story
    assert story is not None
    with desk.open() as store:
        detail = store.stories.detail(story)
    assert detail is not None
    return detail


async def test_marks_are_visited_in_reading_order(opened: Open) -> None:
    async with opened() as reader:
        view = reader.screen.view
        await reader.press("tab", "right_square_bracket")
        assert view.mark
        assert view.page.text[view.mark.start : view.mark.end] == "Japan"
        await reader.press("right_square_bracket")
        assert view.page.text[view.mark.start : view.mark.end] == "India"
        await reader.press("left_square_bracket")
        assert view.page.text[view.mark.start : view.mark.end] == "Japan"


async def test_a_mark_of_a_whole_sentence_is_underlined_only_when_pointed_at(opened: Open) -> None:
    async with opened() as reader:
        view = reader.screen.view
        start = view.page.text.index("Officials said")
        sentence = Mark(start, start + 60, "event", 0, 0)
        view.page = replace(view.page, marks=(*view.page.marks, sentence))
        style = view._style(start, [sentence], None)
        assert not style.underline
        view.focus_mark(sentence)
        assert view._style(start, [sentence], None).underline


async def test_t_hides_the_marks_and_shows_them_again(opened: Open) -> None:
    async with opened() as reader:
        assert "▎" in reader.frame()
        await reader.press("tab", "t")
        assert "▎" not in reader.frame()
        await reader.press("t")
        assert "▎" in reader.frame()


async def test_why_lists_the_evidence_and_points_at_it(opened: Open) -> None:
    async with opened() as reader:
        screen = reader.screen
        await reader.press("w")
        assert reader.app.focused is screen.why
        assert "WHY India" in reader.frame() or "WHY Japan" in reader.frame()
        tag = screen.why.shown
        assert tag
        for evidence in tag.evidence:
            assert screen.view.mark
            words = screen.view.page.text[screen.view.mark.start : screen.view.mark.end]
            story = stored_text(screen.view.page, evidence.field)
            assert words == story[evidence.start : evidence.end]
            await reader.press("j")
        await reader.press("n")
        assert screen.why.shown is not tag
        await reader.press("p")
        assert screen.why.shown == tag
        await reader.press("escape")
        assert not screen.why.display
        assert reader.app.focused is screen.stories


def stored_text(page: object, field: str) -> str:
    """A stored field as the page shows it."""
    from dipread.tui.typeset.page import Page

    assert isinstance(page, Page)
    part = page.part("title" if field == "title" else "text")
    return page.text[part.start : part.end]


async def test_the_strip_has_the_lines_of_the_last_tag_that_was_asked_for(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("w")
        why = reader.screen.why
        many = max(range(len(why._tags)), key=lambda each: len(why._tags[each].evidence))
        few = min(range(len(why._tags)), key=lambda each: len(why._tags[each].evidence))
        assert reader.screen.detail
        why.show(reader.screen.detail, few)
        await reader.settle()
        why.show(reader.screen.detail, many)  # and before it is laid out
        why.show(reader.screen.detail, few)
        await reader.settle()
        assert why.size.height == len(why._tags[few].evidence) + 2


async def test_moving_to_another_story_closes_the_why_strip(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("w", "escape", "w", "tab", "1", "j")
        assert not reader.screen.why.display


async def test_words_selected_by_keyboard_become_a_quote(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        view = reader.screen.view
        await reader.press("tab", "v", "w", "v", "e", "e", "enter")
        assert isinstance(reader.dialog, AnnotateDialog)
        await reader.type("who were they?")
        await reader.press("enter")
        annotation = stored(desk, reader).annotations[0]
        assert annotation.note == "who were they?"
        assert annotation.quote
        text = stored(desk, reader).story.text
        quote = annotation.quote
        assert quote.exact == text[quote.start : quote.end] == "foreign ministers"
        assert quote.prefix == text[: quote.start]
        assert quote.suffix == text[quote.end : quote.end + 32]
        assert not view.selecting
        assert "✎" in reader.frame()
        assert "who were they?" in view.page.text
        assert "✎1" in reader.line(3)


async def test_the_mouse_selects_exactly_the_stored_characters(opened: Open) -> None:
    async with opened(size=(120, 50)) as reader:
        view = reader.screen.view
        text = view.page.text
        for words in (
            "防衛協定",
            "Cafe\u0301",
            "👨\u200d👩\u200d👧",
            "🇫🇷🤝🇬🇭",
            "strategic partnership",
        ):
            start = text.index(words)
            end = start + len(words)
            await reader.pilot.mouse_down(offset=_cell(reader, start))
            await reader.pilot.hover(offset=_cell(reader, end - 1, last=True))
            await reader.pilot.mouse_up(offset=_cell(reader, end - 1, last=True))
            await reader.settle()
            assert view.selected == (start, end), words
            await reader.press("escape")
            assert view.selected is None


def _cell(reader: Reader, offset: int, last: bool = False) -> Offset:
    """The first or last cell of the terminal that a character of the page is painted in."""
    view = reader.screen.view
    for number, line in enumerate(view.lines):
        for cluster in line.clusters:
            if cluster.start <= offset < cluster.end:
                x = 3 + line.column(cluster.start) + (cluster.cells - 1 if last else 0)
                return view.content_region.offset + Offset(x, number - view.scroll_offset.y)
    raise AssertionError(f"{offset} is not on the page")


async def test_a_double_click_selects_the_word(opened: Open) -> None:
    async with opened() as reader:
        view = reader.screen.view
        start = view.page.text.index("reciprocal")
        await reader.pilot.click(offset=_cell(reader, start + 3), times=2)
        await reader.settle()
        assert view.selected == (start, start + len("reciprocal"))


async def test_the_other_end_of_a_selection_can_be_moved(opened: Open) -> None:
    async with opened() as reader:
        view = reader.screen.view
        await reader.press("tab", "v", "w", "w", "v", "w", "o", "b")
        selected = view.selected
        assert selected
        assert view.page.text[slice(*selected)].startswith("foreign ministers")
        await reader.press("escape")
        assert view.selected is None
        assert not view.selecting


async def test_a_note_on_the_story_keeps_its_draft(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("a")
        await reader.type("half a thou")
        await reader.press("escape")
        assert not stored(desk, reader).annotations
        await reader.press("a")
        await reader.type("ght")
        await reader.press("enter")
        annotation = stored(desk, reader).annotations[0]
        assert (annotation.note, annotation.quote) == ("half a thought", None)
        assert reader.app.focused is reader.screen.stories


async def test_a_note_of_several_lines(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("a", "o", "n", "e", "ctrl+j", "t", "w", "o", "enter")
        assert stored(desk, reader).annotations[0].note == "one\ntwo"


async def test_an_empty_note_is_not_saved(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("a", "enter")
        assert not stored(desk, reader).annotations


async def test_a_note_is_changed_deleted_and_brought_back(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("j", "j", "j", "j", "tab")
        view = reader.screen.view
        note = stored(desk, reader).annotations[0]
        view.focus_mark(next(mark for mark in view.page.marks if mark.note))
        await reader.press("enter")
        await reader.type(", and 2019")
        await reader.press("enter")
        assert stored(desk, reader).annotations[0].note == note.note + ", and 2019"
        await reader.press("u")
        assert stored(desk, reader).annotations[0].note == note.note
        view.focus_mark(next(mark for mark in view.page.marks if mark.note))
        await reader.press("d")
        assert not stored(desk, reader).annotations
        assert "compare with" not in reader.frame()
        await reader.press("u")
        assert stored(desk, reader).annotations[0].note == note.note
        assert stored(desk, reader).annotations[0].quote == note.quote


async def test_d_does_nothing_without_a_note(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("tab")
        assert reader.screen.view.check_action("delete", ()) is False
        assert "delete note" not in reader.line(-1)


async def test_plus_asks_for_the_stories_with_the_selected_words(opened: Open) -> None:
    async with opened(query="sector:defence") as reader:
        await reader.press("tab", "v", "w", "v", "e", "e", "plus")
        assert print_query(reader.screen.asked) == 'sector:defence "foreign ministers"'
        assert not reader.screen.view.selecting
        assert len(reader.screen.stories.ids) == 60
