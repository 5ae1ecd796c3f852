"""A verdict as it is written."""

from __future__ import annotations

import pytest

from dipread.errors import QueryError, UsageError
from dipread.model import Vocabulary
from dipread.query import Said, read_verdict


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("+sector:trade", Said("sector", "trade", True)),
        ("sector:trade", Said("sector", "trade", True)),
        (" -country:Japan ", Said("country", "JP", False)),
        ("-pair:IT-JP", Said("pair", "IT-JP", False)),
    ],
)
def test_a_verdict_names_one_tag(text: str, said: Said, vocabulary: Vocabulary) -> None:
    assert read_verdict(text, vocabulary) == said


@pytest.mark.parametrize(
    "text", ["", "+", "trade", "+sector:trade,defence", "is:read", "+sector:", "a b"]
)
def test_anything_else_is_refused_with_a_hint(text: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(UsageError) as fault:
        read_verdict(text, vocabulary)
    assert fault.value.message
    assert fault.value.hint


def test_a_tag_that_does_not_exist_is_named(vocabulary: Vocabulary) -> None:
    with pytest.raises(QueryError, match="no sector is called 'nonsense'"):
        read_verdict("+sector:nonsense", vocabulary)
