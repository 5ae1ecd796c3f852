"""Text from the right is painted in the order in which it is read, and every cell still knows its letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.style import Style
from textual.geometry import Offset

from dipread.tui.typeset.bidi import base_level, levels, reordered, turned, visual_order
from dipread.tui.typeset.lines import wrap
from dipread.tui.typeset.paint import arranged
from tests.tui.conftest import Open
from tests.tui.desk import DeskLibrary, story, tag

LETTERS = st.text(st.sampled_from("abc ABאבגابت123٣٤%$.,:-()[]"), max_size=30)


def shown(text: str) -> str:
    """A line as it is painted from left to right."""
    of = levels(text)
    return "".join(turned(text[each], of[each]) for each in visual_order(of))


@pytest.mark.parametrize(
    ("text", "painted"),
    [
        ("car is אבג", "car is גבא"),  # a few words from the right in a line from the left
        ("אבג car גבא", "אבג car גבא"),
        ("אב 12 גד", "דג 12 בא"),  # numbers run from the left everywhere
        ("١٢٣ אב", "בא ١٢٣"),
        ("אב (גד) ה", "ה (דג) בא"),  # brackets face the words they hold
        ("see (אב) here", "see (בא) here"),
        ("אב $5.20 גד", "דג $5.20 בא"),
        ("אבג.", ".גבא"),
        ("G7 قمة", "G7 ةمق"),
        ("", ""),
    ],
)
def test_lines_are_painted_as_the_standard_says(text: str, painted: str) -> None:
    assert shown(text) == painted


def test_the_first_letter_decides_where_a_paragraph_begins() -> None:
    assert base_level("12 אב car") == 1
    assert base_level("car אב") == 0
    assert base_level("12 !") == 0


@given(LETTERS)
def test_nothing_is_lost_and_text_from_the_left_stays_as_it_is(text: str) -> None:
    order = visual_order(levels(text))
    assert sorted(order) == list(range(len(text)))
    if text.isascii():
        assert order == sorted(order)


@given(st.lists(LETTERS, max_size=4).map("\n".join), st.integers(4, 30))
def test_cells_and_letters_lead_to_one_another(text: str, width: int) -> None:
    for line in reordered(text, wrap(text, width), width):
        assert line.cells + line.pad <= width
        for cluster in line.clusters:
            column = line.column(cluster.start)
            for cell in range(column, column + cluster.cells):
                assert line.at(cell) == cluster.start


def test_styles_go_with_their_letters() -> None:
    bold, plain = Style(bold=True), Style()
    parts = list(arranged([("G7 ", plain), ("قمة", bold)]))
    assert "".join(text for text, _ in parts) == "G7 ةمق"
    assert "".join(text for text, style in parts if style == bold) == "ةمق"


HEBREW = "שרי החוץ של יפן ואיטליה חתמו (ביום ראשון) על הסכם G7 בן 12 סעיפים."
ARABIC = "وقّع وزيرا خارجية اليابان والهند اتفاقا في نيودلهي يوم الأحد 13."


async def test_a_mouse_over_every_cell_selects_exactly_its_character_in_every_script(
    opened: Open, desk: DeskLibrary
) -> None:
    text = "\n\n".join((
        HEBREW, ARABIC, "日印両国の外務大臣は、防衛協定に署名した。", "Cafe\u0301 naïve 👨\u200d👩\u200d👧 🇫🇷🤝🇬🇭 done.",
        "In Rome, מזכר הבנות (MoU) was signed with اليابان on 3 May.",
    ))  # fmt: skip
    new = replace(story(0), uid="rtl", guid="rtl", link="https://rtl.example/", text=text)
    with desk.open() as store:
        (feed, *_) = store.feeds.subscriptions()
        store.ingest.save(feed.id, [replace(new, title="أخبار G7 اليوم")], tag, "rules")
    async with opened(size=(100, 60), query='feed:"MOFA 日本" أخبار') as reader:
        await reader.press("enter")
        view = reader.screen.view
        assert view.page.text.endswith(text)
        seen: set[int] = set()
        for number, line in enumerate(view.lines):
            for cluster in line.clusters:
                column = line.column(cluster.start)
                for cell in range(column, column + cluster.cells):
                    at = view.content_region.offset + Offset(3 + cell, number)
                    _, offset = reader.app.screen.get_widget_and_offset_at(*at)
                    assert offset is not None
                    first = cell == column  # the right half of a wide one is where the next begins
                    last = cluster.start if first else cluster.end
                    assert cluster.start <= offset.x <= last, (line, cell, offset)
                seen.update(range(cluster.start, cluster.end))
        blank = {place for place, letter in enumerate(view.page.text) if letter.isspace()}
        assert seen | blank == set(range(len(view.page.text)))


async def test_paragraphs_from_the_right_are_aligned_there_and_titles_are_turned(
    opened: Open, desk: DeskLibrary
) -> None:
    new = replace(story(0), uid="r", guid="r", link="https://r.example/", title="אבג", text=HEBREW)
    with desk.open() as store:
        (feed, *_) = store.feeds.subscriptions()
        store.ingest.save(feed.id, [new], tag, "rules")
    async with opened(query="אבג") as reader:
        assert "גבא" in reader.line(3)
        frame = reader.frame()
        assert "ןפי לש ץוחה ירש" in frame
        view = reader.screen.view
        first = next(line for line in view.lines if line.pad)
        assert first.pad + first.cells == view.measure
