"""Colours: legible on every ground they are painted on."""

from __future__ import annotations

import pytest
from textual.color import Color

from dipread.tui.looks import LOOKS, Look


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""
    light, dark = sorted((_luminance(Color.parse(each)) for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_text_can_be_read_on_every_ground(look: Look) -> None:
    for ground in (look.background, look.row, look.bar):
        assert contrast(look.text, ground) >= 7
    for ground in (look.noted, look.selected, look.found):
        assert contrast(look.text, ground) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("name", ["dim", "primary", "country", "sector", "event", "note", "error"])
def test_dim_text_and_accents_can_be_read_on_every_ground(look: Look, name: str) -> None:
    for ground in (look.background, look.row, look.bar):
        assert contrast(getattr(look, name), ground) >= 4.5
