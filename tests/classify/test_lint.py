"""What is wrong with a rules file, told with its line."""

from __future__ import annotations

import pytest

from dipread.classify.codes import Codes
from dipread.classify.kinds import KINDS, keys_of
from dipread.classify.lint import Finding, lint
from dipread.rulebook import Rulebook

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
        ('[[sector]]\nid = "trade"\nterms = ["a"]\n', 3, "terms must hold a table for each language"),
        ('[[gate]]\nid = "sport"\nlets = [\n"trade",\n"trde"]\n', 5, "no sector 'trde'. Did you mean 'trade'?"),
        ('[[forum]]\nid = "g7"\nmembers = "JP XX"\n', 3, "there is no country 'XX'"),
        ('[[forum]]\nid = "g7"\nalias_by_lang = "a"\n', 3, "must hold a list for each language"),
        ('[[forum]]\nid = "g7"\n[forum.alias_by_lang]\nfr = "a"\n', 4, "fr must be a list"),
        ('[[person]]\nname = "Ada"\nof = "forum:g77x"\n', 3, "there is no forum 'g77x'"),
        ('[[person]]\nname = "Ada"\nsince = "May"\n', 3, "'May' is no date"),
        ('[[person]]\nname = "Ada"\nfamous = "yes"\n', 3, "true or false"),
        ('[[mask]]\nid = "m"\ncountry = "JP+XX"\n', 3, "there is no country 'XX'"),
        ('[[shape]]\nid = "s"\nplaces = ["town"]\n', 3, "no places of the sort 'town'"),
        ('[[ambiguous]]\nterm = "A"\nlangs = ["xy"]\n', 3, "there is no language 'xy'"),
        ('[[ambiguous]]\nterm = "A"\n[[ambiguous.rule]]\nthen = "XX"\n', 3, "there is no country 'XX'"),
        ('[[ambiguous]]\nterm = "A"\n[[ambiguous.rule]]\nif = "XX"\n', 3, "alternatives"),
        ('as_of = "soon"\n', 1, "'soon' is no date"),
        ('[[example]]\ntext = "a"\nmust = ["sector:trde"]\n', 3, "Did you mean 'trade'?"),
        ('[[example]]\ntext = "a"\nmust = ["pair:JP-XX"]\n', 3, "there is no country 'XX'"),
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
