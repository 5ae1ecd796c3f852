"""What is handed over from the command line: exports, the brief, chronology, commitments, lists of feeds."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

from dipread import data
from dipread.cli.pandoc import STYLED

from .conftest import Run

QUERY = "pair:JP-IT sector:minerals"


@pytest.fixture
def desk(tmp_path: Path, sample: bytes, dipread: Run) -> Path:
    """A sample desk of this test's own, with one note."""
    database = tmp_path / "desk.db"
    database.write_bytes(sample)
    listed = dipread("list", QUERY, "--format", "jsonl", "--db", database)
    rows = map(json.loads, listed.stdout.splitlines())
    story = next(row["id"] for row in rows if row["feed"] == "Meridian Wire")
    done = dipread(
        *("note", "add", story, "Which mines?", "--quote", "critical minerals", "--db", database),
        *("--type", "question", "--due", "2026-11-20"),
    )
    assert done.returncode == 0, done.stderr
    return database


def test_a_dry_run_prints_the_difference_and_a_receipt_ends_the_export(
    dipread: Run, desk: Path, tmp_path: Path
) -> None:
    arguments = ("export", "is:annotated", "--group", "pair", "-o", tmp_path / "out", "--db", desk)
    dry = dipread(*arguments, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.startswith("--- /dev/null\n+++ ")
    assert "+- **Note:** Which mines?" in dry.stdout
    assert "nothing was written" in dry.stderr
    assert not (tmp_path / "out").exists()
    done = dipread(*arguments)
    paths = [Path(each) for each in done.stdout.split()]
    assert all(path.is_file() for path in paths)
    assert "Made by dipread" in done.stderr
    assert "query is:annotated" in done.stderr
    assert "feeds that failed in it: none" in done.stderr
    again = dipread(*arguments, "--dry-run")
    assert again.stdout == ""
    assert "unchanged" in again.stderr


def test_an_export_clears_what_a_killed_one_left_long_ago(
    dipread: Run, desk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    old, new = folder / ".dipread-0ldhalf_", folder / ".dipread-newhalf_"
    old.write_text("half")
    os.utime(old, (0, 0))
    new.write_text("half")
    arguments = ("export", "is:annotated", "-o", folder, "--db", desk)
    assert dipread(*arguments, "--dry-run").returncode == 0
    assert old.exists()
    assert dipread(*arguments).returncode == 0
    assert (old.exists(), new.exists()) == (False, True)


def test_annotations_leave_for_other_programs(dipread: Run, desk: Path) -> None:
    def written(format: str) -> str:
        done = dipread("export", "is:annotated", "--format", format, "--db", desk)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert json.loads(written("jsonl"))["note"] == "Which mines?"
    (item,) = json.loads(written("w3c"))["items"]
    assert item["target"]["selector"][0]["exact"] == "critical minerals"
    assert json.loads(written("csl"))[0]["note"] == "Which mines?"
    (row,) = csv.DictReader(io.StringIO(written("csv")))
    assert row["quote"] == "critical minerals"


def test_a_flavour_of_one_s_own_and_what_is_wrong_with_it(
    dipread: Run, desk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "config" / "templates"
    folder.mkdir(parents=True)
    parts = {"header": "# $title", "section": "", "story": "", "note": "* $note", "footer": ""}
    own = folder / "mine.toml"
    own.write_text("\n".join(f'{part} = "{text}"' for part, text in parts.items()))
    arguments = (
        "export",
        "is:annotated",
        "--flavour",
        "mine",
        "-o",
        tmp_path / "out",
        "--db",
        desk,
    )
    path = Path(dipread(*arguments).stdout.strip())
    assert "* Which mines?\n" in path.read_text(encoding="utf-8")
    own.write_text(own.read_text().replace("$note", "$nota"))
    wrong = dipread(*arguments)
    assert wrong.returncode == 2
    assert f"{own}:4: 'note' knows no $nota" in wrong.stderr
    none = dipread(*arguments[:3], "yours", *arguments[4:])
    assert none.returncode == 2
    assert "no flavour is called 'yours'" in none.stderr
    assert dipread(*arguments[:3], "../mine", *arguments[4:]).returncode == 2
    assert dipread("export", "--include", "poems", "--db", desk).returncode == 2


needs_pandoc = pytest.mark.skipif(
    shutil.which("pandoc") is None, reason="pandoc is not installed here"
)


@needs_pandoc
def test_a_page_is_made_by_pandoc(dipread: Run, desk: Path, tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    done = dipread("export", "is:annotated", "--format", "html", "-o", page, "--db", desk)
    assert done.returncode == 0, done.stderr
    written = page.read_text(encoding="utf-8")
    assert "Which mines?" in written
    for line in data.read("paper.css").splitlines():
        assert line in written
    assert written.count("<h1") == 1
    assert "<script" not in written
    assert dipread("export", "--format", "html", "--db", desk).returncode == 2


@needs_pandoc
@pytest.mark.skipif(
    not any(map(shutil.which, STYLED)), reason=f"none of {', '.join(STYLED)} is installed here"
)
def test_sheets_of_paper_are_made_by_pandoc(dipread: Run, desk: Path, tmp_path: Path) -> None:
    paper = tmp_path / "out.pdf"
    done = dipread("export", "is:annotated", "--format", "pdf", "-o", paper, "--db", desk)
    assert done.returncode == 0, done.stderr
    assert paper.read_bytes().startswith(b"%PDF-")


@needs_pandoc
def test_without_a_program_for_pdf_it_is_said_what_to_install(
    dipread: Run, desk: Path, tmp_path: Path
) -> None:
    only = tmp_path / "bin"
    only.mkdir()
    (only / "pandoc").symlink_to(str(shutil.which("pandoc")))
    done = dipread(
        *("export", "is:annotated", "--format", "pdf", "-o", "out.pdf", "--db", desk),
        env={"PATH": str(only)},
    )
    assert done.returncode == 1
    assert "looked for weasyprint" in done.stderr
    assert "apt install weasyprint" in done.stderr
    assert not (tmp_path / "out.pdf").exists()


def test_without_pandoc_it_is_said(dipread: Run, desk: Path, tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path)}
    done = dipread(
        *("export", "is:annotated", "--format", "pdf", "-o", "out.pdf", "--db", desk), env=nowhere
    )
    assert done.returncode == 1
    assert "pandoc, which is not installed" in done.stderr


def test_the_brief_is_the_same_for_the_same_moment(
    dipread: Run, desk: Path, tmp_path: Path
) -> None:
    arguments = ("brief", "--since", "3d", "--at", "2026-11-18T06:30", "-q", QUERY, "--db", desk)
    done = dipread(*arguments)
    assert done.returncode == 0, done.stderr
    for expected in (
        "schema: dipread-brief/1",
        "# Press review, Wednesday 18 November 2026",
        "**Bottom line.** …",
        "## 1. Top stories",
        "## 6. For checking",
        "> “critical minerals” — Meridian Wire, 17 Nov 2026 [\\[",
        "New against the archive:** first “",
        "Others also report:** ",
        "- 20 Nov 2026, question: Which mines? [\\[",
        "| IT-JP |",
        "\n1. ",
    ):
        assert expected in done.stdout, done.stdout
    assert dipread(*arguments).stdout == done.stdout
    dipread(*arguments, "-o", tmp_path / "brief.md")
    assert (tmp_path / "brief.md").read_text(encoding="utf-8") == done.stdout
    assert dipread("brief", "--since", "soon", "--db", desk).returncode == 2
    assert dipread("brief", "--at", "soon", "--db", desk).returncode == 2
    empty = dipread("brief", "--db", desk)
    assert empty.returncode == 0
    assert "in_brief: 0" in empty.stdout
    assert "nothing is in the brief" in empty.stderr
    assert dipread("brief", "--quiet", "--db", desk).stderr == ""


def test_a_chronology_is_in_order_and_tells_gaps(dipread: Run, desk: Path) -> None:
    done = dipread("chronology", "JP-IT", "--from", "2026", "--format", "jsonl", "--db", desk)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    dates = [row["date"] for row in rows if row["date"]]
    assert dates == sorted(dates)
    assert all(row["events"] for row in rows)
    lines = dipread("chronology", "JP-IT", "--db", desk).stdout
    assert "2026-11-17  IT JP    anniversary, agreement, visit, meeting · " in lines
    assert "joint statement" in lines
    assert "\n            Italy, Japan agree minerals plan" in lines
    table = dipread("chronology", "JP-IT", "--format", "md", "--db", desk).stdout
    assert table.startswith("| Date | Event | Who | Sectors | Source |")
    assert dipread("chronology", "XX-YY", "--db", desk).returncode == 2


def test_a_commitment_is_given_a_status_and_a_source(dipread: Run, desk: Path) -> None:
    def listed() -> list[dict[str, str]]:
        done = dipread("commitments", "--format", "jsonl", "--db", desk)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    first = listed()[0]
    assert (first["status"], first["source"]) == ("announced", None)
    assert len(first["parties"]) >= 1
    arguments = ("commitments", "--set", first["id"], "kept", "--source", "gazette", "--db", desk)
    assert dipread(*arguments).returncode == 0
    assert (listed()[0]["status"], listed()[0]["source"]) == ("kept", "gazette")
    assert dipread("undo", "--db", desk).stdout == "undone: commitment kept\n"
    assert listed()[0] == first
    assert dipread("commitments", "--set", first["id"], "forgotten", "--db", desk).returncode == 2
    assert dipread("commitments", "--set", "9.9", "kept", "--db", desk).returncode == 2


def test_a_list_of_feeds_goes_out_and_comes_in(dipread: Run, tmp_path: Path) -> None:
    done = dipread("feeds", "export", "-o", "ours.opml")
    assert done.returncode == 0, done.stderr
    again = dipread("feeds", "import", "ours.opml", "--dry-run")
    assert again.returncode == 0, again.stderr
    assert "0 feeds would be new on your list, 0 refused" in again.stderr
    other = tmp_path / "urls"
    other.write_text('https://new.invalid/feed "~New one" asia\nfile:///etc/passwd\n')
    taken = dipread("feeds", "import", other)
    assert taken.returncode == 3
    assert "line 2: refused: not a web address" in taken.stderr
    listed = dipread("feeds", "list", "--format", "json").stdout
    assert any((each["title"], each["group"]) == ("New one", "asia") for each in json.loads(listed))
