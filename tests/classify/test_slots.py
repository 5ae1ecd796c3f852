"""What an event's slots say: who hosts whom, and whether it has happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipread.classify import Knowledge, classify
from dipread.model import Story


@pytest.mark.parametrize(
    ("text", "lang", "stage"),
    [
        ("The president of Chile visited Lima on Monday.", "en", None),
        ("The president of Chile will visit Lima next week.", "en", "planned"),
        ("Chile's president called off a state visit to Lima.", "en", "cancelled"),
        ("Chile denied that a state visit to Lima had been agreed.", "en", "denied"),
        ("Le président chilien a annulé sa visite officielle à Lima.", "fr", "cancelled"),
        ("チリ大統領の公式訪問は延期された。", "ja", "cancelled"),
    ],
)
def test_an_event_s_stage_is_read_from_the_words_beside_it(
    text: str, lang: str, stage: str | None, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(story(text, lang=lang), knowledge)
    visit = next(tag for tag in tags if (tag.kind, tag.code) == ("event", "visit"))
    assert dict(visit.slots).get("stage") == stage


def test_office_holders_carry_the_date_of_their_list(knowledge: Knowledge) -> None:
    assert knowledge.as_of >= "2026-01-01"
    assert knowledge.people["Sanae Takaichi"].since == "2025-10-21"
