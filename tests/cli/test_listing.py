"""Listings in every format, counts, saved views, and alerts, from the outside."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from .conftest import Run, feeds_toml, rss

HOSTILE = '=cmd|"x" [a](javascript:b) <b>&amp;</b> | pipe'


@pytest.fixture
def desk(dipread: Run, tmp_path: Path, serve: Callable[[Path], str]) -> Run:
    """Commands on three stories fetched from one feed; `deliver` is called for more."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "a.xml").write_text(
        rss(
            ("1", "Japan and Italy sign a trade agreement in Rome", "Tariffs on rice will fall."),
            ("2", "Japan fishes", "The fisheries ministry of Japan sets quotas for tuna."),
            ("3", HOSTILE.replace("<b>", "&lt;b&gt;").replace("</b>", ""), "Nothing else."),
        )
    )
    feeds = feeds_toml(tmp_path / "feeds.toml", {"Desk": serve(folder) + "a.xml"})

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        return dipread("--feeds", feeds, *arguments, **options)

    done = run("fetch")
    assert done.returncode == 0, done.stderr
    return run


def test_a_list_says_the_same_in_every_format(desk: Run) -> None:
    told = {form: desk("list", "country:JP", "--format", form).stdout for form in ("json", "jsonl", "csv", "md")}  # fmt: skip
    records = json.loads(told["json"])
    assert [each["title"][:5] for each in records] == ["Japan", "Japan"]
    assert [json.loads(line) for line in told["jsonl"].splitlines()] == records
    rows = list(csv.DictReader(told["csv"].splitlines()))
    assert [row["title"] for row in rows] == [each["title"] for each in records]
    assert rows[0]["countries"].split() == records[0]["countries"]
    page = MarkdownIt("commonmark").enable("table").render(told["md"])
    assert page.count("<tr>") == 3
    assert page.count("<th>") == len(records[0])


def test_a_hostile_headline_is_text_in_every_format(desk: Run) -> None:
    title = json.loads(desk("list", "pipe", "--format", "json").stdout)[0]["title"]
    assert title.startswith("=cmd")
    (row,) = csv.DictReader(desk("list", "pipe", "--format", "csv").stdout.splitlines())
    assert row["title"] == f"'{title}"
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(desk("list", "pipe", "--format", "md").stdout)  # fmt: skip
    assert page.count("<tr>") == 2
    assert "<a" not in page
    assert "<b>" not in page


def test_a_list_goes_to_a_file(desk: Run, tmp_path: Path) -> None:
    done = desk("list", "--format", "csv", "-o", tmp_path / "out.csv")
    assert done.stdout == ""
    assert len(list(csv.reader((tmp_path / "out.csv").read_text().splitlines()))) == 4
    refused = desk("list", "-o", tmp_path / "no" / "out.csv")
    assert refused.returncode == 1
    assert "can't be written" in refused.stderr


def test_an_empty_list_is_empty_in_every_format(desk: Run) -> None:
    told = {form: desk("list", "country:FJ", "--format", form).stdout for form in ("table", "json", "jsonl", "csv", "md")}  # fmt: skip
    assert told == {"table": "", "json": "[]\n", "jsonl": "", "csv": "", "md": ""}


def test_order_and_limit_may_be_part_of_the_query(desk: Run) -> None:
    newest = [json.loads(line)["id"] for line in desk("list", "--format", "jsonl").stdout.splitlines()]  # fmt: skip
    oldest = desk("list", "sort:oldest limit:2", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in oldest] == newest[::-1][:2]


def test_stories_are_counted_by_what_is_named(desk: Run) -> None:
    counted = json.loads(desk("stats", "country:JP", "--by", "country,day", "--format", "json").stdout)  # fmt: skip
    assert [(each["by"], each["code"], each["stories"]) for each in counted] == [
        ("country", "JP", 2),
        ("country", "IT", 1),
        ("day", "2026-11-20", 2),
    ]
    table = desk("stats", "--by", "country,sector").stdout
    assert "COUNTRY\nJapan" in table
    assert "█" in table
    wrong = desk("stats", "--by", "contry")
    assert wrong.returncode == 2
    assert "--by country" in wrong.stderr


