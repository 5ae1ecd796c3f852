"""The sample desk: files that parse, stories worth showing, nothing taken from anybody."""

from __future__ import annotations

import io
import json
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import feedparser
import pytest

from dipread.config import load_config, parse_feeds
from dipread.config.feeds_file import take_from_list
from dipread.demo import LATEST, sample_desk
from dipread.errors import UsageError
from dipread.fetch.parse import parse_feed
from dipread.model import FeedKind

ROOT = Path(__file__).parent.parent
DESK = ROOT / "src/dipread/data/demo"
SHARED = Path(os.environ.get("DIPREAD_SHARED", ROOT.parent / "shared"))
FEEDS = tomllib.loads((DESK / "feeds.toml").read_text(encoding="utf-8"))["feed"]
ADDRESS = "http://desk.example/"
FILES = [feed["url"].removeprefix(ADDRESS) for feed in FEEDS]
LANGUAGES = {"en", "fr", "de", "es", "it", "ja"}
UNSPACED = {"ja", "zh"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """A story as its file gives it; `html` is its whole body, `date` the raw text or empty."""

    file: str
    language: str
    guid: str
    link: str
    title: str
    html: str
    date: str

    @property
    def text(self) -> str:
        """The body without its tags, a space in the place of each."""
        return unescape(re.sub(r"<[^>]+>", " ", self.html))


def parsed(file: str) -> feedparser.FeedParserDict:
    return feedparser.parse(io.BytesIO((DESK / file).read_bytes()))


def json_feed(file: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DESK / file).read_text(encoding="utf-8"))
    return document


def delivered(file: str, language: str) -> Iterator[Delivered]:
    """The stories of one file, in its order."""
    if file.endswith(".json"):
        for item in json_feed(file)["items"]:
            date = item["date_published"]
            body = item["content_html"]
            yield Delivered(file, language, item["id"], item["url"], item["title"], body, date)
        return
    for entry in parsed(file).entries:
        guid = entry.get("id", "")
        body = entry.content[0].value if "content" in entry else entry.summary
        date = next((entry[key] for key in ("published", "updated") if key in entry), "")
        yield Delivered(file, language, guid, entry.link, entry.title, body, date)


STORIES = [
    story
    for feed, file in zip(FEEDS, FILES, strict=True)
    for story in delivered(file, feed["language"])
]
each_story = pytest.mark.parametrize(
    "story", STORIES, ids=[f"{story.file}:{story.guid.rpartition('/')[2]}" for story in STORIES]
)


def test_the_list_names_every_file_of_the_desk_and_no_other() -> None:
    assert all(feed["url"].startswith(ADDRESS) for feed in FEEDS)
    assert sorted([*FILES, "feeds.toml"]) == sorted(path.name for path in DESK.iterdir())


@pytest.mark.parametrize("feed", FEEDS, ids=FILES)
def test_a_feed_of_the_desk_is_described_like_a_real_one(feed: dict[str, str]) -> None:
    keys = {"url", "title", "publisher", "country", "kind", "language", "group"}
    assert set(feed) == keys
    assert feed["kind"] in get_args(FeedKind)
    assert re.fullmatch(r"[A-Z]{2}|INT", feed["country"])


@pytest.mark.parametrize("file", [file for file in FILES if not file.endswith(".json")])
def test_a_file_parses_without_a_fault(file: str) -> None:
    feed = parsed(file)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.entries


def test_the_json_feed_is_one() -> None:
    (file,) = (file for file in FILES if file.endswith(".json"))
    assert json_feed(file)["version"] == "https://jsonfeed.org/version/1.1"


def test_the_desk_shows_every_common_format() -> None:
    versions = {parsed(file).version for file in FILES if not file.endswith(".json")}
    assert versions == {"rss20", "rss10", "atom10"}


@pytest.mark.parametrize("file", FILES)
def test_a_file_says_at_its_top_that_it_is_a_sample(file: str) -> None:
    assert "written for dipread" in (DESK / file).read_text(encoding="utf-8")[:400]


def test_there_are_stories_enough_in_six_languages_and_three_more() -> None:
    by_language = Counter(story.language for story in STORIES)
    assert by_language.total() >= 60
    assert {language for language, stories in by_language.items() if stories >= 5} >= LANGUAGES
    assert by_language.keys() >= {"ru", "zh", "ar"}


