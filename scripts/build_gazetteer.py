"""Rebuild src/dipread/data/gazetteer.json from CLDR (through Babel) and the tables beside this script.

    PYTHONPATH=src python scripts/build_gazetteer.py          writes the file
    PYTHONPATH=src python scripts/build_gazetteer.py --check  exits 1 when the file would change

Sources: CLDR territory and time-zone city names (Unicode-3.0 licence); scripts/gazetteer/*.tsv, our own
compilation; labels and names from the TOML files of src/dipread/data.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from dipread.classify import fold_alias

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "dipread" / "data"
TABLES = Path(__file__).parent / "gazetteer"
LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "ru", "zh", "ja", "ar", "tr", "he")
NOT_COUNTRIES = {
    *(
        "AC",
        "AQ",
        "BV",
        "CP",
        "CQ",
        "DG",
        "EA",
        "EU",
        "EZ",
        "HM",
        "IC",
        "QO",
        "TA",
        "TF",
        "UM",
        "UN",
    ),
    *("XA", "XB", "ZZ"),
}
"""Codes of CLDR that are no country or territory with people of its own."""

LABELS = {
    "BA": "Bosnia", "CD": "DR Congo", "CG": "Congo-Brazzaville", "CI": "Ivory Coast", "GB": "Britain",
    "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao", "PS": "Palestine", "TR": "Turkey",
    "AE": "UAE", "US": "United States", "VA": "Holy See", "SZ": "Eswatini",
}  # fmt: skip
"""Labels shorter than CLDR's, as the press writes them."""

COMMON_WORDS = {
    "fr": {"Réunion": "", "La Réunion": "=La Réunion", "Maurice": "", "Dominique": "", "Salvador": "", "Niger": "^Niger"},
    "es": {"Reunión": "", "Granada": "", "Mali": "^Mali"},
    "it": {"Riunione": "", "Mali": "^Mali"},
    "pt": {"Reunião": "", "Granada": "", "Maurício": "", "Peru": "^Peru", "Mali": "^Mali"},
    "de": {"Réunion": "", "Jersey": "^Jersey"},
    "en": {"Jersey": "^Jersey", "Réunion": "=Réunion"},
    "tr": {"Mali": "^Mali", "Reunion": "", "Peru": "^Peru", "Fas": "^Fas", "Çin": "^Çin", "Umman": "^Umman", "Man Adası": ""},
    "ru": {"Того": "", "Мали": "^Мали", "Реюньон": ""},
    "ar": {"مالي": "", "ريونيون": "", "توغو": "توغو", "عمان": "سلطنة عمان"},
    "he": {"מלי": "", "טוגו": "", "פרו": "", "ניז'ר": "", "גאנה": ""},
}  # fmt: skip
"""Names of CLDR that are a common word, a given name or a town in the language, and what to write instead:
^ asks for a capital, an empty text leaves the name out."""

ENDINGS = {
    "fr": ("", "e", "s", "es", "ne", "nes"),
    "es": ("", "o", "a", "os", "as", "e", "es", "esa", "esas", "eses"),
    "it": ("", "o", "a", "i", "e"),
    "de": ("", "e", "er", "es", "en", "em", "n", "s", "in", "innen"),
    "pt": ("", "o", "a", "os", "as", "e", "es", "esa", "esas", "eses"),
    "ru": ("ий", "ая", "ое", "ие", "ого", "ой", "ому", "ую", "им", "ом", "их", "ими"),
    "tr": ("", "lar", "ler", "ların", "lerin"),
    "ar": ("", "ة", "ين", "ون", "ات"),
    "he": ("", "ת", "ים", "ות"),
}
"""What a stem of adjectives.tsv takes, by language; a stem without * stands alone."""


def rows(name: str) -> list[list[str]]:
    """The cells of a table; its header line, which begins with #, names the columns."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def header(name: str) -> list[str]:
    """The languages of a table's columns, from the last line that begins with #."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    return comments[-1].removeprefix("# code\t").split("\t")


def split(cell: str) -> list[str]:
    """The names of a cell."""
    return [each.strip() for each in cell.split("|") if each.strip()]


def countries() -> list[str]:
    """The codes that may be tagged: two letters, inhabited, XK included."""
    territories = Locale("en").territories
    codes = {str(code) for code in territories}
    return sorted(c for c in codes if re.fullmatch("[A-Z]{2}", c) and c not in NOT_COUNTRIES)


def name_forms(name: str, language: str) -> list[str]:
    """A CLDR name as running text has it: without brackets, `&` spelled out, Russian declined."""
    forms = [re.sub(r" ?[(（].+[)）]| SAR China$", "", name)]
    for form in list(forms):
        if "&" in form:
            word = {"en": "and", "fr": "et", "de": "und", "es": "y", "it": "e", "pt": "e"}
            forms.append(form.replace("&", word.get(language, "&")))
        if form.startswith("St. "):
            forms.append("Saint " + form[4:])
        if "’" in form:
            forms.append(form.replace("’", "'"))
    if language == "ru":
        forms = [each for form in forms for each in declined(form)]
    return forms


