"""The whole way from a story to its tags: evidence, order, traps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.classify import KNOWLEDGE_FILES, Knowledge, classify, compile_knowledge, tag_record
from dipread.data import read
from dipread.model import Story

WORDS = [
    *("Japan", "Italy", "Georgia", "U.S.", "US", "Meloni", "Georgia Meloni", "Türkiye", "日伊首脳会談", "Straße"),
    *("Côte d'Ivoire", "tariffs", "said", "and", "in Geneva", "Paris Agreement", "G7", "100 years of ties", "Co\u0302te"),
    *("\u200b", "\u00ad", "ﬁnance", "ß", "...", ". ", "\n\n", "\n", "  ", " - ", "-", "’s", "“", "İstanbul", "того", "مصر"),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=25).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda blank: blank.join(words))
)
LANGUAGES = st.sampled_from(["", "en", "en-GB", "fr", "ja", "zh", "ar", "ru", "xx", "-"])

KNOWLEDGE = compile_knowledge({name: read(name) for name in KNOWLEDGE_FILES})


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, LANGUAGES)
def test_every_tag_has_evidence_that_lies_in_its_field(title: str, text: str, lang: str) -> None:
    story = Story(uid="u", guid="", link="", title=title, text=text, lang=lang)
    for tag in classify(story, KNOWLEDGE):
        assert tag.evidence
        assert 0 <= tag.confidence <= 1
        for each in tag.evidence:
            words = getattr(story, each.field)[each.start : each.end]
            assert 0 <= each.start < each.end
            assert words
            assert words == words.strip()


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, LANGUAGES)
def test_the_same_story_earns_the_same_tags_in_the_same_order(
    title: str, text: str, lang: str
) -> None:
    story = Story(uid="u", guid="", link="", title=title, text=text, lang=lang)
    tags = classify(story, KNOWLEDGE)
    assert tags == classify(story, KNOWLEDGE)
    kinds = [tag.kind for tag in tags]
    order = ["country", "pair", "sector", "event", "forum", "person", "commitment", "gate"]
    assert kinds == sorted(kinds, key=order.index)


@pytest.mark.parametrize(
    ("title", "lang", "word"),
    [
        ("Казахстан и Узбекистан подписали соглашение о торговле", "ru", "подписали соглашение"),
        ("Deutschland und Chile verhandeln ein Freihandelsabkommen", "de", "Freihandelsabkommen"),
        ("日本とイタリアが協定に署名", "ja", "協定"),
    ],
)
def test_evidence_of_the_beginning_of_a_word_is_the_word(title: str, lang: str, word: str) -> None:
    story = Story(uid="u", guid="", link="", title=title, text="", lang=lang)
    words = {
        title[each.start : each.end] for tag in classify(story, KNOWLEDGE) for each in tag.evidence
    }
    assert word in words


def test_no_trap_names_a_wrong_country(shared: Path, knowledge: Knowledge) -> None:
    wrong = []
    for line in (
        (shared / "data" / "traps" / "traps.dev.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        trap = json.loads(line)
        story = Story("u", "", "", trap["title"], trap["text"], lang=trap["lang"])
        found = set(tag_record(trap["id"], classify(story, knowledge), story)["countries"])
        if not set(trap["countries"]) <= found or found & set(trap["not_countries"]):
            wrong.append((trap["id"], sorted(found)))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "lang", "absent"),
    [
        ("Того, кто пришёл, ждали.", "ru", "TG"),
        ("They told us to wait for IT support.", "en", "US"),
        ("Les pays voisins se réunissent.", "fr", "NL"),
        ("The turkey and the china were on the table.", "en", "TR"),
        ("Uranium and Titanium", "en", "IR"),
        ("アイランドとスタイル", "ja", "TH"),
    ],
)
def test_no_country_is_found_inside_a_word_or_in_a_common_one(
    text: str, lang: str, absent: str, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    assert absent not in {tag.code for tag in classify(story(text, lang=lang), knowledge)}


@pytest.mark.parametrize(
    ("text", "lang", "codes"),
    [
        ("Россия и Япония обсудили договор в Риме.", "ru", {"RU", "JP", "IT"}),
        ("اليابان وإيطاليا توقعان اتفاقا", "ar", {"JP", "IT"}),
        ("יפן ואיטליה חתמו על הסכם", "he", {"JP", "IT"}),
        ("日本和意大利签署协议", "zh", {"JP", "IT"}),
        ("Japonya ve İtalya anlaşma imzaladı", "tr", {"JP", "IT"}),
        ("O Japão e a Itália assinam acordo", "pt", {"JP", "IT"}),
        ("Japan und Italien feiern in Rom", "de", {"JP", "IT"}),
        ("TÜRKİYE ve Yunanistan", "", {"TR", "GR"}),
    ],
)
def test_countries_are_found_in_every_shipped_language(
    text: str, lang: str, codes: set[str], knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    found = {
        tag.code for tag in classify(story(text, lang=lang), knowledge) if tag.kind == "country"
    }
    assert found == codes


@pytest.mark.parametrize(
    "words",
    [
        "Paris Agreement trade Japan said. ",
        "President Trump Putin ",
        "Georgia Korea, ",
        "日米\u200b首脳。",
    ],
)
def test_a_story_of_the_greatest_length_is_tagged_like_any_other(
    words: str, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    lang = "ja" if "日" in words else "en"
    long = story(words * (200_000 // len(words)), lang=lang)
    short = story(words * 3, lang=lang)
    countries = [
        {tag.code for tag in classify(each, knowledge) if tag.kind == "country"}
        for each in (long, short)
    ]
    assert countries[0] == countries[1]
    assert countries[0]
