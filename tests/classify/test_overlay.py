"""A user's own rules over the shipped ones."""

from __future__ import annotations

import pytest

from dipread.classify import classify, compile_knowledge
from dipread.classify.fold import fold
from dipread.errors import ConfigError
from dipread.model import Story


def codes(files: dict[str, str], rules: str, text: str) -> set[str]:
    knowledge = compile_knowledge({**files, "mine.toml": rules})
    story = Story(uid="u", guid="", link="", title="", text=text, lang="en")
    return {f"{tag.kind}:{tag.code}" for tag in classify(story, knowledge)}


def test_a_user_adds_terms_to_a_sector(files: dict[str, str]) -> None:
    rules = '[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["lobster quota"]\n'
    assert "sector:trade" in codes(files, rules, "They fought over the lobster quota.")


def test_a_user_takes_a_term_out(files: dict[str, str]) -> None:
    text = "The trade deal was praised."
    assert "sector:trade" in codes(files, "", text)
    rules = '[[sector]]\nid = "trade"\nremove = ["trade deal", "trade"]\n'
    assert "sector:trade" not in codes(files, rules, text)


def test_a_term_may_be_moved_to_another_list(files: dict[str, str]) -> None:
    strong = '[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["zebra levy"]\n'
    moved = '[[sector]]\nid = "trade"\nremove = ["zebra levy"]\n[sector.terms.en]\nweak = ["zebra levy"]\n'
    knowledge = compile_knowledge({**files, "a.toml": strong, "b.toml": moved})
    hits = knowledge.automaton("en").hits(fold(" zebra levy "), " zebra levy ")
    assert [hit.sense.kind for hit in hits if hit.sense.code == "sector:trade"] == ["weak"]


def test_a_user_decides_what_an_ambiguous_word_means(files: dict[str, str]) -> None:
    rules = '[[ambiguous]]\nterm = "Georgia"\n[[ambiguous.rule]]\nif_any_in_text = ["zebra"]\nthen = "US"\n'
    assert "country:GE" in codes(files, rules, "The president of Georgia spoke in Tbilisi.")
    assert "country:US" in codes(files, rules, "A zebra was seen in Georgia.")


def test_disabling_what_is_not_there_does_nothing(files: dict[str, str]) -> None:
    assert codes(files, '[[forum]]\nid = "poets"\ndisabled = true\n', "A word.") == set()


def test_a_user_switches_a_rule_off(files: dict[str, str]) -> None:
    rules = '[[person]]\nname = "Giorgia Meloni"\ndisabled = true\n'
    assert "person:Giorgia Meloni" not in codes(files, rules, "Giorgia Meloni spoke.")


def test_a_user_names_a_new_forum(files: dict[str, str]) -> None:
    rules = '[[forum]]\nid = "poets"\nname = "Poets"\nkind = "forum"\nmembers = ""\naliases = ["League of Poets"]\n'
    assert "forum:poets" in codes(files, rules, "The League of Poets met.")


@pytest.mark.parametrize(
    ("rules", "begins"),
    [
        ('[[sektor]]\nid = "trade"\n', "mine.toml: rule sektor: "),
        ('[[sector]]\nname = "trade"\n', "mine.toml: rule sector number 1: "),
        ('[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["!"]\n', "mine.toml: rule trade: "),
        ('[[sector]]\nid = "trade"\nveto = "word"\n', "mine.toml: rule trade: veto must be a list"),
        ('[[forum]]\nid = "g7"\nalias_by_lang = "word"\n', "mine.toml: rule g7: alias_by_lang must"),
        ('[[forum]]\nid = "club"\naliases = ["Club"]\n', "mine.toml: rule club: is new, and does not say"),
        ('as_of = "soon"\n', "mine.toml: rule as_of: 'soon' is no date"),
        ("as_of = 2026-11-30\n", "mine.toml: rule as_of: as_of must be a text"),
        ('[[promise_verb]]\nid = "vow"\n', "mine.toml: rule vow: there is no such"),
        ('[[sector]]\nid = "trade"\n[sector.terms.xy]\nstrong = ["word"]\n', "languages.toml: rule xy: "),
        ("[[sector", "mine.toml:1: "),
    ],
)  # fmt: skip
def test_a_fault_in_a_users_rule_is_named(files: dict[str, str], rules: str, begins: str) -> None:
    with pytest.raises(ConfigError) as fault:
        compile_knowledge({**files, "mine.toml": rules})
    assert fault.value.message.startswith(begins)
