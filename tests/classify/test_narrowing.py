"""A story that a change of the rules does not touch has the same tags before and after."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.classify import Change, Knowledge, classify
from dipread.model import Story
from dipread.rules.rulebook import Rulebook

LEVY = '[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["zebra levy"]\n'
NEW = """
[[sector]]
id = "trade"
veto = ["no zebra levy"]
[sector.terms.en]
strong = ["lobster quota"]
medium = ["lobster*"]
[sector.terms.ja]
strong = ["伊勢海老"]
[sector.terms.ar]
strong = ["سرطان"]
[[person]]
name = "Ada Lobster"
of = "PT"
role = "fm"
aliases = ["Lobster"]
[[gate]]
id = "sport"
lets = ["trade"]
[[mask]]
id = "mine"
terms = ["Japan Lobster Company", "^Tokyo"]
[[mask]]
id = "embassy"
country = "IT"
terms = ["Palazzo Lobster"]
[[ambiguous]]
term = "Georgia"
[[ambiguous.rule]]
if_any_in_text = ["lobster"]
then = "US"
[[forum]]
id = "lobster"
name = "Lobster Club"
members = "JP IT"
aliases = ["Lobster Club", "=LC+"]
[[cue]]
id = "speech"
[cue.terms.en]
any = ["lobstered"]
"""
LESS = """
[[sector]]
id = "trade"
remove = ["zebra levy"]
[[person]]
name = "Giorgia Meloni"
of = "FR"
famous = false
[[person]]
name = "Emmanuel Macron"
disabled = true
[[forum]]
id = "g7"
disabled = true
[[ambiguous]]
term = "Tokyo"
otherwise = ""
"""
SHAPE = '[[shape]]\nid = "brand"\nplaces = ["name"]\nfollowed_by = ["Lobster"]\n'
OWN = {"plain": "", "new": NEW, "less": LESS, "shape": SHAPE, "comment": "# nothing yet\n"}
EDITIONS: dict[str, Knowledge] = {
    name: Rulebook({"levy.toml": LEVY, "mine.toml": text}).knowledge for name, text in OWN.items()
}
CHANGES = {
    pair: Change(EDITIONS[pair[0]], EDITIONS[pair[1]])
    for pair in [
        *permutations(("plain", "new", "less"), 2),
        ("plain", "shape"),
        ("less", "comment"),
    ]
}
WORDS = [
    *("lobster", "lobsters", "Lobster", "lobster quota", "Ada Lobster", "President Lobster", "Lobster Club", "LC+", "lobstered"),
    *("Japan Lobster Company", "Tokyo", "Palazzo Lobster", "Georgia", "Giorgia Meloni", "Meloni", "Emmanuel Macron", "no zebra levy", "G7", "伊勢海老", "والسرطان"),
    *("Japan", "Italy", "said", "zebra levy", "signed a trade deal", "no trade deal", "tariffs", "and", "football", "World Cup final", "league"),
    *("coach", "striker", "goal", "ambassador", "\n\n", ". ", ", ", "-", "\u200b", "日本", "Île", "ß"),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=20).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda blank: blank.join(words))
)


@settings(max_examples=400, deadline=None)
@given(
    TEXTS, TEXTS, st.sampled_from(["", "en", "fr", "ja", "ar", "xx"]), st.sampled_from([*CHANGES])
)
def test_tagging_only_what_a_change_touches_gives_what_tagging_everything_gives(
    title: str, text: str, lang: str, pair: tuple[str, str]
) -> None:
    story = Story("u", "", "", title, text, lang=lang)
    before, after = (classify(story, EDITIONS[each]) for each in pair)
    assert (after if CHANGES[pair].touches(story) else before) == after


@pytest.mark.parametrize(
    ("name", "text", "touched"),
    [
        ("new", "They fought over the lobster quotas.", True),
        ("new", "They fought over the trade balance.", False),
        ("less", "A zebra levy.", True),
        ("less", "Meloni spoke.", True),
        ("less", "Macron spoke.", True),
        ("less", "Merz spoke.", False),
        ("new", "The football coach resigned.", True),
        ("new", "The minister resigned.", False),
        ("new", "In Georgia.", True),
    ],
)
def test_a_story_is_touched_by_a_term_that_changed(name: str, text: str, touched: bool) -> None:
    assert CHANGES["plain", name].touches(Story("u", "", "", "", text, lang="en")) is touched


def test_what_may_bear_on_any_story_touches_all_and_a_comment_none() -> None:
    story = Story("u", "", "", "", "Anything, lobster included.")
    assert CHANGES["plain", "shape"].touches(story)
    assert not Change(EDITIONS["plain"], EDITIONS["comment"]).touches(story)
    assert [pair for pair, change in CHANGES.items() if change.everywhere] == [("plain", "shape")]
