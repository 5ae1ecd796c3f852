"""Terms that can't be found, belong to another rule, or stand everywhere."""

from __future__ import annotations

import pytest

from dipread.errors import ConfigError
from dipread.model import Story
from dipread.rules.linting import lint_rules
from dipread.rules.rulebook import Rulebook

SECTOR = '[[sector]]\nid = "trade"\n'
OWN = f"""{SECTOR}veto = ["zebra veto"]
[sector.terms.en]
strong = ["zebra levy", "zebra veto", "Zebra  Levy", "=.NET", "zebras*"]
weak = ["zebra levy", "plain zebra"]
[sector.terms.ar]
strong = ["^مصر"]
[[mask]]
id = "mine"
terms = ["Japan", "Japan Zebra Company", "Paris Agreement"]
[[forum]]
id = "poets"
kind = "forum"
aliases = ["League of Poets", "=G7", "=LoP+"]
[[person]]
name = "Ada Zebra"
of = "PT"
aliases = ["Zebra Queen", "Japan", "Zebra"]
[[cue]]
id = "speech"
[cue.terms.en]
any = ["zebraed"]
"""


def said(own: str, *stories: str) -> dict[tuple[int, str], str]:
    rules = Rulebook({"mine.toml": own})
    tagged = [Story("", "", "", "", text, lang="en") for text in stories]
    found = {}
    for each in lint_rules(rules, ["mine.toml"], tagged):
        assert not each.fault
        _, term, what = each.what.split("'", 2)
        found[each.line, term] = what.strip()
    return found


def test_each_term_that_does_not_do_what_it_was_written_for_is_named() -> None:
    found = said(OWN)
    already = "stands there already: the rule finds these words without it"
    assert found == {
        (5, "zebra veto"): "never counts: the rule has a veto for these words",
        (5, "zebra levy"): already,
        (5, "Zebra  Levy"): already,
        (5, "=.NET"): "is never found as it is written",
        (6, "zebra levy"): "always counts as sector.trade.en.strong",
        (8, "^مصر"): "is never found: its letters have no capitals",
        (11, "Japan"): found[11, "Japan"],
        (11, "Paris Agreement"): "always belongs to mask.treaty",
        (15, "=G7"): "always belongs to forum.g7",
        (19, "Japan"): found[19, "Japan"],
    }
    for line in (11, 19):
        assert found[line, "Japan"].startswith("always belongs to country.JP.name")
        assert "en" in found[line, "Japan"]


def test_a_term_that_outweighs_or_outreaches_another_of_its_rule_is_no_doubt() -> None:
    table = '{}[sector.terms.en]\npresumed = ["zebras"]\nmedium = ["zebra"]\n{}'
    assert said(table.format(SECTOR, '[sector.terms.zh]\nstrong = ["斑马", "斑马群"]\n')) == {}
    assert said(f'{SECTOR}[sector.terms.en]\nmedium = ["zebra"]\nweak = ["zebras"]\n') == {
        (5, "zebras"): "always counts as sector.trade.en.medium"
    }


def test_a_term_that_tags_a_fifth_of_the_archive_is_named_with_its_share() -> None:
    own = f'{SECTOR}[sector.terms.en]\nstrong = ["zebra levy"]\nweak = ["zebra tax"]\n'
    many = ["They spoke of the zebra levy and the zebra tax."] * 15 + ["Nothing."] * 45
    assert said(own, *many) == {
        (4, "zebra levy"): "stands in 25% of 60 stories, and tags each of them"
    }
    assert said(own, *many[:12], *many[15:]) != {}
    assert said(own, *many[:11], *many[15:]) == {}  # 11 of 56 are less than a fifth
    assert said(own, *many[:15]) == {}  # too few stories to tell


def test_a_term_counts_in_its_own_language_only() -> None:
    own = f'{SECTOR}[sector.terms.fr]\nstrong = ["zebra levy"]\n'
    assert said(own, *["They spoke of the zebra levy."] * 60) == {}


def test_faults_of_the_files_asked_about_are_told_and_those_of_others_raised() -> None:
    rules = Rulebook({"mine.toml": "[[sector\n", "other.toml": SECTOR})
    (found,) = lint_rules(rules, ["mine.toml"])
    assert (found.line, found.column, found.fault) == (1, 9, True)
    with pytest.raises(ConfigError, match=r"mine\.toml:1:9"):
        lint_rules(rules, ["other.toml"])


def test_terms_of_another_file_of_one_s_own_count_too() -> None:
    own = f'{SECTOR}[sector.terms.en]\nstrong = ["zebra levy"]\n'
    rules = Rulebook({"a.toml": own, "b.toml": own.replace("strong", "medium")})
    assert [(each.file, each.line) for each in lint_rules(rules, ["b.toml"])] == [("b.toml", 4)]
    removing = Rulebook({"a.toml": own, "b.toml": f'{SECTOR}remove = ["zebra levy"]\n'})
    assert lint_rules(removing, ["a.toml", "b.toml"]) == []
