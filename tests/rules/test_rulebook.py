"""The rules in force, and the compiled copy of them in the cache."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dipread.classify import COMPILED, classify
from dipread.config import find_paths
from dipread.data import read
from dipread.errors import ConfigError, DipreadError, QueryError, UsageError
from dipread.model import Has, Story
from dipread.query import parse_query
from dipread.rules.rulebook import KEPT, Rulebook

OWN = {"mine.toml": '[[sector]]\nid = "trade"\n[sector.terms.en]\nstrong = ["lobster quota"]\n'}
STORY = Story("u", "", "", "Japan and Italy argue", "They argued over the lobster quota.", lang="en")  # fmt: skip


def copies(cache: Path) -> list[Path]:
    return sorted(cache.glob("rules-*.json"))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the cache holds of these rules, whole."""
    cache = tmp_path_factory.mktemp("cache")
    _ = Rulebook(OWN, cache).knowledge
    (copy,) = copies(cache)
    return copy.read_text(encoding="utf-8")


@pytest.fixture
def compiling(monkeypatch: pytest.MonkeyPatch, compiled: str) -> list[int]:
    """How many files were compiled each time, without the wait."""
    times: list[int] = []

    def compile_text(files: dict[str, str]) -> str:
        times.append(len(files))
        return compiled.partition("\n")[2]

    monkeypatch.setattr("dipread.classify.compile_text", compile_text)
    return times


def test_rules_of_ones_own_are_compiled_once_and_say_the_same_from_the_cache(
    tmp_path: Path, compiling: list[int]
) -> None:
    fresh = Rulebook(OWN).knowledge
    first, again = Rulebook(OWN, tmp_path).knowledge, Rulebook(OWN, tmp_path).knowledge
    assert len(compiling) == 1
    assert fresh.hash == first.hash == again.hash
    assert classify(STORY, fresh) == classify(STORY, first) == classify(STORY, again)
    assert "trade" in {tag.code for tag in classify(STORY, again)}


