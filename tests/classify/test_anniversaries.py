"""The number of years that an anniversary marks, in every language that has terms for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipread.classify import Knowledge, classify
from dipread.model import Story


@pytest.mark.parametrize(
    ("lang", "text", "years"),
    [
        ("en", "France and Kenya mark 60 years of diplomatic ties", "60"),
        ("en", "The 75th anniversary of diplomatic relations was celebrated", "75"),
        ("en", "They celebrated the golden jubilee of relations", "50"),
        ("en", "Two countries celebrate half a century of diplomatic relations", "50"),
        ("en", "Nepal and China mark the centenary of the treaty", "100"),
        ("en", "seventy years of diplomatic relations between India and Germany", "70"),
        ("fr", "La France et le Laos célèbrent les 70 ans de relations diplomatiques", "70"),
        ("fr", "le 60e anniversaire du traité de l'Élysée entre la France et l'Allemagne", "60"),
        ("fr", "Le cinquantième anniversaire des relations entre la France et la Chine", "50"),
        ("fr", "Cent soixante ans de relations diplomatiques entre Japon et Italie", "160"),
        ("fr", "le centenaire du traité", "100"),
        ("es", "España y Japón celebran 150 años de relaciones diplomáticas", "150"),
        ("es", "El 50º aniversario de las relaciones entre España y China", "50"),
        ("es", "el quincuagésimo aniversario de las relaciones entre México y China", "50"),
        ("es", "el bicentenario de la independencia del Perú y Chile", "200"),
        ("it", "Italia e Giappone, 160 anni di relazioni diplomatiche", "160"),
        ("it", "il 75º anniversario delle relazioni tra Italia e India", "75"),
        ("it", "il centenario del trattato", "100"),
        ("de", "75 Jahre diplomatische Beziehungen zwischen Deutschland und Indien", "75"),
        ("de", "Zum 60. Jahrestag des Élysée-Vertrags", "60"),
        ("de", "Sie feierten das 50-jährige Jubiläum der Beziehungen", "50"),
        ("de", "das zehnjährige Bestehen der Städtepartnerschaft mit Busan", "10"),
        ("ja", "日伊国交160周年", "160"),
        ("ja", "国交正常化から今年で70年となるのを記念", "70"),
        ("ja", "国交樹立五十周年", "50"),
        ("ru", "Россия и Китай отмечают 75 лет дипломатических отношений", "75"),
        ("ru", "75-летие установления дипломатических отношений между Россией и Китаем", "75"),
        ("ru", "70-я годовщина установления отношений", "70"),
        ("zh", "中法建交60周年", "60"),
        ("zh", "中意建交五十五周年", "55"),
        ("zh", "庆祝建交七十五周年", "75"),
        ("pt", "Brasil e Japão celebram 130 anos de relações diplomáticas", "130"),
        ("pt", "o 50º aniversário das relações entre Brasil e China", "50"),
        ("pt", "o bicentenário das relações entre Brasil e Portugal", "200"),
        ("ar", "الذكرى الخمسين لإقامة العلاقات الدبلوماسية بين مصر والصين", "50"),
        ("ar", "الذكرى الـ75 لإقامة العلاقات بين مصر وروسيا", "75"),
        ("ar", "مرور 60 عاما على العلاقات الدبلوماسية بين مصر والصين", "60"),
    ],
)
def test_an_anniversary_says_how_many_years(
    lang: str, text: str, years: str, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(story(text, lang=lang), knowledge)
    anniversary = next(tag for tag in tags if (tag.kind, tag.code) == ("event", "anniversary"))
    assert dict(anniversary.slots) == {"years": years}


def test_the_years_stand_beside_the_anniversary_not_elsewhere(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    made = story(
        "The loan runs for 5 years. Ten million and more were paid. Kenya and Japan then marked the "
        "60th anniversary of their diplomatic relations."
    )
    tags = classify(made, knowledge)
    anniversary = next(tag for tag in tags if (tag.kind, tag.code) == ("event", "anniversary"))
    assert dict(anniversary.slots) == {"years": "60"}


def test_an_anniversary_without_a_number_has_no_years(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(story("Some 10 million and more marked the anniversary in Kenya."), knowledge)
    anniversary = next(tag for tag in tags if (tag.kind, tag.code) == ("event", "anniversary"))
    assert anniversary.slots == ()
