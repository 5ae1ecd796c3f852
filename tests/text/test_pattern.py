"""Patterns between slashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.text.pattern import LONGEST, flawed, is_pattern, matcher


@pytest.mark.parametrize(
    ("value", "text", "matches"),
    [
        ("/tariffs?/", "New tariff", True),
        ("/tariffs?/", "New Tariff", False),
        ("/tariffs?/i", "New TARIFFS", True),
        (r"/and\/or/", "and/or", True),
        (r"/日本.*韓国/", "日本と韓国", True),
        (r"/^\d+$/", "160", True),
    ],
)
def test_a_pattern_matches_as_it_says(value: str, text: str, matches: bool) -> None:
    assert is_pattern(value)
    assert flawed(value) == ""
    assert matcher(value)(text) is matches


@pytest.mark.parametrize("value", ["/(/", "/[a/", r"/(?<=a)b/", "/" + "a" * LONGEST + "/"])
def test_what_can_not_be_a_pattern_says_why(value: str) -> None:
    assert is_pattern(value)
    assert flawed(value)


@pytest.mark.parametrize("value", ["a/b", "/", "//", "/a", "a/", "2026/2027"])
def test_a_slash_alone_makes_no_pattern(value: str) -> None:
    assert not is_pattern(value)


def test_a_pattern_made_to_hang_does_not() -> None:
    assert matcher("/(a+)+$/")("a" * 5_000 + "b") is False


@given(st.text(max_size=30))
def test_no_pattern_raises(text: str) -> None:
    value = f"/{text}/"
    if is_pattern(value) and not flawed(value):
        assert matcher(value)(text) in (True, False)
