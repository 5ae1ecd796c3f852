"""A rule changed from the screen: previewed truly, kept whole, and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from dipread.classify import classify, considered
from dipread.config import find_paths
from dipread.errors import ConfigError
from dipread.model import Feed, Story
from dipread.rules.editing import RuleEdit, effect, keep, terms_of, with_edit
from dipread.rules.rulebook import Rulebook
from dipread.store import Store

TALKS = Story("u", "g", "https://a.example/1", "Japan and Italy agree a customs union", "Customs duties fall and tariffs end, both said.", lang="en")  # fmt: skip

HAWKS = Story("h", "h", "https://a.example/2", "Japan and Italy sign on falconry", "Falconers of both countries met.", lang="en")  # fmt: skip
FALCONS = RuleEdit("sector", "culture", medium=("falconry", "falconers"))


@pytest.fixture
def rules(tmp_path: Path) -> Rulebook:
    """The shipped rules with a folder for a reader's own."""
    return Rulebook.of(find_paths({"DIPREAD_HOME": str(tmp_path)}))


def labels(rules: Rulebook, story: Story = TALKS) -> set[str]:
    """What a story is tagged with."""
    return {f"{tag.kind}:{tag.code}" for tag in classify(story, rules.knowledge)}


def test_words_taken_out_give_no_tag_and_words_put_in_do(rules: Rulebook) -> None:
    assert "sector:trade" in labels(rules)
    terms = terms_of(rules, "sector", "trade")["en"]
    all_of_it = tuple(each for strength in terms.values() for each in strength)
    assert "sector:trade" not in labels(
        with_edit(rules, RuleEdit("sector", "trade", out=all_of_it))
    )
    assert "sector:culture" not in labels(rules, HAWKS)
    assert "sector:culture" in labels(with_edit(rules, FALCONS), HAWKS)


def test_the_effect_is_what_keeping_the_edit_does(rules: Rulebook, tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        (feed,) = [store.feeds.add(_feed(), listed=True)]
        store.ingest.save(feed, [HAWKS], lambda each: classify(each, rules.knowledge), "r")
        (told,) = effect(store, rules, FALCONS, 10)
    assert told.stories == 1
    assert dict(told.gains) == {"sector:culture": 1}
    assert not told.loses
    assert told.titles[0][1:] == ("+ sector:culture", HAWKS.title)
    place = keep(rules, FALCONS)
    assert place.name == FALCONS.file
    again = Rulebook.of(find_paths({"DIPREAD_HOME": str(tmp_path)}))
    assert "sector:culture" in labels(again, HAWKS)
    keep(again, RuleEdit("sector", "culture", out=("falconry", "falconers")))
    last = Rulebook.of(find_paths({"DIPREAD_HOME": str(tmp_path)}))
    assert "sector:culture" not in labels(last, HAWKS)
    assert place.with_name(f"{FALCONS.file}.bak").exists()


def test_hostile_words_stay_words(rules: Rulebook) -> None:
    edit = RuleEdit("sector", "trade", medium=('x"]\n[[sector]]\nid="y', "日本"))
    own = next(iter(with_edit(rules, edit).own.values()))
    assert own.count("[[sector]]\n") == 1
    with pytest.raises(ConfigError):
        _ = with_edit(rules, RuleEdit("sector", "trade", "xx", medium=("word",))).knowledge


def test_what_falls_short_is_told_with_what_it_takes(rules: Rulebook) -> None:
    word = terms_of(rules, "sector", "trade")["en"]["medium"][0]
    story = Story("u", "g", "", "Ministers meet in Rome", f"They spoke of {word} once. " + "Nothing more was said of it by anyone there. " * 12, lang="en")  # fmt: skip
    assert not any(tag.code == "trade" for tag in classify(story, rules.knowledge))
    found = considered(story, rules.knowledge)
    (trade,) = [each for each in found if each.code == "trade"]
    assert trade.score > 0
    assert trade.needs > 0
    given = {tag.code for tag in classify(TALKS, rules.knowledge)}
    assert not given & {each.code for each in considered(TALKS, rules.knowledge)}


def _feed() -> Feed:
    return Feed("https://a.example/rss", "A", "A", "FR", "wire", "en", "Wires")
