"""Lines: nothing is lost, nothing is too wide, every offset is true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dipread.model.anchor import snap
from dipread.tui.typeset.lines import clusters, line_at, seen, wrap

TEXTS = st.text(st.sampled_from("ab .-—日本、。é\u0301👨\u200d👩🇫🇷\n한"), max_size=80)


@given(TEXTS, st.integers(4, 30))
def test_every_character_belongs_to_exactly_one_line(text: str, width: int) -> None:
    lines = wrap(text, width)
    covered = [place for line in lines for place in range(line.start, line.end)]
    assert covered == [place for place, char in enumerate(text) if char != "\n"]


@given(TEXTS, st.integers(4, 30))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    for line in wrap(text, width):
        assert line.cells <= width
        assert line.cells == sum(cell_len(text[c.start : c.end]) for c in line.clusters)


@given(TEXTS, st.integers(4, 30))
def test_a_character_is_found_again_where_it_is_painted(text: str, width: int) -> None:
    lines = wrap(text, width)
    for number, line in enumerate(lines):
        for cluster in line.clusters:
            if cluster.cells:
                assert line_at(lines, cluster.start) == number
                assert line.at(line.column(cluster.start)) == cluster.start


@given(TEXTS, st.data())
def test_a_snapped_range_holds_whole_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snap(text, start, end)
    assert first <= start
    assert last >= end
    edges = {0, len(text)}
    for place, paragraph in _paragraphs(text):
        edges.add(place)
        for cluster in clusters(paragraph, place):
            edges |= {cluster.start, cluster.end}
    assert {first, last} <= edges


def _paragraphs(text: str) -> list[tuple[int, str]]:
    found, place = [], 0
    for paragraph in text.split("\n"):
        found.append((place, paragraph))
        place += len(paragraph) + 1
    return found


def test_lines_break_between_words_and_between_ideographs() -> None:
    text = "Italy and Japan sign 日本とインドが署名。"
    lines = wrap(text, 12)
    assert [text[line.clusters[0].start : line.clusters[-1].end] for line in lines] == [
        "Italy and",
        "Japan sign",
        "日本とインド",
        "が署名。",
    ]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert [line.cells for line in wrap("a" * 25, 10)] == [10, 10, 5]


def test_text_that_is_safe_is_shown_as_it_is() -> None:
    text = "Café 👨\u200d👩 日本\nΑθήνα"
    assert seen(text) == text
