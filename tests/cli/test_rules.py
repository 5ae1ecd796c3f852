"""`dipread rules`, from the outside, on the sample desk."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dipread.cli.outdated import warn_if_outdated
from dipread.config import load_config
from dipread.library import Library

from .conftest import Run

RULE = """[[sector]]
id = "maritime"
[sector.terms.en]
strong = ["list of work"]

[[example]]
text = "The ministers agreed on a list of work."
must = ["sector:maritime"]
"""


@pytest.fixture
def desk(dipread: Run, sample: bytes, tmp_path: Path) -> Run:
    """Commands on a copy of the sample desk."""
    database = tmp_path / "desk.db"
    database.write_bytes(sample)

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        return dipread("--db", database, *arguments, **options)

    return run


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def in_force(tmp_path: Path, text: str, name: str = "mine.toml") -> Path:
    return write(tmp_path / "home" / "config" / "rules.d" / name, text)


def test_rules_are_listed_by_kind_or_id_with_their_state(dipread: Run, tmp_path: Path) -> None:
    in_force(
        tmp_path, RULE.replace("maritime", "zebras") + '[[forum]]\nid = "g7"\ndisabled = true\n'
    )
    table = dipread("rules", "list", "sector").stdout.splitlines()
    assert table[0].split() == ["kind", "id", "terms", "languages", "files", "state", "says"]
    assert "zebras" in table[-1]
    assert "yours" in table[-1]
    (forum,) = json.loads(dipread("rules", "list", "g7", "--format", "json").stdout)
    assert (forum["kind"], forum["state"], len(forum["files"])) == ("forum", "disabled", 2)
    everything = dipread("rules", "list", "--format", "jsonl").stdout.splitlines()
    assert len(everything) > 300
    assert {json.loads(each)["kind"] for each in everything} >= {"sector", "person", "mask", "cue"}
    unknown = dipread("rules", "list", "nothing")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert not (tmp_path / "home" / "data").exists()


def test_lint_tells_faults_from_doubts_by_its_exit_code(dipread: Run, tmp_path: Path) -> None:
    assert dipread("rules", "lint").returncode == 0
    good = write(tmp_path / "good.toml", RULE)
    assert dipread("rules", "lint", good).returncode == 0
    doubtful = write(tmp_path / "doubtful.toml", RULE.replace('"list of work"', '"=.NET"'))
    done = dipread("rules", "lint", doubtful, good)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{doubtful}:4: sector maritime: '=.NET' is never found")
    faulty = write(tmp_path / "faulty.toml", "[[sector]\n")
    done = dipread("rules", "lint", faulty)
    assert done.returncode == 2
    assert done.stdout.startswith(f"{faulty}:1:")
    assert "Traceback" not in done.stderr
    in_force(tmp_path, "[[sektor]]\nid = 1\n")
    (finding,) = [json.loads(e) for e in dipread("rules", "lint", "--format", "jsonl").stdout.splitlines()]  # fmt: skip
    assert (finding["line"], finding["fault"]) == (1, True)


def test_a_rule_is_previewed_applied_and_seen_on_the_story(desk: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", RULE)
    shown = desk("rules", "preview", file)
    assert shown.returncode == 0
    assert shown.stdout.startswith("92 stories looked at, 1 would change\n")
    assert "sector:maritime  +1  -0" in shown.stdout
    assert "‹list of work›" in shown.stdout
    (edit,) = [json.loads(e) for e in desk("rules", "preview", file, "--format", "jsonl").stdout.splitlines()]  # fmt: skip
    assert (edit["label"], edit["does"], edit["contradicts"]) == ("sector:maritime", "gains", None)
    story = edit["story"]
    assert "sector:maritime" not in desk("show", story).stdout
    place = tmp_path / "home" / "config" / "rules.d" / "mine.toml"
    assert not place.exists()

    applied = desk("rules", "apply", file)
    assert applied.returncode == 0
    assert "run dipread retag" in applied.stderr
    assert place.read_text(encoding="utf-8") == RULE
    assert "1 would change" in desk("rules", "preview").stdout
    assert "1 would change" in desk("rules", "preview", place).stdout
    assert desk("retag").stderr.startswith("dipread: 1 story tagged anew; 91 hold no word")
    assert "0 would change" in desk("rules", "preview").stdout
    assert "‹list of work›" in desk("why", story).stdout
    assert "sector.maritime.en.strong" in desk("why", story).stdout


def test_a_preview_names_the_verdict_it_contradicts(desk: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", RULE)
    (line,) = desk("rules", "preview", file, "--format", "jsonl").stdout.splitlines()
    story = json.loads(line)["story"]
    desk("label", story, "-sector:maritime")
    assert "against your own verdicts, which hold all the same: 1" in desk("rules", "preview", file).stdout  # fmt: skip
    desk("rules", "apply", file, "--retag")
    assert "sector:maritime" not in desk("show", story).stdout
    tested = json.loads(desk("rules", "test", "--format", "json").stdout)
    assert tested["verdicts"]["labels"]["sector:maritime"] == {
        "right": 0, "wrong": 1, "missed": 0, "precision": 0.0, "recall": None,
    }  # fmt: skip


def test_a_faulty_file_or_one_whose_examples_fail_is_not_applied(desk: Run, tmp_path: Path) -> None:
    place = tmp_path / "home" / "config" / "rules.d" / "mine.toml"
    faulty = write(tmp_path / "mine.toml", RULE.replace("strong", "stong"))
    done = desk("rules", "apply", faulty)
    assert done.returncode == 2
    assert f"{faulty}:4: " in done.stderr
    wrong = write(tmp_path / "mine.toml", RULE.replace("agreed on a list", "rejected a kind"))
    done = desk("rules", "apply", wrong)
    assert done.returncode == 1
    assert f"{wrong}:6: example lacks sector:maritime" in done.stderr
    assert not place.exists()


def test_test_tells_failing_examples_and_exits_with_1(dipread: Run, tmp_path: Path) -> None:
    good = write(tmp_path / "examples.toml", '[[example]]\ntext = "Japan spoke."\nmust = ["country:JP"]\n')  # fmt: skip
    assert dipread("rules", "test", good).stdout == "examples: 1 hold, 0 do not\n"
    bad = write(tmp_path / "bad.toml", '[[example]]\ntext = "Japan spoke."\nmust_not = ["country:JP"]\n')  # fmt: skip
    done = dipread("rules", "test", bad)
    assert done.returncode == 1
    assert f"{bad}:1: Japan spoke." in done.stdout
    assert "country:JP, which must not come" in done.stdout
    rule = write(tmp_path / "rule.toml", RULE)
    assert dipread("rules", "test", rule).stdout == "examples: 1 hold, 0 do not\n"
    every = dipread("rules", "test")
    assert every.returncode == 0
    assert "hold, 0 do not" in every.stdout


def test_labelled_stories_are_scored_by_label(dipread: Run, tmp_path: Path) -> None:
    stories = [
        {"title": "Japan spoke", "text": "", "labels": {"countries": ["JP"]}},
        {"title": "Italy spoke", "text": "", "countries": ["FR"]},
        {"title": "Italy spoke", "text": "", "labels": {"topics": ["19"]}},
    ]
    file = write(tmp_path / "labelled.jsonl", "".join(f"{json.dumps(each)}\n" for each in stories))
    said = dipread("rules", "test", file).stdout
    assert "labelled stories: 2" in said
    assert "said country:IT where country:FR was right: 1" in said
    assert "left out: 1 lines" in said
    scores = json.loads(dipread("rules", "test", file, "--format", "json").stdout)["labelled"]
    assert scores["labels"]["all"]["precision"] == 0.5
    broken = write(tmp_path / "broken.jsonl", "{}\n[1]\n")
    done = dipread("rules", "test", broken)
    assert (done.returncode, f"{broken}:2: not a labelled story" in done.stderr) == (2, True)


def test_terms_are_suggested_from_the_stories_a_reader_confirmed(desk: Run) -> None:
    nothing = desk("rules", "suggest", "sector:arms_control")
    assert nothing.returncode == 1
    assert "dipread label ID +sector:arms_control" in nothing.stderr
    listed = desk("list", "pair:JP-IT", "--format", "jsonl").stdout.splitlines()
    for line in listed[:3]:
        desk("label", json.loads(line)["id"], "+sector:arms_control")
    said = desk("rules", "suggest", "sector:arms_control", "--top", "5")
    rows = said.stdout.splitlines()
    assert rows[0].split() == ["odds", "for", "wrong", "elsewhere", "phrase"]
    assert len(rows) == 6
    found = json.loads(desk("rules", "suggest", "sector:arms_control", "--format", "jsonl").stdout.splitlines()[0])  # fmt: skip
    assert found["confirmed"] >= 2
    assert desk("rules", "suggest", "sector:nothing").returncode == 2


def test_a_new_label_of_one_s_own_can_be_asked_for(desk: Run, tmp_path: Path) -> None:
    in_force(tmp_path, RULE.replace("maritime", "worklists"))
    desk("retag")
    assert "toast" in desk("list", "sector:worklists").stdout


def test_old_office_holders_are_said_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = load_config({"DIPREAD_HOME": str(tmp_path)})
    warn_if_outdated(Library(config, lambda: datetime(2026, 11, 22, tzinfo=UTC)))
    assert capsys.readouterr().err == ""
    warn_if_outdated(Library(config, lambda: datetime(2028, 1, 1, tzinfo=UTC)))
    said = capsys.readouterr()
    assert said.err.startswith("dipread: the office-holders are as of 202")
    assert said.out == ""


def test_rules_that_were_applied_are_taken_back(dipread: Run, tmp_path: Path) -> None:
    dipread("feeds", "list")  # so that there is an archive, which holds the journal
    mine = tmp_path / "mine.toml"
    mine.write_text('[[sector]]\nid = "culture"\n[sector.terms.en]\nmedium = ["falconry"]\n')
    applied = dipread("rules", "apply", mine)
    assert applied.returncode == 0, applied.stderr
    place = tmp_path / "home" / "config" / "rules.d" / "mine.toml"
    assert place.exists()
    assert dipread("undo").stdout == "undone: rules of mine.toml applied\n"
    assert not place.exists()
    assert dipread("redo").returncode == 0
    assert place.read_text() == mine.read_text()
    place.write_text("# mine\n" + mine.read_text())
    refused = dipread("undo")
    assert refused.returncode == 2
    assert "changed by hand since" in refused.stderr
    assert place.read_text().startswith("# mine\n")
