"""Faults in knowledge files are named by file and rule."""

from __future__ import annotations

import pytest

from dipread.classify import KNOWLEDGE_FILES, compile_knowledge
from dipread.errors import ConfigError


@pytest.mark.parametrize(
    ("name", "old", "new", "begins"),
    [
        ("sectors.toml", '"bilateral relationship"', "7", "sectors.toml: rule politics: "),
        ("sectors.toml", '"bilateral relationship"', '"bi*lateral"', "sectors.toml: rule politics: "),
        ("sectors.toml", '"bilateral relationship"', '"--"', "sectors.toml: rule politics: "),
        ("sectors.toml", "threshold = 3.0", 'threshold = "high"', "sectors.toml: rule defaults: "),
        ("sectors.toml", 'id = "trade"', 'id = "politics"', "sectors.toml: rule politics: "),
        ("events.toml", 'id = "visit"', 'name = "visit"', "events.toml: rule event number 1: "),
        ("people.toml", 'of = "JP"', "of = 1", "people.toml: rule Sanae Takaichi: "),
        ("masks.toml", 'id = "treaty"', 'id = "treaty', "masks.toml:5:13: "),
        ("countries.toml", 'same_as = "Congo"', 'same_as = "Kongo"', "countries.toml: rule Congolese: "),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_named_with_its_file(
    files: dict[str, str], name: str, old: str, new: str, begins: str
) -> None:
    assert old in files[name]
    with pytest.raises(ConfigError) as fault:
        compile_knowledge({**files, name: files[name].replace(old, new, 1)})
    assert fault.value.message.startswith(begins)
    assert fault.value.hint


def test_a_missing_file_is_named(files: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"^masks\.toml: "):
        compile_knowledge({name: files[name] for name in KNOWLEDGE_FILES if name != "masks.toml"})


def test_the_hash_changes_with_any_file(files: dict[str, str]) -> None:
    one = compile_knowledge(files).hash
    assert one == compile_knowledge(dict(reversed(files.items()))).hash
    assert one != compile_knowledge({**files, "masks.toml": files["masks.toml"] + "\n"}).hash
