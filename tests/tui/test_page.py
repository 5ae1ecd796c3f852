"""A story set as one text: where its marks are, how its tags are listed, what stands beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from dipread.model import (
    Annotation,
    Evidence,
    Quote,
    StoryDetail,
    StoryId,
    Tag,
    TagKind,
    Vocabulary,
)
from dipread.model.anchor import anchored
from dipread.tui.typeset.lines import line_at, wrap
from dipread.tui.typeset.margin import MOST_LINES, beside
from dipread.tui.typeset.page import LOST, Page, page_of
from tests.tui.desk import FEEDS, NOW, story, tag

PLAIN = Vocabulary({}, {})


def detail(
    tags: tuple[Tag, ...] = (), annotations: tuple[Annotation, ...] = (), revision: int = 1
) -> StoryDetail:
    """The first story of the desk, with these tags and notes."""
    own = story(0)
    return StoryDetail(
        *(StoryId(1), own, NOW, NOW, revision, revision, FEEDS[:1]),
        *(tags or tag(own), annotations, False, False),
    )


def noted(words: str, note: str, number: int = 1) -> Annotation:
    """A note on words of that story."""
    text = story(0).text
    start = text.index(words)
    end = start + len(words)
    quote = Quote("text", start, end, words, text[max(0, start - 32) : start], text[end : end + 32])
    made = NOW + timedelta(seconds=number)
    return Annotation(f"note-{number}", StoryId(1), 1, note, made, made, quote)


def many(kind: TagKind, count: int) -> tuple[Tag, ...]:
    """Tags with names of various lengths, one of them with a blank."""
    evidence = (Evidence("title", 0, 5, "rule"),)
    names = [f"{kind}_{'x' * (number % 5)}{number}" for number in range(count)]
    return tuple(Tag(kind, name, 1.0, 0.9, evidence, about=True) for name in names)


@pytest.mark.parametrize("measure", [30, 50, 66])
@pytest.mark.parametrize("count", [1, 5, 9, 40])
def test_tags_take_two_lines_and_the_rest_is_a_number(count: int, measure: int) -> None:
    page = page_of(detail(many("sector", count)), PLAIN, measure)
    part = page.part("tags")
    lines = page.text[part.start : part.end].strip("\n").split("\n")
    assert len(lines) <= 2
    assert all(cell_len(line) <= measure for line in lines)
    left = count - len(page.tints)
    assert lines[-1].endswith(f"+{left}") == bool(left)
    for tint in page.tints:
        assert page.text[tint.start : tint.end].startswith("sector ")


def test_a_story_about_nothing_has_no_line_of_tags() -> None:
    passing = Tag("country", "JP", 1.0, 0.9, (Evidence("title", 0, 5, "rule"),), "mention")
    assert "tags" not in {part.name for part in page_of(detail((passing,)), PLAIN).parts}


def changed(*notes: Annotation, text: str) -> Page:
    """The page of the story once its text has become another."""
    old = detail(annotations=notes, revision=2)
    return page_of(replace(old, story=replace(old.story, text=text), tags=()), PLAIN)


def test_a_note_moves_with_its_words_when_the_story_changes() -> None:
    words = "strategic partnership"
    page = changed(noted(words, "which?"), text="Corrected on Monday.\n\n" + story(0).text)
    (passage,) = [mark for mark in page.marks if mark.end <= page.part("text").end]
    assert page.text[passage.start : passage.end] == words
    assert passage.note == "note-1"
    assert LOST not in page.text


@pytest.mark.parametrize(
    "text", ["All of it was withdrawn.", "A new strategic partnership.", story(0).text * 2]
)
def test_a_note_without_its_place_says_so_and_keeps_the_old_words(text: str) -> None:
    page = changed(noted("strategic partnership", "which?"), text=text)
    assert not [mark for mark in page.marks if mark.start < page.part("text").end]
    notes = page.text[page.part("text").end :]
    assert notes.split("\n") == ["", "", "“strategic partnership”", LOST, "which?"]


@given(
    before=st.text(max_size=40), exact=st.text(min_size=1, max_size=20), after=st.text(max_size=40)
)
def test_what_is_anchored_is_always_the_quoted_words(before: str, exact: str, after: str) -> None:
    text = before + exact + after
    quote = Quote("text", len(before), len(before) + len(exact), exact, before[-32:], after[:32])
    place = anchored(quote, text)
    if place is None:
        whole = before[-32:] + exact + after[:32]
        assert text.find(whole, text.find(whole) + 1) >= 0
    else:
        assert text[slice(*place)] == exact


def _margin(*notes: Annotation) -> tuple[Page, dict[int, str]]:
    page = page_of(detail(annotations=notes), PLAIN)
    return page, beside(page, wrap(page.text, 66), 20)


def test_a_note_stands_beside_the_line_where_its_passage_begins() -> None:
    page, margin = _margin(noted("strategic partnership", "compare with the 2023 wording"))
    first = line_at(wrap(page.text, 66), page.text.index("strategic partnership"))
    assert [margin[first], margin[first + 1]] == ["✎ compare with the", "  2023 wording"]
    assert len(margin) == 2


def test_notes_beside_the_text_make_way_for_each_other_and_are_cut() -> None:
    long = "word " * 60
    _, margin = _margin(noted("foreign ministers", long), noted("first time", "second", 2))
    heads = [line for line, words in margin.items() if words.startswith("✎")]
    assert len(heads) == 2
    assert heads[1] > heads[0] + MOST_LINES
    assert len(margin) == MOST_LINES + 1
    assert any(words.endswith("…") for words in margin.values())
    assert all(cell_len(words) <= 20 for words in margin.values())
