"""`dipread fetch`, from the outside."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from ..recordings import DUPLICATES
from .conftest import Run, feeds_toml, rss


def test_every_recorded_feed_is_stored_whole_and_a_second_run_finds_nothing_new(
    dipread: Run, serve: Callable[[Path], str], tmp_path: Path, shared: Path
) -> None:
    recordings = shared / "data" / "feeds"
    with (recordings / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        expected = {row["file"]: int(row["items"]) for row in csv.DictReader(file, delimiter="\t")}
    base = serve(recordings)
    feeds = feeds_toml(tmp_path / "feeds.toml", {name: base + name for name in expected})
    database = tmp_path / "archive.db"

    first = dipread("--db", database, "--feeds", feeds, "fetch")
    assert first.returncode == 0, first.stdout + first.stderr
    with sqlite3.connect(database) as archive:
        stored = dict(
            archive.execute(
                "SELECT title, (SELECT count(*) FROM feed_stories WHERE feed = feeds.id) FROM feeds"
            )
        )
    assert stored == {name: count - DUPLICATES.get(name, 0) for name, count in expected.items()}

    second = dipread("--db", database, "--feeds", feeds, "fetch")
    assert second.returncode == 0
    assert (
        second.stdout.splitlines()[-1]
        == f"{len(expected)} feeds · 0 new · 0 updated · {len(expected)} unchanged"
    )


def test_a_failing_feed_is_one_line_with_its_cause_and_stops_no_other(
    dipread: Run, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "good.xml").write_text(
        rss(("1", "Japan and Italy sign a pact", "Tokyo and Rome agreed.")), encoding="utf-8"
    )
    (site / "page.html").write_text(
        "<!doctype html><html><body>Welcome</body></html>", encoding="utf-8"
    )
    base = serve(site)
    feeds = feeds_toml(
        tmp_path / "feeds.toml",
        {
            "Gone": base + "nothing.xml",
            "Page": base + "page.html",
            "Down": "http://127.0.0.1:9/feed",
            "Good": base + "good.xml",
        },
    )
    done = dipread("--feeds", feeds, "fetch")
    assert done.returncode == 3
    lines = set(done.stdout.splitlines())
    assert {
        "! Gone — HTTP 404 Not Found",
        "! Page — not a feed but a web page",
        "! Down — leads into a private network (127.0.0.1)",
        "+ Good — 1 new",
        "4 feeds · 1 new · 0 updated · 0 unchanged · 3 failed",
    } <= lines
    assert "Traceback" not in done.stderr
    assert "HTTP 404 Not Found" in dipread("--feeds", feeds, "feeds").stdout


def test_one_address_prints_its_stories_and_last_the_outcome(
    dipread: Run, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.xml").write_text(
        rss(("1", "One", "First."), ("2", "Two", "Second.")), encoding="utf-8"
    )
    url = serve(site) + "a.xml"
    first = [
        json.loads(line)
        for line in dipread("fetch", "--url", url, "--format", "jsonl").stdout.splitlines()
    ]
    assert {record.get("title") for record in first[:-1]} == {"One", "Two"}
    assert (first[-1]["status"], first[-1]["entries"], first[-1]["new"]) == ("ok", 2, 2)
    again = [
        json.loads(line)
        for line in dipread("fetch", "--url", url, "--format", "jsonl").stdout.splitlines()
    ]
    assert [(record["status"], record["entries"]) for record in again] == [("unchanged", 2)]


def test_a_changed_story_is_updated_and_keeps_its_note_and_star(
    dipread: Run, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    feed = site / "a.xml"
    feed.write_text(rss(("1", "Talks open", "In Vienna.")), encoding="utf-8")
    url = serve(site) + "a.xml"
    dipread("fetch", "--url", url)
    database = tmp_path / "home" / "data" / "dipread.db"
    with sqlite3.connect(database) as archive:
        archive.execute("INSERT INTO states (story, read, starred) VALUES (1, 1, 1)")
        archive.execute(
            "INSERT INTO annotations (uuid, story, revision, note, created, edited)"
            " VALUES ('u', 1, 1, 'mine', 0, 0)"
        )
    feed.write_text(rss(("1", "Talks fail", "In Vienna, on Friday.")), encoding="utf-8")
    os.utime(feed, (4_000_000_000, 4_000_000_000))  # a later Last-Modified
    assert "1 updated" in dipread("fetch", "--url", url).stdout
    (row,) = [json.loads(line) for line in dipread("list", "--format", "jsonl").stdout.splitlines()]
    assert (row["title"], row["read"], row["starred"], row["notes"], row["revisions"]) == (
        "Talks fail",
        True,
        True,
        1,
        2,
    )


def test_fetching_offline_or_an_unknown_feed_says_what_to_do(dipread: Run) -> None:
    assert dipread("fetch", "--offline").returncode == 2
    unknown = dipread("fetch", "No Such Feed")
    assert unknown.returncode == 1
    assert "no listed feed is called 'No Such Feed'" in unknown.stderr
    assert "dipread feeds list" in unknown.stderr