@pytest.mark.parametrize("damage", ["", "garbage", "cut", "edited", b"\xff\xfe"])
def test_a_damaged_copy_is_made_again(
    tmp_path: Path, compiling: list[int], compiled: str, damage: str | bytes
) -> None:
    _ = Rulebook(OWN, tmp_path).knowledge
    (copy,) = copies(tmp_path)
    if isinstance(damage, bytes):
        copy.write_bytes(damage)
    else:
        said = {
            "cut": compiled[: len(compiled) // 2],
            "edited": compiled.replace("obster", "ysters"),
        }
        copy.write_text(said.get(damage, damage), encoding="utf-8")
    knowledge = Rulebook(OWN, tmp_path).knowledge
    assert len(compiling) == 2
    assert "trade" in {tag.code for tag in classify(STORY, knowledge)}
    assert copy.read_text(encoding="utf-8") == compiled


def test_a_copy_that_was_compiled_in_another_way_is_made_again(
    tmp_path: Path, compiling: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = Rulebook(OWN, tmp_path).knowledge
    monkeypatch.setattr("dipread.rules.rulebook.data.read", lambda name: read(name) + " " * (name == COMPILED))  # fmt: skip
    _ = Rulebook(OWN, tmp_path).knowledge
    assert len(compiling) == 2


@pytest.mark.usefixtures("compiling")
def test_an_edit_has_a_copy_of_its_own_and_old_copies_go(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        own = {"mine.toml": OWN["mine.toml"].replace("lobster", f"lobster{number}")}
        knowledge = Rulebook(own, tmp_path).knowledge
        assert "trade" not in {tag.code for tag in classify(STORY, knowledge)}
    assert len(copies(tmp_path)) == KEPT


def test_a_cache_that_can_t_be_written_to_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    knowledge = Rulebook(OWN, tmp_path / "file" / "cache").knowledge
    assert classify(STORY, knowledge) == classify(STORY, Rulebook(OWN).knowledge)


def test_the_rules_of_a_reader_are_those_of_rules_d(tmp_path: Path) -> None:
    paths = find_paths({"DIPREAD_HOME": str(tmp_path)})
    assert Rulebook.of(paths).own == {}
    file = paths.config / "rules.d" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text(OWN["mine.toml"], encoding="utf-8")
    book = Rulebook.of(paths)
    assert book.own == {str(file): OWN["mine.toml"]}
    assert book.edition == Rulebook({}).edition
    assert book.knowledge.hash != Rulebook({}).knowledge.hash
    tried = book.with_file(str(file), "[[sector\n")
    with pytest.raises(ConfigError, match=r"mine\.toml:1:9: not valid TOML"):
        _ = tried.knowledge


def test_what_a_reader_s_rules_name_can_be_asked_for() -> None:
    own = {
        "mine.toml": '[[forum]]\nid = "poets"\nname = "League of Poets"\nmembers = ""\naliases = ["=LoP"]\n'
        '[[sector]]\nid = "lobsters"\nlabel = "Lobster fishing"\n[[sector]]\nid = "trade"\n'
        '[[event]]\nid = "moulting"\n[[event]]\nid = "molt"\ndisabled = true\n'
    }
    vocabulary = Rulebook(own).vocabulary
    for text, field, code in (
        ("forum:poets", "forum", "poets"),
        ('forum:"league of poets"', "forum", "poets"),
        ("forum:LoP", "forum", "poets"),
        ("sector:lobsters", "sector", "lobsters"),
        ("event:moulting", "event", "moulting"),
        ("sector:trade", "sector", "trade"),
    ):
        assert parse_query(text, vocabulary) == Has(field, (code,))
    assert vocabulary.label("sector", "lobsters") == "Lobster fishing"
    assert vocabulary.label("sector", "trade") == Rulebook({}).vocabulary.label("sector", "trade")
    with pytest.raises(QueryError):
        parse_query("event:molt", vocabulary)


def test_a_group_of_a_reader_s_own_can_be_asked_for_by_its_members() -> None:
    own = '[[group]]\nid = "my_desk"\nname = "My desk"\nkind = "states"\nmembers = "JP IT"\n'
    vocabulary = Rulebook({"own.toml": own}).vocabulary
    assert vocabulary.labels["members"]["my_desk"] == "JP IT"
    assert vocabulary.codes["forum"]["my desk"] == "my_desk"
    assert vocabulary.labels["members"]["g7"].split()


@pytest.mark.parametrize(("day", "old"), [("2026-11-22", False), ("2027-12-24", True)])
def test_office_holders_that_nobody_looked_over_for_a_year_are_said_to_be_old(
    day: str, old: bool
) -> None:
    said = Rulebook({}).outdated(date.fromisoformat(day))
    assert bool(said) is old
    assert not old or Rulebook({}).knowledge.as_of in said


def test_a_reader_who_looked_the_office_holders_over_says_so_once(tmp_path: Path) -> None:
    own = {"a.toml": 'as_of = "2027-12-01"\n', "b.toml": 'as_of = "2020-01-01"\n'}
    assert Rulebook(own).knowledge.as_of == "2027-12-01"
    assert Rulebook(own).outdated(date(2027, 12, 24)) == ""


def test_a_file_is_applied_whole_and_the_one_before_it_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "rules.d"
    file = tmp_path / "mine.toml"
    paths = find_paths({"DIPREAD_HOME": str(tmp_path)})
    for text in ("# one\n", "# two\n", "# two\n"):
        file.write_text(text, encoding="utf-8")
        assert Rulebook.of(paths).apply(file) == folder / "mine.toml"
    assert {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir()} == {
        "mine.toml": "# two\n",
        "mine.toml.bak": "# one\n",
    }
    assert Rulebook.of(paths).own == {str(folder / "mine.toml"): "# two\n"}


def test_a_file_that_can_t_be_written_is_named_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "mine.toml"
    file.write_text("# one\n", encoding="utf-8")
    book = Rulebook.of(find_paths({"DIPREAD_HOME": str(tmp_path)}))
    place = book.apply(file)
    file.write_text("# two\n", encoding="utf-8")
    monkeypatch.setattr("dipread.config.written.os.fsync", full)
    with pytest.raises(DipreadError, match=r"mine\.toml: can't be written: No space"):
        book.apply(file)
    assert [each.name for each in place.parent.iterdir()] == ["mine.toml"]
    assert place.read_text(encoding="utf-8") == "# one\n"


def test_a_file_of_another_name_is_no_file_of_rules(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is called NAME"):
        Rulebook({}, folder=tmp_path).trying(tmp_path / "mine.txt")
