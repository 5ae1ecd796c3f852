"""Which language a story is read in."""

from __future__ import annotations

import pytest

from dipread.classify import Knowledge
from dipread.classify.document import Document
from dipread.classify.languages import language_of
from dipread.model import Story


@pytest.mark.parametrize(
    ("given", "title", "language"),
    [
        ("", "Ministers of both countries met in the capital", "en"),
        ("", "Les ministres des deux pays se sont réunis", "fr"),
        ("", "Außenminister treffen sich vor dem Gipfel", "de"),
        ("", "Los cancilleres se reunieron en la capital", "es"),
        ("", "I ministri degli Esteri si sono incontrati nella capitale", "it"),
        ("", "Os ministros não chegaram a um acordo", "pt"),
        ("", "Bakanlar başkentte bir araya geldi", "tr"),
        ("", "Министры встретились в столице", "ru"),
        ("", "外相会談が開かれた", "ja"),
        ("", "外长举行会谈", "zh"),
        ("", "التقى الوزيران في العاصمة", "ar"),
        ("", "השרים נפגשו בבירה", "he"),
        ("pt-BR", "The feed knows better", "pt"),
        ("sk", "Ministri sa stretli v Bratislave", "en"),
    ],
)
def test_a_story_is_read_in_the_feed_s_language_or_in_the_one_it_looks_like(
    given: str, title: str, language: str, knowledge: Knowledge
) -> None:
    document = Document.of(Story(uid="u", guid="", link="", title=title, text=""))
    assert language_of(given, document, knowledge) == language
