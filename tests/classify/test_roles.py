"""What part a country plays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipread.classify import Knowledge, classify
from dipread.model import Story


@pytest.mark.parametrize(
    ("text", "lang", "code", "role"),
    [
        ("Evidence was presented by the Netherlands.", "en", "NL", "actor"),
        ("Rockets were fired at Jordan this week.", "en", "JO", "addressee"),
        ("An air strike killed nine people in Yemen.", "en", "YE", "addressee"),
        ("Protests went on in Nairobi over the budget.", "en", "KE", "addressee"),
        ("The measure was taken by Bulgaria, Malta and Portugal.", "en", "PT", "actor"),
        ("A Norwegian metal band has cancelled its tour.", "en", "NO", "mention"),
        ("A Lima-based bank said it would hire.", "en", "PE", "mention"),
        ("The Norwegian government has cancelled the visit.", "en", "NO", "actor"),
        ("Envoys of two rebel groups held talks in Geneva.", "en", "CH", "venue"),
        ("L'accord a été signé par la Norvège.", "fr", "NO", "actor"),
        ("Authorities in Ghana went home.", "en", "GH", "actor"),
        ("Tôt ou tard, le président de la Bolivie rentre.", "fr", "BO", "actor"),
        ("The envoy left before the Ukraine talks.", "en", "UA", "addressee"),
        ("Un delantero peruano firma con un club.", "es", "PE", "mention"),
        ("Tunisia, where the ferry docks, was mentioned once.", "en", "TN", "actor"),
        ("Goods such as dates from Tunisia sold well.", "en", "TN", "mention"),
    ],
)
def test_a_country_s_role_is_read_from_the_words_beside_it(
    text: str, lang: str, code: str, role: str, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(story(text, lang=lang), knowledge)
    assert {tag.code: tag.role for tag in tags if tag.kind == "country"}[code] == role