def declined(name: str) -> list[str]:
    """A Russian name in its cases, by the regular endings; several words stay as they are."""
    if " " in name or "-" in name or len(name) < 3:
        return [name]
    for ending, cases in (
        ("ия", ("ия", "ии", "ию", "ией")),
        ("а", ("а", "ы", "и", "у", "ой", "е")),
        ("я", ("я", "и", "ю", "ей", "е")),
        ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
        ("й", ("й", "я", "ю", "ем", "е")),
    ):
        if name.endswith(ending):
            return [name.removesuffix(ending) + case for case in cases]
    if name[-1] in "бвгджзклмнпрстфхцчшщ":
        return [name + case for case in ("", "а", "у", "ом", "е")]
    return [name]


def names() -> dict[str, dict[str, list[str]]]:
    """language -> code -> names of the country."""
    columns = header("names.tsv")
    by_hand = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows("names.tsv")}
    found: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        locales = (language, "zh_Hant") if language == "zh" else (language,)
        common = COMMON_WORDS.get(language, {})
        found[language] = {}
        for code in countries():
            if language in by_hand.get(code, ()):
                found[language][code] = split(by_hand[code][language])
                continue
            forms = [
                form
                for locale in locales
                for form in name_forms(Locale.parse(locale).territories[code], language)
            ]
            found[language][code] = [
                mended for form in dict.fromkeys(forms) if (mended := common.get(form, form))
            ]
    return found


def cities_by_zone() -> dict[str, str]:
    """English city name -> CLDR zone that is named after it."""
    return {
        zone.rsplit("/", 1)[-1].replace("_", " "): zone for zone in get_global("zone_territories")
    }


def english() -> dict[str, dict[str, list[str]]]:
    """kind -> code -> English words, from english.tsv and regions.tsv."""
    found: dict[str, dict[str, list[str]]] = {
        kind: {} for kind in ("name", "demonym", "capital", "metonym", "region")
    }
    for row in rows("english.tsv"):
        cells = [*row[1:], "", "", "", ""]
        for kind, cell in zip(("name", "demonym", "capital", "metonym"), cells, strict=False):
            if words := split(cell):
                found[kind][row[0]] = words
    for code, regions in rows("regions.tsv"):
        found["region"][code] = split(regions)
    return found


