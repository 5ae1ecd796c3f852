"""Which countries are named, and which only seem to be: metonyms, masks, scripts, datelines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipread.classify import Knowledge, classify
from dipread.classify.knowledge import compile_knowledge
from dipread.errors import ConfigError
from dipread.model import Story


def countries(story: Story, knowledge: Knowledge) -> set[str]:
    """Those in any role but dateline."""
    return {
        tag.code
        for tag in classify(story, knowledge)
        if tag.kind == "country" and tag.role != "dateline"
    }


@pytest.mark.parametrize(
    ("lang", "text", "named", "not_named"),
    [
        ("en", "Tokyo and Rome committed to a shared fund.", "JP IT", ""),
        ("en", "The Kremlin said no.", "RU", ""),
        ("en", "The Farnesina summoned the envoy of Peru.", "IT PE", ""),
        ("en", "The Hague promised more money for dykes.", "NL", ""),
        ("en", "The International Court of Justice in The Hague heard Peru.", "PE", ""),
        ("en", "Brussels fined the platform.", "", "BE"),
        ("en", "They told us that the US would wait.", "US", ""),
        ("en", "Give us a call, us too.", "", "US"),
        ("en", "The bond pays in Canadian dollars and Swiss francs, Peru said.", "PE", "CA CH"),
        ("en", "He paid 3 million Danish kroner to a Peruvian bank.", "PE", "DK"),
        ("fr", "Le Quai d'Orsay a convoqué l'ambassadeur du Pérou.", "FR PE", ""),
        ("fr", "La Farnesina et le Kremlin ont protesté.", "IT RU", ""),
        ("fr", "Le Tchad et le Niger rouvrent la frontière.", "TD NE", ""),
        ("fr", "Les pays de la région; la Réunion aussi.", "", "NL"),
        ("de", "Das Auswärtige Amt bestellte den Botschafter Perus ein.", "DE PE", ""),
        ("de", "Der Kreml und Den Haag schweigen.", "RU NL", ""),
        ("de", "Zehn Millionen Schweizer Franken gingen nach Peru.", "PE", ""),
        ("de", "Er zahlte 20 kanadische Dollar in Lima.", "PE", "CA"),
        ("es", "La Moncloa y el Kremlin guardan silencio.", "ES RU", ""),
        ("es", "El Palacio del Elíseo y La Haya callan.", "FR NL", ""),
        ("it", "La Farnesina ha convocato l’ambasciatore del Perù.", "IT PE", ""),
        ("it", "Il Cremlino e L’Aia tacciono.", "RU NL", ""),
        ("it", "Dieci milioni di franchi svizzeri al Perù.", "PE", "CH"),
        ("pt", "O Itamaraty e o Kremlin não comentaram.", "BR RU", ""),
        ("pt", "O Planalto convocou o embaixador do Peru.", "BR PE", ""),
        ("ru", "Кремль и Белый дом молчат.", "RU US", ""),
        ("ru", "Гаага и Рим подписали договор.", "NL IT", ""),
        ("ru", "После того, как он ушёл, стало тихо.", "", "TG"),
        ("zh", "白宫和克里姆林宫均未回应。", "US RU", ""),
        ("zh", "中意两国签署协议。", "CN IT", ""),
        ("zh", "他对此不满意，也不想去法院。", "", "FR IT"),
        ("zh", "日前，美好的一天，英雄凯旋。", "", "JP US GB"),
        ("zh", "中法关系、中俄贸易、美日同盟。", "CN FR RU US JP", ""),
        ("ja", "日伊首脳会談、対中関税を協議", "JP IT CN", ""),
        ("ja", "タイトルを獲得した選手", "", "TH"),
        ("ja", "タイで洪水、ラオスも", "TH LA", ""),
        ("ja", "仏大統領が訪日", "FR JP", ""),
        ("ja", "米中、関税で合意", "US CN", ""),
        ("ja", "日中は晴れる。中国地方も。", "", "CN"),
        ("ja", "英語とドイツ語で話す。", "", "GB DE"),
        ("ja", "外務省は印象を語った", "", "IN"),
        ("ar", "الكرملين والبيت الأبيض يرفضان التعليق.", "RU US", ""),
        ("ar", "زار الوزير عُمان ثم مسقط", "OM", "JO"),
        ("ar", "وقعت في عمّان اتفاقية", "JO", "OM"),
        ("ar", "قال رئيس الأردن في عمان", "JO", "OM"),
        ("ar", "لبنان وسوريا والعراق", "LB SY IQ", ""),
        ("tr", "Kremlin ve Beyaz Saray sessiz.", "RU US", ""),
        ("tr", "Çin ve Mısır anlaştı, çinko fiyatı düştü.", "CN EG", ""),
        ("tr", "Türkiye'nin Peru Büyükelçisi konuştu.", "TR PE", ""),
        ("tr", "Fransa’nın ve Almanya’nın kararı", "FR DE", ""),
        ("he", "הקרמלין והבית הלבן מסרבים להגיב.", "RU US", ""),
        ("he", "צרפת, ספרד ונורבגיה", "FR ES NO", ""),
        ("he", "ישראל ומצרים חתמו; בצרפת מחו", "IL EG FR", ""),
        ("en", "Canada, Mexico, Brazil and Chile signed the accord.", "CA MX BR CL", ""),
        ("en", "Peru (AFP) - The Xinhua agency and TASS reported on Peru.", "PE", "CN RU"),
        ("en", "The Jordan River rose; Michael Jordan smiled.", "", "JO"),
        ("en", "Burma and Zaire were on the old map.", "MM CD", ""),
        ("en", "Türkiye and Czechia signed.", "TR CZ", ""),
        ("en", "Jersey Shore and New Mexico are not abroad, said Niger.", "NE", "MX"),
        ("en", "Taiwan’s president met MPs from Palau. Taipei was pleased.", "TW PW", "CN"),
        ("en", "Kosovo and Serbia met; Western Sahara was named.", "XK RS EH", "MA"),
        ("en", "West Bank villages and Gaza were hit.", "PS", ""),
        (
            "en",
            "Turkish coffee, Swiss cheese, Danish pastry and French fries for sale.",
            "",
            "TR CH DK FR",
        ),
        ("en", "Chinese food and Indian restaurants in Lima", "PE", ""),
        ("en", "Greece debt and Russian roulette and Dutch auction.", "GR", "RU"),
        ("en", "The Washington Post reported from Lima.", "", "US"),
        ("en", "PM Modi and President Macron spoke by phone.", "IN FR", ""),
        ("en", "Mali and Guinea, Chad and Togo", "ML GN TD TG", ""),
        ("en", "Georgia beat Florida in the bowl game.", "US", "GE"),
        ("en", "Congo-Brazzaville and Niger; Nigeria too", "CG NE NG", "CD"),
        ("pt", "A Geórgia e a Arménia assinaram.", "GE AM", ""),
        ("es", "Estados Unidos y China pactan", "US CN", ""),
        ("es", "El Reino Unido y los Países Bajos firman; países bajos en renta no.", "GB NL", ""),
        ("it", "Stati Uniti e Cina firmano", "US CN", ""),
        ("ru", "США и КНР подписали соглашение; российско-китайские переговоры", "US CN RU", ""),
        ("ru", "Иран и Ирак; Иран’", "IR IQ", ""),
        ("fr", "relations franco-allemandes et sino-américaines", "FR DE CN US", ""),
        ("de", "deutsch-französische Freundschaft", "DE FR", ""),
        ("es", "relaciones hispano-marroquíes", "ES MA", ""),
        ("it", "relazioni italo-tedesche", "IT DE", ""),
    ],
)
def test_a_country_is_found_where_it_is_meant_and_nowhere_else(
    lang: str,
    text: str,
    named: str,
    not_named: str,
    knowledge: Knowledge,
    story: Callable[..., Story],
) -> None:
    found = countries(story(text, lang=lang), knowledge)
    assert set(named.split()) <= found
    assert not set(not_named.split()) & found


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("en", "DUBAI, Feb 17 (Reuters) - Lebanon closed a port.", "LB"),
        ("en", "By Ann Lee and Bo Roe\n\nDUBAI, Feb 17 (Reuters) - Lebanon closed a port.", "LB"),
        ("en", "BEIJING (Xinhua) -- Peru closed a port.", "PE"),
        ("fr", "Dakar (AFP) – Le Pérou ferme un port.", "PE"),
        ("es", "Washington, 3 may (EFE).- Perú cierra un puerto.", "PE"),
        ("it", "(ANSA) - ROMA, 3 MAG - Il Perù chiude un porto.", "PE"),
        ("de", "Wien (dpa) - Peru schließt einen Hafen.", "PE"),
        ("ru", "МОСКВА, 3 мая. /ТАСС/. Власти Перу закрыли порт.", "PE"),
        ("zh", "新华社北京5月3日电 秘鲁关闭港口。", "PE"),
        ("ja", "【ワシントン時事】ペルー政府は港を閉めた。", "PE"),
        ("ar", "القاهرة (رويترز) - أغلقت حكومة بيرو ميناء.", "PE"),
        ("tr", "ANKARA (AA) - Peru bir limanı kapattı.", "PE"),
    ],
)
def test_where_an_agency_sits_is_a_dateline(
    lang: str, text: str, told: str, knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    assert countries(story(text, lang=lang), knowledge) == {told}


def test_a_bureau_s_dateline_gives_way_to_the_lead(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    tags = classify(story("NAIROBI, May 3 (Reuters) - Burundi closed a port."), knowledge)
    assert {tag.code for tag in tags if tag.about} == {"BI"}


def test_who_reports_and_edits_from_where_is_no_part_of_the_story(
    knowledge: Knowledge, story: Callable[..., Story]
) -> None:
    text = "Peru closed a port. Reporting by Ann Lee in Lima; editing by Bo Roe in London."
    assert countries(story(text), knowledge) == {"PE"}


def test_a_shape_of_a_dateline_that_is_no_expression_is_a_fault(files: dict[str, str]) -> None:
    broken = files["countries.toml"].replace("\nshapes = [\n", '\nshapes = [\n  "(",\n')
    with pytest.raises(ConfigError, match=r"countries.toml: rule dateline: shapes"):
        compile_knowledge({**files, "countries.toml": broken})
