"""Which countries a story speaks of together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipread.classify import Knowledge, classify
from dipread.model import Story


def pairs(story: Story, knowledge: Knowledge) -> set[str]:
    return {tag.code for tag in classify(story, knowledge) if tag.kind == "pair"}


OPENING = (
    "The assembly voted for a fund. It will repair ports. Members may pay what they like into it. "
)


@pytest.mark.parametrize(
    ("title", "text", "lang", "expected"),
    [
        ("Fund for ports", OPENING + "Fiji and Barbados drafted the text.", "en", set()),
        (
            "Delegates meet",
            "Delegations from Ethiopia and Somalia met in Geneva on Saturday.",
            "en",
            {"ET-SO"},
        ),
        ("75 Jahre Beziehungen: Deutschland und Indien feiern", "Es gab Musik.", "de", {"DE-IN"}),
        ("Polen und die Ukraine verlängern ein Gleis", "Es gab Musik.", "de", {"PL-UA"}),
        ("La Bolivie et le Pérou ouvrent un pont", "Il pleuvait.", "fr", {"BO-PE"}),
        ("Il Marocco e la Spagna aprono un ponte", "Pioveva.", "it", {"ES-MA"}),
        (
            "Trucks wait less",
            "Mexico and the United States said trucks would wait less. Canada looks on. "
            "Its lorries wait for another day, and Canada said it would join.",
            "en",
            {"MX-US"},
        ),
        ("Estonia, Latvia and Lithuania order batteries", "They share a grid.", "en", set()),
    ],
)
def test_two_countries_are_a_pair_by_what_is_said_of_them(
    title: str,
    text: str,
    lang: str,
    expected: set[str],
    knowledge: Knowledge,
    story: Callable[..., Story],
) -> None:
    assert pairs(story(text, title, lang), knowledge) == expected