def translated_capitals(capitals: dict[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """language -> code -> capitals: capitals.tsv, else the city of CLDR's time zone, else English."""
    zones = cities_by_zone()
    columns = header("capitals.tsv")
    by_hand = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows("capitals.tsv")}
    found: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES[1:]:
        cities = Locale.parse(language).time_zones
        latin = language in ("fr", "de", "es", "it", "pt", "tr")
        found[language] = {}
        for code, cities_in_english in capitals.items():
            if code in by_hand:
                forms = split(by_hand[code][language])
            else:
                forms = [
                    cities[zones[city]]["city"]
                    for city in cities_in_english
                    if city in zones and "city" in cities.get(zones[city], {})
                ] or (cities_in_english if latin else [])
            if language == "ru":
                forms = [case for form in forms for case in declined(form)]
            if forms:
                found[language][code] = list(dict.fromkeys(forms))
    return found


def adjectives() -> dict[str, dict[str, list[str]]]:
    """language -> code -> adjectives and demonyms in all their endings."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for table in sorted(TABLES.glob("adjectives*.tsv")):
        columns = header(table.name)
        for code, *cells in rows(table.name):
            for language, cell in zip(columns, cells, strict=False):
                forms = [form for stem in split(cell) for form in inflected(stem, language)]
                if forms:
                    known = found[language].get(code, ())
                    found[language][code] = list(dict.fromkeys([*known, *forms]))
    return dict(found)


def places() -> dict[str, dict[str, dict[str, list[str]]]]:
    """kind -> language -> code -> cities, regions and seats of power, from places.tsv."""
    columns = header("places.tsv")[2:]
    found: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for code, kind, english_name, *cells in rows("places.tsv"):
        for language, cell in zip(columns, cells, strict=True):
            forms = [english_name] if cell == "." else split(cell)
            if kind == "demonym":
                forms = [form for stem in forms for form in inflected(stem, language)]
            known = found[kind][language][code]
            known += [form for form in forms if form not in known]
    return found


def settle(terms: dict[str, dict[str, dict[str, list[str]]]]) -> None:
    """Leave each word with the first of its kinds: Polen is the country, not the Poles."""
    by_place: dict[tuple[str, str], set[str]] = defaultdict(set)
    for by_language in terms.values():
        for language, by_code in by_language.items():
            for code, words in by_code.items():
                known = by_place[language, code]
                by_code[code] = [word for word in words if word.strip("=^") not in known]
                known.update(word.strip("=^") for word in words)
            for code in [code for code, words in by_code.items() if not words]:
                del by_code[code]


def inflected(stem: str, language: str) -> list[str]:
    """A stem with every ending; Italian keeps the hard sound before i and e."""
    if not stem.endswith("*"):
        return [stem]
    stem = stem[:-1]
    forms = [stem + ending for ending in ENDINGS[language] if len(stem + ending) > 2]
    if language == "it" and stem[-1] in "cg":
        forms += [stem + "hi", stem + "he"]
    return forms


def aliases(gazetteer: dict[str, Any]) -> dict[str, dict[str, str]]:
    """kind -> folded alias -> code, for queries: codes first, then labels, then every other name."""
    found: dict[str, dict[str, str]] = {
        kind: {} for kind in ("country", "sector", "event", "forum", "gate", "commitment")
    }

    def keep(kind: str, alias: str, code: str) -> None:
        if folded := fold_alias(alias):
            found[kind].setdefault(folded, code)

    for kind, known in found.items():
        for code in gazetteer[kind]:
            known[fold_alias(code)] = code
        for code, each in gazetteer[kind].items():
            keep(kind, each["label"], code)
            keep(kind, each.get("iso3", ""), code)
            for alias in each.pop("aliases", ()):
                keep(kind, alias, code)
    for naming in ("name", "demonym"):
        for by_code in gazetteer["terms"][naming].values():
            for code, names in by_code.items():
                for name in names:
                    keep("country", name, code)
    return found


def knowledge_names() -> dict[str, dict[str, Any]]:
    """kind -> id -> label and aliases, from the TOML files."""

    def read(name: str) -> dict[str, Any]:
        return tomllib.loads((DATA / name).read_text(encoding="utf-8"))

    sectors = {
        sector["id"]: {
            "label": sector["label"]["en"],
            "aliases": sorted(set(sector["label"].values())),
        }
        for sector in read("sectors.toml")["sector"]
    }
    events = {
        event["id"]: {"label": event["label"], "aliases": [event["label"]]}
        for event in read("events.toml")["event"]
    }
    table = read("forums.toml")
    forums = {
        forum["id"]: {
            "label": forum["name"],
            "aliases": sorted(
                {
                    alias.lstrip("=^")
                    for aliases in (forum["aliases"], *forum.get("alias_by_lang", {}).values())
                    for alias in aliases
                }
            ),
            "members": forum["members"].split(),
        }
        for forum in (*table["forum"], *table["group"])
    }
    gates = {
        gate["id"]: {"label": gate["label"], "aliases": [gate["label"]]}
        for gate in read("gates.toml")["gate"]
    }
    grades = {
        grade["id"]: {"label": grade["id"].capitalize(), "aliases": []}
        for grade in read("relations.toml")["promise_verb"]
    }
    return {
        "sector": sectors,
        "event": events,
        "forum": forums,
        "gate": gates,
        "commitment": grades,
    }


def build() -> dict[str, object]:
    """The whole gazetteer."""
    by_name = names()
    in_english = english()
    for code, more in in_english.pop("name").items():
        by_name["en"][code] = list(dict.fromkeys([*by_name["en"].get(code, []), *more]))
    alpha3 = {
        two: three
        for two, three in get_global("territory_aliases").items()
        if len(two) == 3 and two.isalpha()
    }
    iso3 = {two[0]: three for three, two in alpha3.items() if len(two) == 1 and len(two[0]) == 2}
    terms: dict[str, dict[str, dict[str, list[str]]]] = {
        "name": by_name,
        "demonym": {"en": in_english["demonym"], **adjectives()},
        "capital": {"en": in_english["capital"], **translated_capitals(in_english["capital"])},
        "metonym": {"en": in_english["metonym"]},
        "region": {"en": in_english["region"]},
    }
    for kind, by_language in places().items():
        for language, by_code in by_language.items():
            known = terms[kind].setdefault(language, {})
            for code, words in by_code.items():
                known[code] = list(dict.fromkeys([*known.get(code, []), *words]))
    settle({kind: terms[kind] for kind in ("name", "capital", "metonym", "demonym", "region")})
    territories = Locale("en").territories
    gazetteer: dict[str, Any] = {
        "country": {
            code: {"label": LABELS.get(code, territories[code].replace(" & ", " and ").replace("’", "'")),
                   "iso3": iso3.get(code, "XKX" if code == "XK" else "")}
            for code in countries()
        },
        **knowledge_names(),
        "terms": terms,
    }  # fmt: skip
    return {**gazetteer, "codes": aliases(gazetteer)}


def main() -> int:
    """Write the gazetteer, or with --check compare it."""
    target = DATA / "gazetteer.json"
    text = json.dumps(build(), ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"
    if "--check" in sys.argv[1:]:
        return int(not target.exists() or target.read_text(encoding="utf-8") != text)
    target.write_text(text, encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(text):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
