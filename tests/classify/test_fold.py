"""Folding, and the way back from folded positions."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

import dipread.classify.fold as fold_module
from dipread.classify.fold import fold, fold_alias, fold_character

TEXTS = st.text(
    alphabet=st.sampled_from("aéßＡﬁ \n-,.İ\u0301\u200b日가ё") | st.characters(), max_size=40
)


@given(TEXTS)
def test_folded_positions_lead_back_into_the_text_in_order(text: str) -> None:
    folded = fold(text)
    offsets = [folded.original(at) for at in range(len(folded.text) + 1)]
    assert all(0 <= each <= len(text) for each in offsets)
    assert offsets == sorted(offsets)


@given(TEXTS)
def test_a_folded_position_is_found_again_from_its_offset(text: str) -> None:
    folded = fold(text)
    for at, letter in enumerate(folded.text):
        if letter.isalnum() and fold(text[folded.original(at) :][:1]).text == letter:
            assert folded.text[folded.position(folded.original(at))] == letter


ONE_SCRIPT = st.builds(
    lambda page, written: written.decode(page, "ignore"),
    st.sampled_from(fold_module._PAGES),
    st.binary(max_size=60),
)


@given(TEXTS | ONE_SCRIPT)
def test_a_text_of_one_script_is_folded_quickly_to_the_same(text: str) -> None:
    with patch.object(fold_module, "_latin", lambda text: None):
        by_page = fold(text)
        with patch.object(fold_module, "_PAGES", ()):
            slowly = fold(text)
    assert by_page == slowly
    assert fold(text) == slowly


@given(ONE_SCRIPT)
def test_every_character_folds_by_itself_where_no_blanks_stand_in_a_row(text: str) -> None:
    single = re.sub(r"\s+", "-", text)
    assert fold(single).text == "".join(map(fold_character, single))


def test_what_may_be_left_as_it_is_folds_to_itself() -> None:
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x20000))))
    left = fold_module._TURNING.sub("", everything)
    assert len(left) > 30_000
    assert [each for each in left if fold_character(each) != each] == []


@given(st.text(alphabet=st.sampled_from("ᴬAaÉé日，。™ß\u064bأ\u3000 x"), max_size=30))
def test_a_text_of_several_scripts_folds_character_by_character(text: str) -> None:
    single = "日" + re.sub(r"\s+", "-", text)
    assert fold(single).text == "".join(map(fold_character, single))


def test_folding_a_folded_text_changes_nothing() -> None:
    assert fold("creme brulee oeuvre").text == fold("Crème brûlée Œuvre").text


def test_punctuation_keeps_a_phrase_from_crossing_it() -> None:
    assert "trade union" in fold("trade-union").text
    assert "trade union" not in fold("trade, union").text
    assert "trade union" not in fold("trade\n\nunion").text


def test_a_wrapped_line_reads_as_one() -> None:
    assert "supply chain" in fold("supply \n  chain").text


def test_aliases_fold_to_one_form() -> None:
    assert {fold_alias(each) for each in ("Côte d’Ivoire", "cote d'ivoire", " Cote-d Ivoire")} == {
        "cote d ivoire"
    }
