"""`dipread feeds`: found, added, listed, checked, moved, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run, rss

PAGE = "<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='{}'></head></html>"


@pytest.fixture
def site(serve: Callable[[Path], str], tmp_path: Path) -> str:
    """A site with a page that names its feed."""
    folder = tmp_path / "site"
    folder.mkdir()
    text = rss(("1", "Japan and Italy sign a pact", "Tokyo and Rome agreed."))
    (folder / "rss.xml").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(PAGE.format("/rss.xml"), encoding="utf-8")
    return serve(folder)


def test_a_feed_is_found_by_its_site_added_fetched_listed_checked_and_removed(
    dipread: Run, site: str
) -> None:
    (found,) = json.loads(dipread("feeds", "find", site, "--format", "json").stdout)
    assert (found["url"], found["title"], found["stories"]) == (f"{site}rss.xml", "Desk", 1)

    added = dipread("feeds", "add", site, "--title", "Our Desk", "--country", "JP")
    assert added.returncode == 0, added.stderr
    assert added.stdout.startswith(f"added Our Desk — {site}rss.xml (1 story)")
    again = dipread("feeds", "add", site)
    assert again.returncode == 2
    assert f"{site}rss.xml: this feed is listed already, as 'Our Desk'" in again.stderr

    listed = {
        each["title"]: each for each in json.loads(dipread("feeds", "--format", "json").stdout)
    }
    assert (listed["Our Desk"]["state"], listed["Our Desk"]["country"]) == ("new", "JP")
    assert "+ Our Desk — 1 new" in dipread("fetch", "our desk").stdout
    assert dipread("feeds", "check", "our desk").stdout == "  Our Desk — ok: 1 story\n"

    removed = dipread("feeds", "remove", "our desk")
    assert removed.returncode == 0, removed.stderr
    assert "Our Desk" not in dipread("feeds", "list").stdout
    assert "Japan and Italy" in dipread("list").stdout


def test_a_feed_goes_with_the_stories_that_the_reader_made_nothing_of_and_comes_back(
    dipread: Run, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    items = (
        ("1", "Japan and Italy sign a pact", "-"),
        ("2", "Kenya speaks", "-"),
        ("3", "Oman", "-"),
    )
    (folder / "rss.xml").write_text(rss(*items), encoding="utf-8")
    address = f"{serve(folder)}rss.xml"
    dipread("feeds", "add", address, "--title", "Our Desk")
    dipread("fetch", "our desk")
    stories = json.loads(dipread("list", "--format", "json").stdout)
    assert len(stories) == 3
    dipread("note", "add", stories[0]["id"], "Which mines?")
    stories[0]["notes"] = 1
    list_ = tmp_path / "home" / "config" / "feeds.toml"
    before = list_.read_text(encoding="utf-8")

    removed = dipread("feeds", "remove", "our desk", "--with-stories")
    assert removed.returncode == 0, removed.stderr
    assert "2 stories with it, which dipread undo brings back for 30 days" in removed.stdout
    assert "1 that you noted, starred or tagged stay" in removed.stdout
    (kept,) = json.loads(dipread("list", "--format", "json").stdout)
    assert kept["id"] == stories[0]["id"]
    assert dipread("show", stories[1]["id"]).returncode == 1
    assert dipread("note", "add", stories[1]["id"], "too late").returncode == 1
    sound = dipread("doctor")
    assert sound.returncode == 0, sound.stdout
    assert "2 stories of removed feeds" in sound.stdout

    assert dipread("undo").stdout == "undone: Our Desk removed with 2 stories\n"
    assert json.loads(dipread("list", "--format", "json").stdout) == stories
    assert list_.read_text(encoding="utf-8") == before
    assert dipread("redo").returncode == 0
    assert len(json.loads(dipread("list", "--format", "json").stdout)) == 1
    assert dipread("doctor").returncode == 0


def test_what_is_wrong_with_a_feed_is_said_with_what_to_do(dipread: Run, site: str) -> None:
    dipread("feeds", "add", f"{site}rss.xml", "--title", "Our Desk")
    moved = dipread("feeds", "move", "our desk", f"{site}elsewhere.xml")
    assert moved.returncode == 0, moved.stderr
    checked = dipread("feeds", "check", "our desk")
    assert checked.returncode == 3
    assert "! Our Desk — failing: HTTP 404" in checked.stdout
    assert f"dipread feeds add {site}" in checked.stdout
    none = dipread("feeds", "move", "our desk")
    assert none.returncode == 1
    assert "has named no other address" in none.stderr


def test_a_password_is_printed_by_no_command(dipread: Run, site: str, tmp_path: Path) -> None:
    address = f"{site}rss.xml?token=hunter2secret"
    said = ""
    for command in (
        ("feeds", "add", address, "--title", "Our Desk"),
        ("feeds", "list", "--format", "json"),
        ("fetch", "our desk"),
        ("feeds", "check", "our desk"),
        ("fetch", "--url", address, "--format", "jsonl"),
        ("doctor",),
        ("feeds", "add", f"{site}nothing?password=hunter2secret"),
        ("feeds", "remove", "our desk"),
    ):
        done = dipread(*command)
        said += done.stdout + done.stderr
    assert "Our Desk" in said
    assert "hunter2secret" not in said
    kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    holding = {path.name for path in kept if b"hunter2secret" in path.read_bytes()}
    assert holding <= {"secrets.toml"}
