"""The brief, what publishers changed, chronology and commitments, and the fields of a note."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace
from textual import events

from dipread.model import Evidence, Has, Item, NoteFilter, Story, StoryId, Tag
from tests.tui.conftest import Open, Reader
from tests.tui.desk import FEEDS, NOW, DeskLibrary, story, tag

PROMISE = "Italy and Japan agreed on a programme"


def basket(desk: DeskLibrary) -> tuple[Item, ...]:
    with desk.open() as store:
        return store.basket.items()


def promising(one: Story) -> tuple[Tag, ...]:
    evidence = (Evidence("text", 0, len(PROMISE), "promise"),)
    slots = (("grade", "political"), ("parties", "IT JP"))
    return (*tag(one), Tag("commitment", "political.IT-JP", 3.0, 0.9, evidence, slots=slots))


def deliver(desk: DeskLibrary, one: Story) -> StoryId:
    with desk.open() as store:
        (wire, *_) = [f for f in store.feeds.subscriptions() if f.feed == FEEDS[1]]
        store.ingest.save(wire.id, [one], promising, "rules")
        return StoryId(store.stories.find(Has("title", (one.title,)))[0])


async def over(reader: Reader, *keys: str) -> None:
    """Press keys that open a dialog, and wait until it is there with what it shows."""
    await reader.press(*keys)
    while reader.dialog is None:
        await reader.pilot.pause()
    await reader.settle()


async def back(reader: Reader, *keys: str) -> None:
    """Press keys that close a dialog, and wait until what it was about is done."""
    await reader.press(*keys)
    while reader.dialog is not None:
        await reader.pilot.pause()
    await reader.pilot.pause()
    await reader.settle()


async def test_b_puts_a_story_into_the_brief_and_takes_it_out(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        here = reader.screen.stories.story
        await reader.press("b")
        assert [each.story for each in basket(desk)] == [here]
        assert "in the brief" in reader.frame()
        await reader.press("b")
        assert basket(desk) == ()
        await reader.press("u")
        assert [each.story for each in basket(desk)] == [here]


async def test_b_on_a_quote_puts_the_quote_into_the_brief(opened: Open, desk: DeskLibrary) -> None:
    async with opened() as reader:
        await reader.press("j", "j", "j", "j", "tab")
        while not (reader.screen.view.mark and reader.screen.view.mark.note):
            await reader.press("]")
        await over(reader, "b", "B")
        (item,) = basket(desk)
        assert item.note
        assert "✎ “a new stage in the special strategic partnership”" in reader.frame()
        assert "0 stories and 1 quote" in reader.frame()


async def fill(reader: Reader) -> None:
    for _ in range(3):
        await reader.press("b", "j")
    await over(reader, "B")


async def test_the_brief_is_ordered_headed_and_emptied_and_undo_takes_each_back(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        await fill(reader)
        before = [each.story for each in basket(desk)]
        assert len(before) == 3
        await reader.press("e")
        await reader.press("ctrl+u")
        await reader.type("Top story")
        await reader.press("enter")
        assert "Top story" in reader.frame()
        assert sum(each.heading == "Top story" for each in basket(desk)) == 1
        await reader.press("G", "K")
        assert all(each.place for each in basket(desk))
        await reader.press("x")
        assert len(basket(desk)) == 2
        await back(reader, "escape")
        await reader.press("u", "u", "u")
        assert [each.story for each in basket(desk)] == before
        assert not any(each.heading for each in basket(desk))


async def test_the_brief_goes_to_its_stories_and_into_a_file(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        await fill(reader)
        await reader.press("w")
        while not any("Brief written" in each for each in reader.toasts):
            await reader.pilot.pause()
        (path,) = desk.config.export_folder.glob("brief-2026-09-13.md")
        assert path.read_text(encoding="utf-8").startswith('---\ntitle: "Press review, Sunday 13')
        await back(reader, "G", "enter")
        assert reader.screen.stories.story in [each.story for each in basket(desk)]


async def test_a_change_is_marked_in_the_row_and_shown_word_by_word(
    opened: Open, desk: DeskLibrary
) -> None:
    with desk.open() as store:
        newest = StoryId(store.stories.find()[0])
        detail = store.stories.detail(newest)
        assert detail
        number = int(detail.story.uid.removeprefix("u"))
        owner = detail.feeds[0]
        (feed,) = [f for f in store.feeds.subscriptions() if f.feed == owner]
        edited = replace(story(number), title="Japan and India drop a defence agreement in Tokyo")
        store.ingest.save(feed.id, [edited], tag, "rules")
    async with opened() as reader:
        assert "Δ" in reader.line(3)
        await reader.press("j", "D")
        assert "The publisher has changed nothing here" in reader.toasts
        await over(reader, "k", "D")
        assert "edit 1 of 1" in reader.frame()
        assert "Japan and India signdrop a defence agreement" in reader.frame()
        await reader.press("escape")
        assert reader.dialog is None


async def test_commitments_are_listed_and_their_status_kept_with_its_source(
    opened: Open, desk: DeskLibrary
) -> None:
    title = "Pledge of the day"
    number = deliver(
        desk, replace(story(99), uid="p", guid="p", link="", title=title, text=PROMISE)
    )
    async with opened(query="title:pledge") as reader:
        await over(reader, "C")
        assert f"“{PROMISE}”" in reader.frame()
        assert "announced" in reader.frame()
        await reader.press("space", "s")
        await reader.type("gazette 12")
        await reader.press("enter")
        with desk.open() as store:
            assert store.promises.kept() == {(number, PROMISE): ("under way", "gazette 12", "")}
        await back(reader, "escape")
        await reader.press("u", "u")
        with desk.open() as store:
            assert store.promises.kept() == {}


async def test_a_chronology_tells_silences_and_unknown_dates(
    opened: Open, desk: DeskLibrary
) -> None:
    old = replace(story(0), uid="o", guid="o", link="", title="Old accord", text="x")
    deliver(desk, replace(old, published=NOW - timedelta(days=400)))
    deliver(desk, replace(old, uid="n", guid="n", title="Undated accord", published=None))
    async with opened(query="event:agreement") as reader:
        await over(reader, "c")
        await reader.press("g")
        assert "nothing, over six months" in reader.frame()
        assert "1 of them without a date of their own" in reader.frame()
        await reader.press("G")
        assert "unknown" in reader.frame()
        await back(reader, "enter")
        row = reader.screen.stories.row(reader.screen.stories.cursor)
        assert row
        assert row.title == "Undated accord"


async def test_a_note_has_a_type_tags_and_a_day_and_keeps_its_draft(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        await over(reader, "a")
        await reader.type("Is that so?")
        await reader.press("tab", "space", "space", "tab", "space", "tab")
        await reader.type("#follow-up")
        await back(reader, "escape")
        with desk.open() as store:
            assert len(store.notes.find()) == 1
        await over(reader, "a")
        await reader.press("tab", "tab", "tab", "tab")
        await reader.type("someday")
        await reader.press("enter")
        assert "'someday' is no day" in reader.frame()
        await reader.press("ctrl+u")
        await reader.type("7d")
        await back(reader, "enter")
        with desk.open() as store:
            (uuid,) = store.notes.find(NoteFilter(tag="follow-up"))
            note = store.annotations.one(uuid)
        assert (note.note, note.type, note.confidence) == ("Is that so?", "assessment", "likely")
        assert note.due == date(2026, 9, 20)
        said = "Is that so?\nlikely · #follow-up · due 20 Sep 2026"
        assert said in reader.screen.view.page.text
        await reader.press("u")
        assert said not in reader.screen.view.page.text


async def test_every_field_of_a_note_gets_the_keys_that_were_typed_for_it(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        keys = ["a", *"why", "tab", "space", "space", "tab", "space", "tab", *"#x", "tab", *"7d"]
        for each in (*keys, "enter"):  # all at once, however long the dialog takes to do its part
            reader.app.post_message(events.Key(each, "#" if each == "#" else None))
        await reader.settle()
        assert reader.dialog is None
        with desk.open() as store:
            (uuid,) = store.notes.find(NoteFilter(tag="x"))
            note = store.annotations.one(uuid)
    assert (note.note, note.type, note.confidence) == ("why", "assessment", "likely")
    assert note.due == date(2026, 9, 20)


async def test_a_draft_is_there_on_another_day_until_it_is_saved(
    opened: Open, desk: DeskLibrary
) -> None:
    async with opened() as reader:
        await over(reader, "a")
        await reader.type("half a thou")
        await back(reader, "escape")
    async with opened() as reader:
        await over(reader, "a")
        assert "half a thou" in reader.frame()
        await reader.type("ght")
        await back(reader, "enter")
        await over(reader, "a")
        assert "half a thou" not in reader.frame().split("New note")[1].split("Esc, draft")[0]
    with desk.open() as store:
        assert store.notes.find(NoteFilter(words="half a thought"))
