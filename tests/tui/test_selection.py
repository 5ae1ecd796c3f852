"""Motions: by character, word, line, sentence, paragraph; never out of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.tui.typeset.lines import wrap
from dipread.tui.typeset.selection import move, reach, sentence_at, word_at

TEXT = "A pact was signed. Rome agreed!\n\nTokyo said: “soon”. 日本は。署名"


@pytest.mark.parametrize(
    ("motion", "start", "end"),
    [
        ("l", 0, 1), ("h", 1, 0), ("w", 0, 2), ("b", 7, 2), ("e", 2, 5), ("0", 9, 0),
        (")", 0, 19), ("(", 21, 19), ("}", 0, 33), ("{", 40, 33), ("G", 0, len(TEXT) - 1), ("g", 9, 0),
        ("j", 3, 36), ("k", 36, 3),
    ],
)  # fmt: skip
def test_a_motion_leads_where_a_vi_hand_expects(motion: str, start: int, end: int) -> None:
    assert move(TEXT, wrap(TEXT, 40), start, motion) == end


@pytest.mark.parametrize(
    ("motion", "start", "end"),
    [
        (")", 0, "signed."), (")", 17, "agreed!"), (")", 30, "said: “soon”."), ("}", 0, "agreed!"),
        ("}", 30, "署名"), (")", len(TEXT) - 1, "署名"), ("w", 0, "A p"),
    ],
)  # fmt: skip
def test_a_selection_ends_where_its_sentence_or_paragraph_does(
    motion: str, start: int, end: str
) -> None:
    assert TEXT[: reach(TEXT, wrap(TEXT, 40), start, motion) + 1].endswith(end)


@given(st.text(st.sampled_from("ab. \n日。é\u0301"), min_size=1, max_size=60), st.data())
def test_no_motion_leaves_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    lines = wrap(text, 10)
    for motion in "hjklwbe0$(){}gG":
        assert 0 <= move(text, lines, start, motion) < len(text)
        assert 0 <= reach(text, lines, start, motion) < len(text)
        if motion in ")}":
            assert reach(text, lines, start, motion) >= start


def test_word_and_sentence_around_a_place() -> None:
    assert TEXT[slice(*word_at(TEXT, 4))] == "pact"
    assert TEXT[slice(*sentence_at(TEXT, 21))] == "Rome agreed!"