def test_a_view_is_saved_asked_counted_carried_and_forgotten(desk: Run, tmp_path: Path) -> None:
    assert desk("views", "save", "Tokyo", "country:JP", "--alert").returncode == 0
    assert desk("views", "save", "fish", "view:tokyo", "tuna").returncode == 0
    assert len(desk("list", "view:FISH").stdout.splitlines()) == 1
    views = json.loads(desk("views", "list", "--format", "json").stdout)
    assert [(v["name"], v["unread"], v["stories"], v["alert"]) for v in views] == [
        ("Tokyo", 2, 2, True),
        ("fish", 1, 1, False),
    ]
    assert desk("views", "order", "fish").returncode == 0
    assert desk("views", "export", tmp_path / "views.toml").returncode == 0
    kept = tomllib.loads((tmp_path / "views.toml").read_text())["view"]
    assert [each["name"] for each in kept] == ["fish", "Tokyo"]
    assert desk("views", "remove", "FISH").returncode == 0
    assert desk("views", "import", tmp_path / "views.toml").returncode == 0
    assert len(json.loads(desk("views", "list", "--format", "json").stdout)) == 2


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (("save", "a", "view:a"), 2, "ask for one another"),
        (("save", "a", "view:nobody"), 2, "no view is called 'nobody'"),
        (("save", "a", "sector:x"), 2, "no sector"),
        (("save", 'a"b', "rice"), 2, "name of a view"),
        (("remove", "nobody"), 1, "no view is called"),
        (("order", "nobody"), 1, "no view is called"),
        (("import", "nowhere.toml"), 2, "can't be read"),
        (("import", "broken.toml"), 2, "broken.toml"),
        (("import", "loop.toml"), 2, "ask for one another"),
        (("import", "bare.toml"), 2, "view 1: needs a name and a query"),
    ],
)
def test_a_view_that_can_not_be_is_refused_and_nothing_kept(
    desk: Run, tmp_path: Path, command: tuple[str, ...], code: int, says: str
) -> None:
    (tmp_path / "broken.toml").write_text("[[view\n")
    (tmp_path / "bare.toml").write_text('[[view]]\nname = "x"\n')
    (tmp_path / "loop.toml").write_text(
        '[[view]]\nname="a"\nquery="view:b"\n[[view]]\nname="b"\nquery="view:a"\n'
    )
    done = desk("views", *command)
    assert (done.returncode, says in done.stderr) == (code, True), done.stderr
    assert desk("views", "list").stdout == ""


def deliver(folder: Path, *stories: tuple[str, str, str]) -> None:
    """Serve these stories from now on; an hour later than before, as servers tell time in seconds."""
    served = folder / "served" / "a.xml"
    before = served.stat().st_mtime
    served.write_text(rss(*stories))
    os.utime(served, (before + 3_600, before + 3_600))


def test_watch_tells_what_is_new_to_an_alert_and_only_that(desk: Run, tmp_path: Path) -> None:
    none = desk("watch", "--once")
    assert none.returncode == 1
    assert "no view is an alert" in none.stderr
    desk("views", "save", "Rome", "country:IT", "--alert")
    desk("views", "save", "sea", "tuna")
    deliver(
        tmp_path,
        ("1", "Japan and Italy sign a trade agreement in Rome", "Tariffs on rice will fall."),
        ("4", "Italy and Kenya open talks in Nairobi", "Ministers met."),
        ("5", "Kenya lands tuna", "It was heavy."),
    )
    done = desk("watch", "--once")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "Rome: Italy and Kenya open talks in Nairobi\n  https://desk.example/4\n"
    )
    assert desk("watch", "--once").stdout == ""
    deliver(tmp_path, ("8", "Kenya lands more tuna", "Heavy."))
    done = desk("watch", "--once", "SEA", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    (told,) = done.stdout.splitlines()
    assert (json.loads(told)["view"], json.loads(told)["link"]) == ("sea", "https://desk.example/8")
