"""Phrases that some stories use more than others."""

from __future__ import annotations

from dipread.classify.rules.phrases import contrast, phrases, surprise


def test_what_is_used_more_inside_comes_first_and_a_part_of_it_is_left_out() -> None:
    inside = ["the rules of origin hold", "rules of origin fail", "the origin of rules"]
    outside = ["the weather", "the origin of species", "rules are rules"]
    found = contrast(inside, outside)
    assert (found[0].text, found[0].inside, found[0].outside) == ("rules of origin", 2, 0)
    assert all(each.inside >= 2 for each in found)
    assert "the" not in {each.text for each in found if each.surprise > 0}


def test_a_phrase_that_only_begins_like_another_is_kept() -> None:
    found = {each.text for each in contrast(["iranian iran", "iranian iran"], ["x"], longest=1)}
    assert found == {"iranian", "iran"}


def test_surprise_grows_with_the_difference_and_with_the_number() -> None:
    assert surprise(9, 1, 10, 10) > surprise(6, 1, 10, 10) > 0 > surprise(1, 6, 10, 10)
    assert surprise(90, 10, 100, 100) > surprise(9, 1, 10, 10)


def test_where_words_have_no_blanks_any_run_of_characters_is_a_phrase() -> None:
    assert {"半導", "半導体", "導体"} <= phrases("半導体", 3)
    assert contrast(["半導体の輸出", "半導体協力"], ["天気"])[0].text == "半導体"
