"""A change of the list of feeds is taken back, whatever was written elsewhere in it meanwhile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.config.passages import differing, exchange
from dipread.errors import ConfigError

TEXTS = st.lists(st.sampled_from(["[[feed]]", "", "# note", "a = 1", "b = 2"]), max_size=12).map(
    "\n".join
)


@given(TEXTS, TEXTS)
def test_every_change_is_made_again_and_taken_back_to_the_letter(before: str, after: str) -> None:
    old, new = differing(before, after)
    assert exchange(before, old, new, "f") == after
    assert exchange(after, new, old, "f") == before
    assert exchange(after, old, new, "f") == after


def table(name: str) -> str:
    return f'[[feed]]\nurl = "https://{name}.example"\ntitle = "{name}"\n'


def test_a_table_that_was_taken_out_comes_back_below_the_one_it_stood_below() -> None:
    before = "\n".join(map(table, "abc"))
    after = "\n".join(map(table, "ac"))
    old, new = differing(before, after)
    assert old.lines[0] == "[[feed]]"
    assert not new.lines
    edited = f"# mine\n{after}{table('d')}"
    assert exchange(edited, new, old, "f") == f"# mine\n{before}{table('d')}"


def test_a_table_whose_neighbours_are_gone_comes_back_at_the_end() -> None:
    old, new = differing("\n".join(map(table, "abc")), "\n".join(map(table, "ac")))
    assert exchange(table("z"), new, old, "f").startswith(table("z") + "[[feed]]\nurl")


def test_what_was_changed_by_hand_since_is_left_as_it_is() -> None:
    old, new = differing(table("a"), table("a") + table("b"))
    by_hand = table("a") + table("b").replace('title = "b"', 'title = "mine"')
    with pytest.raises(ConfigError, match=r"feeds\.toml: what was to be changed back"):
        exchange(by_hand, new, old, "feeds.toml")
