"""What is wrong with a rules file, told with its line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.classify.overlay import overlaid
from dipread.classify.rules.codes import Codes
from dipread.classify.rules.kinds import KINDS, keys_of
from dipread.classify.rules.lint import Finding, lint
from dipread.rules.rulebook import Rulebook

SHIPPED, _ = Rulebook({}).tables()
CODES = Codes.of(SHIPPED, (), {"JP", "IT", "GE"})


def findings(text: str) -> list[Finding]:
    return lint("mine.toml", text, CODES, [*SHIPPED.values()])


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[sector]]\nid = "trade"\nveto = ["a" "b"]\n', 3, "not valid TOML"),
        ('\n[[sektor]]\nid = "trade"\n', 2, "no such kind of rule. Did you mean 'sector'?"),
        ('[sector]\nid = "trade"\n', 1, "Write [[sector]]"),
        ('[[sector]]\nlabel = "Trade"\n', 1, "sector 1: has no id"),
        ('[[sector]]\nid = "trade"\n[[sector]]\nid = "trade"\n', 3, "sector trade: stands twice"),
        ('[[sector]]\nid = "trade"\nvetos = ["a"]\n', 3, "no key 'vetos'. Did you mean 'veto'?"),
        ('[[sector]]\nid = "trade"\nstrong = ["a"]\n', 3, "below a heading [sector.terms.en]"),
        ('[[sector]]\nid = "trade"\nveto = "a"\n', 3, "veto must be a list of texts"),
        ('[[sector]]\nid = "trade"\nveto = ["a", "--"]\n', 3, "holds '--', which has no letter"),
        ('[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = [\n"a",\n"b*c"]\n', 6, "with a * inside"),
        ('[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["=a*"]\n', 4, "with both = and *"),
        ('[[sector]]\nid = "trade"\n[sector.terms.en]\nstong = ["a"]\n', 4, "Did you mean 'strong'?"),
        ('[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = [7]\n', 4, "list of texts"),
        ('[[sector]]\nid = "trade"\n[sector.terms.xy]\nstrong = ["a"]\n', 3, "there is no language 'xy'"),
        ('[[sector]]\nid = "trade"\nterms = ["a"]\n', 3, "terms must be a table for each language"),
        ('[[gate]]\nid = "sport"\nlets = [\n"trade",\n"trde"]\n', 5, "no sector 'trde'. Did you mean 'trade'?"),
        ('[[forum]]\nid = "g7"\nmembers = "JP XX"\n', 3, "there is no country 'XX'"),
        ('[[forum]]\nid = "g7"\nalias_by_lang = "a"\n', 3, "must be a list for each language"),
        ('[[forum]]\nid = "g7"\n[forum.alias_by_lang]\nfr = "a"\n', 4, "fr must be a list"),
        ('[[person]]\nname = "Ada"\nof = "forum:g77x"\n', 3, "there is no forum 'g77x'"),
        ('[[person]]\nname = "Ada"\nof = "JP"\nsince = "May"\n', 4, "'May' is no date"),
        ('[[person]]\nname = "Ada"\nof = "JP"\nfamous = "yes"\n', 4, "true or false"),
        ('[[mask]]\nid = "m"\ncountry = "JP+IT"\n', 3, "there is no country 'JP+IT'"),
        ('[[shape]]\nid = "currency"\nplaces = ["town"]\n', 3, "no places of the sort 'town'"),
        ('[[ambiguous]]\nterm = "Georgia"\nlangs = ["xy"]\n', 3, "there is no language 'xy'"),
        ('[[ambiguous]]\nterm = "Georgia"\n[[ambiguous.rule]]\nthen = "XX"\n', 3, "there is no country 'XX'"),
        ('[[ambiguous]]\nterm = "Georgia"\n[[ambiguous.rule]]\nif = "XX"\n', 3, "alternatives"),
        ('[[ambiguous]]\nterm = "Georgia"\n[[ambiguous.rule]]\nif_any_in_text = ["XX"]\n', 3, "Each says then"),
        ('[[person]]\nname = "Ada"\n', 1, "is new, and does not say of. Add of"),
        ('[[person]]\nname = "!"\nof = "JP"\n', 1, "has no letter or digit"),
        ('[[forum]]\nid = "club"\naliases = ["Club"]\n', 1, "does not say members or kind"),
        ('[[shape]]\nid = "s"\n', 1, "does not say followed_by or"),
        ('[[ambiguous]]\nterm = "Zebra"\n', 1, "does not say otherwise or same_as"),
        ('[[promise_verb]]\nid = "vow"\n', 1, "there is no such promise_verb. There can be no new ones"),
        ('[[cue]]\nid = "smell"\n', 1, "there is no such cue"),
        ('[[example]]\nmust = ["sector:trade"]\n', 1, "example 1: has no text"),
        ('as_of = "soon"\n', 1, "'soon' is no date"),
        ('[[example]]\ntext = "a"\nmust = ["sector:trde"]\n', 3, "Did you mean 'trade'?"),
        ('[[example]]\ntext = "a"\nmust = ["pair:JP-XX"]\n', 3, "there is no country 'XX'"),
        ('[[example]]\ntext = "a"\nmust = ["country:JP.acter"]\n', 3, "Did you mean 'actor'?"),
        ('[[example]]\ntext = "a"\nmust = ["about:XX"]\n', 3, "there is no country 'XX'"),
        ('[[example]]\ntext = "a"\nmust_not = ["trade"]\n', 3, "'trade' is no label"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_what_to_do(text: str, line: int, says: str) -> None:
    (found,) = findings(text)
    assert found.fault
    assert found.line == line
    assert says in str(found)
    assert str(found).startswith(f"mine.toml:{line}")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[sector]]\nid = "trade"\nremove = ["zebra levy"]\n', 3, "removes 'zebra levy'"),
        ('[[forum]]\nid = "g77x"\ndisabled = true\n', 1, "is disabled, but there is no such rule"),
    ],
)
def test_what_takes_nothing_away_is_a_doubt(text: str, line: int, says: str) -> None:
    (found,) = findings(text)
    assert not found.fault
    assert (found.line, says in found.what) == (line, True)


def test_a_good_file_of_every_kind_has_no_finding() -> None:
    text = """
