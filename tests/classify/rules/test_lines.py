"""Where something stands in a rules file."""

from __future__ import annotations

import pytest

from dipread.classify.rules.lines import Lines

TEXT = """# "harbour" in a comment
as_of = "2026-11-01"

[[sector]]
id = "trade"   # the first
veto = ["quota"]

[sector.terms.en]
strong = [
  "lobster quota",  # not "harbour"
  'harbour',
  "caf\\u00e9",
]
weak = ["harbour", "lobster quota"]

[[ sector ]]
id = "law"
terms.en.strong = ["court"]
[sector."terms".fr]
strong = ["cour"]
[[person]]
name = "Ada"
"""


@pytest.fixture(scope="module")
def lines() -> Lines:
    return Lines(TEXT)


def test_rules_are_counted_kind_by_kind(lines: Lines) -> None:
    assert lines.of_kind("as_of") == 2
    assert lines.of_kind("sector") == 4
    assert [lines.of_rule("sector", number) for number in (1, 2)] == [4, 16]
    assert lines.of_rule("person", 1) == 21


@pytest.mark.parametrize(
    ("number", "keys", "line"),
    [
        (1, ("id",), 5),
        (1, ("veto",), 6),
        (1, ("terms", "en"), 8),
        (1, ("terms", "en", "strong"), 9),
        (1, ("terms", "en", "weak"), 14),
        (2, ("terms", "en", "strong"), 18),
        (2, ("terms", "fr", "strong"), 20),
        (2, ("nowhere",), 16),
    ],
)
def test_a_key_is_found_wherever_it_is_written(
    lines: Lines, number: int, keys: tuple[str, ...], line: int
) -> None:
    assert lines.of_key("sector", number, *keys) == line


def test_a_term_is_found_in_its_list_and_not_in_a_comment(lines: Lines) -> None:
    assert lines.of_term("sector", 1, "terms", "en", "strong", term="harbour") == 11
    assert lines.of_term("sector", 1, "terms", "en", "weak", term="harbour") == 14
    assert lines.of_term("sector", 1, term="harbour") == 11
    assert lines.of_term("sector", 1, term="harbour", nth=1) == 14
    assert lines.of_term("sector", 1, term="harbour", nth=9) == 14
    assert lines.of_term("sector", 1, term="café") == 12
    assert lines.of_term("sector", 1, term="trade") == 4
    assert lines.of_term("sector", 2, term="court") == 18
