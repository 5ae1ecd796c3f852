"""The pictures in docs/: well-formed, of this program, and of no particular machine."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

DOCS = Path(__file__).parents[2] / "docs"


NAMES = ("screen", "screen-80x24", "why", "picker", "insights", "paper")


@pytest.mark.parametrize("name", [f"{name}.svg" for name in NAMES])
def test_a_picture_is_well_formed_and_names_no_machine(name: str) -> None:
    svg = (DOCS / name).read_text(encoding="utf-8")
    words = "".join(ElementTree.fromstring(svg).itertext())
    assert "dipread" in words
    assert "minerals" in words or "Germany" in words
    assert not re.search(r"/(tmp|home|root|work|Users)/|url\(['\"]?http", svg)
