"""The names that queries may use."""

from __future__ import annotations

import tomllib

import pytest

from dipread.classify import fold_alias
from dipread.data import read
from dipread.model import Vocabulary
from dipread.query.names import read_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(read("gazetteer.json"))


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        *(("JP", "JP"), ("jpn", "JP"), ("Japan", "JP"), ("Japanese", "JP"), ("日本", "JP"), ("Япония", "JP")),
        *(("Giappone", "JP"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("UK", "GB"), ("Britain", "GB")),
        *(("Türkiye", "TR"), ("Turkey", "TR"), ("XK", "XK"), ("Kosovo", "XK"), ("США", "US"), ("الصين", "CN")),
        *(("deutsche", "DE"), ("US", "US"), ("In", "IN"), ("DR Congo", "CD"), ("de", "DE")),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_codes_names_and_demonyms(
    vocabulary: Vocabulary, alias: str, code: str
) -> None:
    assert vocabulary.codes["country"][fold_alias(alias)] == code


def test_alias_keys_are_folded(vocabulary: Vocabulary) -> None:
    for aliases in vocabulary.codes.values():
        assert all(fold_alias(alias) == alias for alias in aliases)


def test_every_code_finds_itself_and_has_a_label(vocabulary: Vocabulary) -> None:
    for kind, aliases in vocabulary.codes.items():
        assert set(aliases.values()) <= set(vocabulary.labels[kind])
        for code in vocabulary.labels[kind]:
            assert aliases[fold_alias(code)] == code


@pytest.mark.parametrize(("kind", "file"), [("sector", "sectors.toml"), ("event", "events.toml")])
def test_the_gazetteer_agrees_with_the_rules(vocabulary: Vocabulary, kind: str, file: str) -> None:
    rules = tomllib.loads(read(file))[kind]
    wanted = {rule["id"]: rule["label"] for rule in rules}
    labels = {
        code: label["en"] if isinstance(label, dict) else label for code, label in wanted.items()
    }
    assert vocabulary.labels[kind] == labels


def test_the_gazetteer_knows_every_forum_and_its_members(vocabulary: Vocabulary) -> None:
    table = tomllib.loads(read("forums.toml"))
    both = [*table["forum"], *table["group"]]
    assert vocabulary.labels["forum"] == {each["id"]: each["name"] for each in both}
    members = {each["id"]: each["members"] for each in both if each["members"]}
    assert vocabulary.labels["members"] == members
    assert all(set(each.split()) <= set(vocabulary.labels["country"]) for each in members.values())


def test_a_forum_is_known_by_its_aliases(vocabulary: Vocabulary) -> None:
    assert vocabulary.codes["forum"][fold_alias("Group of Seven")] == "g7"
    assert vocabulary.codes["sector"][fold_alias("Trade and tariffs")] == "trade"
    assert vocabulary.label("pair", "IT-JP") == "Italy–Japan"
