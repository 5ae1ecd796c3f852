"""Notes: all of them in one list, found by words, and the way to each one's passage."""

from __future__ import annotations

from msgspec.structs import replace

from dipread.model import StoryId
from dipread.tui.rooms import BESIDE
from dipread.tui.rows.note_rows import NoteRows
from dipread.tui.screens.notes import NotesScreen
from dipread.tui.screens.places import PlacesDialog
from tests.tui.conftest import Open, Reader
from tests.tui.desk import FEEDS, NOW, DeskLibrary, story, tag

QUOTE = "“a new stage in the special strategic partnership”"


def notes(reader: Reader) -> NotesScreen:
    """The screen that is shown."""
    screen = reader.app.screen
    assert isinstance(screen, NotesScreen)
    return screen


def write(desk: DeskLibrary, *more: str) -> list[StoryId]:
    """Some notes more, on the newest stories; their stories."""
    with desk.open() as store:
        ids = [StoryId(each) for each in store.stories.find()[: len(more)]]
        for number, words in zip(ids, more, strict=True):
            store.annotations.add(number, words, None, NOW)
    return ids


def words_of(reader: Reader) -> list[str]:
    """The notes that are listed."""
    return [each.annotation.note for each in notes(reader).list.items if each]


async def test_notes_are_listed_and_found_by_words_tag_and_state(
    opened: Open, desk: DeskLibrary
) -> None:
    write(desk, "ask Rome #follow-up", "日本 and Oman", "the third")
    async with opened() as reader:
        await reader.press("3")
        assert len(words_of(reader)) == 4
        assert QUOTE in reader.frame()
        assert "4 notes · #follow-up 1" in reader.frame()
        await reader.press("slash")
        await reader.type("日本")
        await reader.press("enter")
        assert words_of(reader) == ["日本 and Oman"]
        await reader.press("escape", "slash")
        await reader.type("#follow-up")
        await reader.press("enter")
        assert words_of(reader) == ["ask Rome #follow-up"]
        await reader.press("x")
        assert "done" in reader.frame()
        await reader.press("o")
        assert words_of(reader) == []
        assert "No note is so." in reader.frame()
        await reader.press("escape")
        assert len(words_of(reader)) == 4
        await reader.press("escape")
        assert reader.app.screen is reader.screen


async def test_enter_shows_the_passage_in_its_story_whatever_the_filter_was(opened: Open) -> None:
    async with opened(query="country:KE") as reader:
        await reader.press("3", "enter")
        assert reader.app.screen is reader.screen
        screen = reader.screen
        assert screen.detail
        assert screen.detail.annotations
        assert screen.view.mark
        start, end = screen.view.mark.start, screen.view.mark.end
        assert screen.view.page.text[start:end] == QUOTE
        assert screen.view.has_focus
        await reader.press("H")
        assert len(screen.stories.ids) == 9


async def test_a_note_is_changed_and_deleted_here_and_both_are_undone(opened: Open) -> None:
    async with opened() as reader:
        await reader.press("3", "e")
        await reader.type(" and 2024")
        await reader.press("enter")
        assert words_of(reader) == ["compare with the 2023 wording and 2024"]
        await reader.press("d")
        assert words_of(reader) == []
        await reader.press("u")
        assert words_of(reader) == ["compare with the 2023 wording and 2024"]


async def test_a_lost_place_is_shown_with_what_may_be_it_and_confirmed_by_hand(
    opened: Open, desk: DeskLibrary
) -> None:
    with desk.open() as store:
        (feed, *_) = [e for e in store.feeds.subscriptions() if e.feed == FEEDS[1]]
        old = story(4)
        changed = old.text.replace(QUOTE, "“a new stage in a special and strategic partnership”")
        store.ingest.save(feed.id, [replace(old, text=changed)], tag, "rules")
    async with opened() as reader:
        await reader.press("3", "L")
        assert "! 1 lost" in reader.frame()
        assert "lost place" in reader.frame()
        await reader.press("enter")
        assert isinstance(reader.dialog, PlacesDialog)
        assert "a special and strategic" in reader.frame()
        await reader.press("enter")
        assert words_of(reader) == []
        await reader.press("escape")
        (note,) = notes(reader).list.items
        assert not note.lost
        assert note.annotation.quote
        assert "special and strategic" in note.annotation.quote.exact
        await reader.press("u")
        (note,) = notes(reader).list.items
        assert note.lost
        await reader.press("U")
        (note,) = notes(reader).list.items
        assert not note.lost


async def test_without_notes_the_list_says_how_to_write_one(
    opened: Open, desk: DeskLibrary
) -> None:
    with desk.open() as store:
        for uuid in store.notes.find():
            store.annotations.remove(uuid)
    async with opened() as reader:
        await reader.press("3")
        assert "No notes yet." in reader.frame()
        await reader.press("enter", "d", "e")
        assert isinstance(reader.app.screen, NotesScreen)


async def test_a_note_that_another_program_deletes_is_said_to_be_gone(
    opened: Open, desk: DeskLibrary
) -> None:
    (story,) = write(desk, "soon gone")
    async with opened() as reader:
        await reader.press("3")
        assert words_of(reader)[0] == "soon gone"
        screen = notes(reader)
        with desk.open() as store:
            (note,) = (each for each in store.annotations.of(story) if each.note == "soon gone")
            store.annotations.remove(note.uuid)
            screen.list.show(NoteRows([note.uuid], store.notes.rows))
            await reader.settle()
            assert "this note is gone" in reader.frame()
            await reader.press("x", "enter")
            assert screen.is_active


async def test_a_screen_made_ready_out_of_sight_shows_the_notes_when_it_is_gone_to(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        before = reader.frame()
        for room in BESIDE:
            reader.app._rooms.prepare(room)
        await reader.settle()
        assert reader.frame() == before
        write(desk, "written meanwhile")
        await reader.press("3")
        assert words_of(reader)[0] == "written meanwhile"
        await reader.press("1")
        assert reader.frame() == before
