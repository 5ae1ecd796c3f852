"""What docs/queries.md shows can be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dipread.data import read
from dipread.query import FIELDS, parse_query
from dipread.query.names import read_vocabulary

PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`.*?) \| ", PAGE, re.MULTILINE)
ASKED = [each for row in ROWS for each in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("text", ASKED)
def test_every_example_of_the_page_is_understood(text: str) -> None:
    parse_query(text, read_vocabulary(read("gazetteer.json")))


def test_every_field_is_on_the_page() -> None:
    assert [name for name in FIELDS if f"`{name}:" not in PAGE] == []
    assert len(ASKED) > 40
