"""A story set as one text: where its marks are, how its tags are listed, what stands beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
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
from dipread.tui.lines import line_at, wrap
from dipread.tui.margin import MOST_LINES, beside
from dipread.tui.page import Page, page_of
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
    quote = Quote("text", start, start + len(words), words, text[max(0, start - 32) : start])
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