as_of = "2026-11-01"
[[sector]]
id = "trade"
label = "Trade"
[sector.terms.en]
strong = ["zebra levy"]
[[forum]]
id = "poets"
members = "JP IT"
aliases = ["League of Poets"]
[forum.alias_by_lang]
fr = ["Ligue des poètes"]
[[person]]
name = "Ada"
of = "forum:g7"
[[ambiguous]]
term = "Zebra"
otherwise = ""
[[ambiguous.rule]]
if_any_in_text = ["stripes"]
then = "JP+IT"
[[mask]]
id = "m"
country = "GE"
terms = ["Zebra Hall"]
[[example]]
text = "a"
must = ["sector:trade", "pair:IT-JP", "commitment:political.IT-JP"]
"""
    assert findings(text) == []


def test_the_shipped_rules_have_no_keys_and_lists_but_those_that_are_known() -> None:
    unknown = {
        (kind, key)
        for kind, of in KINDS.items()
        for rule in SHIPPED[of.home].get(kind, ())
        for key in rule.keys() - keys_of(kind).keys()
    }
    assert unknown == set()
    lists = {
        (kind, name)
        for kind, of in KINDS.items()
        if of.lists
        for rule in SHIPPED[of.home][kind]
        for terms in rule["terms"].values()
        for name in terms
    }
    assert lists <= {(kind, name) for kind, of in KINDS.items() for name in of.lists}


WORDS = st.sampled_from(
    [
        "trade",
        "g7",
        "Georgia",
        "Ada",
        "JP",
        "forum:g7",
        "en",
        "xy",
        "a b",
        "=AI",
        "b*c",
        "--",
        "",
        "é",
    ]
)
TEXTS = st.lists(WORDS, max_size=3)
VALUES = st.one_of(
    WORDS, TEXTS, st.booleans(), st.integers(0, 9), st.lists(st.integers(0, 9), max_size=2),
    st.dictionaries(st.sampled_from(["en", "xy"]), st.one_of(TEXTS, WORDS, st.dictionaries(st.sampled_from(["strong", "weak", "any", "odd"]), st.one_of(TEXTS, st.booleans()), max_size=2)), max_size=2),
    st.lists(st.dictionaries(st.sampled_from(["then", "if_any_in_text", "odd"]), st.one_of(WORDS, TEXTS), max_size=2), max_size=2),
)  # fmt: skip


GOOD: dict[str, object] = {
    "text": "JP",
    "flag": True,
    "texts": ["trade"],
    "terms": ["zebra", "=AI"],
    "label": {"en": "Zebras"},
    "languages": {"en": ["zebra"]},
    "tables": {"en": {"any": ["zebra"]}, "fr": {"strong": ["zèbre"]}},
    "rules": [{"then": "JP"}],
}


@st.composite
def rules(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """Rules of a kind, most keys of which hold what they must."""
    known = keys_of(kind) if kind in (*KINDS, "example") else {"id": "text"}
    keys = draw(st.lists(st.sampled_from([*known, "odd"]), max_size=4, unique=True))
    return {
        key: GOOD[known[key]] if key in known and draw(st.integers(0, 9)) else draw(VALUES)
        for key in keys
    }


@st.composite
def files(draw: st.DrawFn) -> dict[str, object]:
    """Files of rules, right and wrong."""
    table: dict[str, object] = {}
    for kind in draw(st.lists(st.sampled_from([*KINDS, "example", "odd"]), max_size=2)):
        named = {KINDS[kind].names: draw(WORDS)} if kind in KINDS else {}
        one = {**draw(rules(kind)), **named}
        others = [[one, draw(rules(kind))], one, "text"]
        table[kind] = [one] if draw(st.integers(0, 4)) else draw(st.sampled_from(others))
    return table


def toml(value: object) -> str:
    """A value as TOML writes it in a line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@settings(max_examples=300, deadline=None)
@given(files())
def test_any_file_is_looked_through_and_one_without_a_fault_can_be_laid_over(
    table: dict[str, object],
) -> None:
    text = "".join(f"{key} = {toml(value)}\n" for key, value in table.items())
    found = findings(text)
    assert all(1 <= each.line <= len(table) + 1 for each in found)
    if not any(each.fault for each in found):
        overlaid(SHIPPED, {"mine.toml": table})