@pytest.mark.parametrize("file", FILES)
def test_no_guid_comes_twice_in_a_feed(file: str) -> None:
    guids = [story.guid for story in STORIES if story.file == file]
    assert all(guids)
    assert len(set(guids)) == len(guids)


@each_story
def test_a_story_has_a_headline_and_a_body_worth_reading(story: Delivered) -> None:
    assert story.title == story.title.strip() != ""
    if story.language in UNSPACED:
        assert len("".join(story.text.split())) >= 120
    else:
        assert len(story.text.split()) >= 60


@each_story
def test_a_story_is_set_in_paragraphs_and_signed_as_a_sample(story: Delivered) -> None:
    assert story.html.count("<p>") >= 3
    assert "dipread" in story.text


@each_story
def test_every_link_leads_to_a_reserved_name(story: Delivered) -> None:
    inside = re.findall(r'(?:href|src)="([^"]*)"', story.html)
    for link in [story.link, *inside]:
        assert (urlsplit(link).hostname or "").endswith(".example"), link
        assert link.startswith("https://")


def test_no_two_stories_say_the_same_under_different_links() -> None:
    links: dict[str, set[str]] = {}
    for story in STORIES:
        links.setdefault(story.title, set()).add(story.link)
    assert [title for title, found in links.items() if len(found) > 1] == []


def test_some_stories_come_from_two_feeds_and_one_of_them_in_two_wordings() -> None:
    by_link: dict[str, list[Delivered]] = {}
    for story in STORIES:
        by_link.setdefault(story.link, []).append(story)
    shared = [stories for stories in by_link.values() if len(stories) > 1]
    assert len(shared) >= 2
    assert any(len({story.title for story in stories}) > 1 for stories in shared)


def test_one_story_has_no_date_and_one_a_named_zone() -> None:
    dates = [story.date for story in STORIES]
    assert dates.count("") == 1
    assert sum(date.endswith(" JST") for date in dates) == 1


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ("Japan", "Italy")), ("it", ("Giappone", "Italia")), ("ja", ("日", "伊"))],
)
def test_the_160_years_of_japan_and_italy_are_told(language: str, names: tuple[str, ...]) -> None:
    told = [
        story
        for story in STORIES
        if story.language == language
        and "160" in story.title
        and all(name in story.title for name in names)
    ]
    assert told


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """Every run of `length` words, without case and punctuation."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_nothing_is_copied_from_the_founding_article() -> None:
    article = SHARED / "seed/article.txt"
    if not article.exists():
        pytest.skip(f"no founding article below {SHARED} (DIPREAD_SHARED)")
    taken = runs(article.read_text(encoding="utf-8"))
    assert taken
    for story in STORIES:
        assert not runs(f"{story.title}\n{story.text}") & taken, story.title


def test_the_program_reads_the_list_of_the_desk() -> None:
    feeds = parse_feeds((DESK / "feeds.toml").read_text(encoding="utf-8"), "feeds.toml")
    assert [feed.title for feed in feeds] == [feed["title"] for feed in FEEDS]


def test_the_sample_desk_keeps_its_feeds(tmp_path: Path) -> None:
    config = load_config({"DIPREAD_HOME": str(tmp_path)})
    with sample_desk(config) as desk:
        one = desk.config.feeds[0]
        with pytest.raises(UsageError, match="keeps its feeds"):
            take_from_list(desk.config, one.url)
    assert not (tmp_path / "config" / "feeds.toml").exists()
    take_from_list(config, config.feeds[0].url)  # the reader's own list stays theirs to change


def test_the_latest_story_is_known() -> None:
    stories = [story for file in FILES for story in parse_feed((DESK / file).read_bytes()).stories]
    assert max(story.published for story in stories if story.published) == LATEST


@pytest.mark.parametrize("days", [-400, 0, 11, 1_000])
def test_the_desk_looks_as_on_a_morning_after_its_latest_story(tmp_path: Path, days: int) -> None:
    now = LATEST + timedelta(days, hours=14)
    with sample_desk(load_config({"DIPREAD_HOME": str(tmp_path)}), lambda: now) as desk:
        assert {outcome.status for outcome in desk.refresh()} == {"ok"}
        with desk.open() as store:
            latest = max(
                row.when for row in store.stories.rows(store.stories.find()) if row.date_known
            )
            assert latest == now - timedelta(hours=14)
            assert {each.state for each in store.feeds.health()} == {"ok"}
        assert {outcome.status for outcome in desk.refresh()} == {"unchanged"}
