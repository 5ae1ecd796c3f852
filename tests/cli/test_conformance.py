"""What `dipread parse` makes of feedparser's own examples and of dates as they were found in the wild."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import feedparser
import pytest

from dipread.text.cleaning import clean_line

from .conftest import Run

KEPT = re.compile(
    r"entries\[0\](?:\[['\"]|\.)(?:title|link|id|guid|published_parsed|updated_parsed|author)(?:['\"]\])?(?![\w_])"
)
UNWANTED = "entry_title_crazy.xml"  # wants a part of a script left in a headline
ELSEWHERE = re.compile(r"entries|feed\b|version|namespaces|encoding|headers")


class Cleaned(str):
    """A title as the door lets it in, equal to what was expected when that is cleaned as well."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return str(self) == clean_line(str(other))


def expectations(folder: Path) -> dict[Path, str]:
    """The examples that expect something of what dipread keeps, and nothing else; with what they expect."""
    found = {}
    for path in sorted(folder.glob("*formed/**/*.xml")):
        said = re.search(rb"Expect:\s*(.*?)\s*-->", path.read_bytes(), re.DOTALL)
        expected = said[1].decode().replace("\n", " ") if said else ""
        by_address = "http_" in path.name and path.parent.name == "base"
        told = KEPT.search(expected) and not ELSEWHERE.search(KEPT.sub("", expected))
        if told and not by_address:
            found[path] = re.sub(r"(?:not )?bozo and ", "", expected)
    return found


def parsed(path: Path) -> list[Any]:
    """The first story of an example by the command, in feedparser's terms."""
    done = subprocess.run(
        [sys.executable, "-m", "dipread", "parse", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    for story in (json.loads(line) for line in done.stdout.splitlines()[:1]):
        moment = story["published"] and datetime.fromisoformat(story["published"]).utctimetuple()
        return [
            feedparser.FeedParserDict(
                title=Cleaned("" if story["title"] == "untitled" else story["title"]),
                link=story["link"],
                id=story["guid"],
                author=", ".join(story["authors"]),
                published_parsed=moment,
                updated_parsed=moment,
            )
        ]
    return []


def holds(expected: str, entries: list[Any]) -> bool:
    try:
        return bool(eval(expected, {}, {"entries": entries}))
    except (LookupError, AttributeError):
        return False


def test_the_command_gets_at_least_what_feedparser_gets_of_what_is_kept() -> None:
    named = os.environ.get("DIPREAD_FEEDPARSER_TESTS")
    if not named:
        pytest.skip("DIPREAD_FEEDPARSER_TESTS names no folder: tests/ of feedparser's sdist")
    expected = expectations(Path(named))
    headers = {"content-type": "application/xml"}
    theirs = [
        path
        for path, each in expected.items()
        if holds(each, feedparser.parse(path.read_bytes(), response_headers=headers)["entries"])
    ]
    ours = [path for path, each in expected.items() if holds(each, parsed(path))]
    assert len(theirs) > 100
    assert {path.name for path in set(theirs) - set(ours)} <= {UNWANTED}


def test_the_command_reads_the_wild_dates_but_for_five(
    dipread: Run, shared: Path, tmp_path: Path
) -> None:
    with (shared / "data/conformance/wild-dates.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    items = "".join(
        f"<item><guid>{number}</guid><pubDate>{escape(row['date_string'])}</pubDate></item>"
        for number, row in enumerate(rows)
    ).replace("\\n", "\n")
    feed = tmp_path / "wild.xml"
    feed.write_text(f"<rss version='2.0'><channel>{items}</channel></rss>", encoding="utf-8")
    stories = map(json.loads, dipread("parse", feed).stdout.splitlines())
    read = {story["guid"]: story["published"] for story in stories}
    wrong = [
        row["date_string"]
        for number, row in enumerate(rows)
        if not reads(read[str(number)], row["expected_utc"])
    ]
    assert len(rows) == 133
    assert len(wrong) == 5, wrong


def reads(moment: str | None, expected: str) -> bool:
    """Whether a moment is the expected one, which may leave out seconds; where none is named, any will do."""
    if expected in ("", "NONE"):
        return (moment is None) == (expected == "NONE")
    return (moment or "").startswith(expected.removesuffix("Z"))
