"""The verbs that cross rooms, on the sample desk: fetched, parsed, tagged and stored for real."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from dipread.config import FeedList, load_config
from dipread.demo import sample_desk
from dipread.errors import DipreadError, QueryError
from dipread.feeds.apart import outcome_of, outcome_record
from dipread.library import Library, chosen_urls
from dipread.model import Feed, Outcome, StoryId

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    config = load_config({"DIPREAD_HOME": str(tmp_path_factory.mktemp("home"))})
    with sample_desk(config, lambda: NOW) as library:
        outcomes = list(library.refresh())
        assert [each.problem for each in outcomes if each.problem] == []
        yield library


def test_the_sample_desk_holds_at_least_sixty_stories_in_six_languages(desk: Library) -> None:
    with desk.open() as store:
        stories = [store.stories.detail(StoryId(each)) for each in store.stories.find()]
    languages = [detail.story.lang for detail in stories if detail]
    assert len(stories) >= 60
    assert sum(languages.count(each) >= 5 for each in set(languages)) >= 6


def test_most_stories_of_the_desk_carry_a_country_and_a_sector_with_evidence_in_their_words(
    desk: Library,
) -> None:
    with desk.open() as store:
        stories = [
            detail
            for each in store.stories.find()
            if (detail := store.stories.detail(StoryId(each)))
        ]
    tagged = [
        detail for detail in stories if {"country", "sector"} <= {tag.kind for tag in detail.tags}
    ]
    assert len(tagged) > 0.6 * len(stories)
    for detail in stories:
        for tag in detail.tags:
            assert tag.evidence
            for each in tag.evidence:
                assert getattr(detail.story, each.field)[each.start : each.end].strip()


def test_a_story_in_two_feeds_is_one_story(desk: Library) -> None:
    with desk.open() as store:
        shared = [row for row in store.stories.rows(store.stories.find()) if row.feeds > 1]
    assert len(shared) >= 2


def test_refreshing_again_adds_nothing(desk: Library) -> None:
    outcomes = list(desk.refresh())
    assert {each.status for each in outcomes} == {"unchanged"}
    assert all(each.entries for each in outcomes)


def test_only_due_feeds_are_asked_when_so_wished(desk: Library) -> None:
    assert list(desk.refresh(only_due=True)) == []


def test_another_process_refreshes_the_same_archive(desk: Library) -> None:
    outcomes = list(desk.refresh_apart([desk.config.feeds[0].url, desk.config.feeds[1].url]))
    assert {each.feed.url for each in outcomes} == {
        desk.config.feeds[0].url,
        desk.config.feeds[1].url,
    }
    assert {each.status for each in outcomes} == {"unchanged"}


def test_another_process_that_fails_says_why(desk: Library, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("no database")
    other = Library(desk.config._replace(database=broken), desk.now)
    with pytest.raises(DipreadError, match="not a dipread database"):
        list(other.refresh_apart())


def test_a_note_is_found_in_the_exported_file(desk: Library, tmp_path: Path) -> None:
    with desk.open() as store:
        query = desk.parse("pair:JP-IT")
        first = StoryId(store.stories.find(query)[0])
        store.annotations.add(first, "Ask the embassy in Rome.", None, NOW)
        (exported,) = desk.export(desk.parse("pair:JP-IT is:annotated"), tmp_path, store, NOW)
    text = Path(exported.path).read_text(encoding="utf-8")
    assert exported.did == "written"
    assert "Ask the embassy in Rome." in text
    assert "`country:JP`" in text


def test_names_in_many_languages_mean_the_same_country(desk: Library) -> None:
    for name in ("Japan", "日本", "Giappone", "Japon", "Япония", "japanese", "JPN"):
        assert desk.parse(f"country:{name}") == desk.parse("country:JP"), name
    with pytest.raises(QueryError):
        desk.parse("country:Atlantis")


@pytest.fixture
def scripted(
    tmp_path: Path,
) -> Iterator[tuple[Library, list[tuple[int, dict[str, str], str]], list[datetime]]]:
    """A library on one feed whose server gives the answers of a list, one a request, and a clock to turn."""
    answers: list[tuple[int, dict[str, str], str]] = []
    clock = [NOW]

    class Script(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answers.pop(0)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Script)
    Thread(target=server.serve_forever, daemon=True).start()
    listed = FeedList(
        "feeds.toml",
        f"""
        [[feed]]
        url = "http://127.0.0.1:{server.server_port}/feed"
        title = "Desk"
        publisher = "Desk"
        country = "INT"
        kind = "press"
        language = "en"
        group = "World press"
        """,
    )
    env = {
        "DIPREAD_HOME": str(tmp_path),
        "DIPREAD_ALLOW_PRIVATE": f"127.0.0.1:{server.server_port}",
    }
    config = load_config(env)._replace(listed=listed)
    yield Library(config, lambda: clock[0]), answers, clock
    server.shutdown()
    server.server_close()


Scripted = tuple[Library, list[tuple[int, dict[str, str], str]], list[datetime]]
GOOD = "<rss version='2.0'><channel><title>D</title><item><guid>1</guid><title>Talks in Oslo</title></item></channel></rss>"


def test_a_server_that_asks_for_patience_gets_it_however_often_it_is_asked_for(
    scripted: Scripted,
) -> None:
    library, answers, clock = scripted
    answers += [(429, {"Retry-After": "7200"}, "")]
    (outcome,) = library.refresh()
    assert outcome.status == "backoff"
    clock[0] += timedelta(hours=1)
    (outcome,) = library.refresh()
    said = "left alone until 22 Nov 11:00 UTC, as its server asked"
    assert (outcome.status, outcome.problem) == ("backoff", said)
    (outcome,) = library.refresh([library.config.feeds[0].url])
    assert (outcome.status, outcome.problem) == ("backoff", said)
    clock[0] += timedelta(hours=1)
    answers += [(200, {}, GOOD)]
    (outcome,) = library.refresh([library.config.feeds[0].url])
    assert (outcome.status, outcome.new) == ("ok", 1)
    answers += [(200, {}, GOOD)]
    (outcome,) = library.refresh()
    assert (outcome.status, outcome.new, outcome.entries) == ("ok", 0, 1)


def test_a_feed_that_is_gone_is_not_asked_again_and_keeps_its_stories(scripted: Scripted) -> None:
    library, answers, clock = scripted
    answers += [(200, {}, GOOD), (410, {}, "")]
    assert [each.status for each in library.refresh()] == ["ok"]
    (outcome,) = library.refresh()
    assert (outcome.status, outcome.problem) == ("gone", "HTTP 410 Gone")
    clock[0] += timedelta(days=30)
    assert [each.status for each in library.refresh()] == ["backoff"]
    with library.open() as store:
        assert store.stories.count() == 1


def test_a_feed_that_keeps_failing_is_left_alone_longer_and_longer(scripted: Scripted) -> None:
    library, answers, clock = scripted
    held = []
    for _ in range(12):
        answers += [(500, {}, "")]
        (outcome,) = library.refresh([library.config.feeds[0].url])
        assert (outcome.status, outcome.problem) == ("error", "HTTP 500 Internal Server Error")
        with library.open() as store:
            (subscription,) = store.feeds.subscriptions()
        held.append(max(0, subscription.hold_until - int(clock[0].timestamp())) // 60)
    rule = [0, 0, 15, 30, 60]
    assert all(least <= hold <= 1.25 * least for hold, least in zip(held, rule, strict=False))
    assert 18 * 60 <= held[-1] <= 24 * 60
    answers += [(200, {}, GOOD)]
    list(library.refresh([library.config.feeds[0].url]))
    with library.open() as store:
        assert store.feeds.subscriptions()[0].failures == 0


def test_feeds_are_chosen_by_address_or_part_of_their_name() -> None:
    feeds = [
        Feed(f"https://{name}.example/", title, publisher, "INT", "press", "en", "World press")
        for name, title, publisher in (
            ("a", "UN News", "United Nations"),
            ("b", "UN Press", "United Nations"),
            ("c", "Dawn", "Dawn"),
        )
    ]
    assert chosen_urls(feeds, ["un news"]) == ["https://a.example/"]
    assert chosen_urls(feeds, ["nations", "https://a.example/"]) == [
        "https://a.example/",
        "https://b.example/",
    ]
    with pytest.raises(DipreadError):
        chosen_urls(feeds, ["Le Monde"])


def test_an_outcome_survives_the_way_between_processes() -> None:
    feed = Feed("https://a.example/", "A", "A", "INT", "press", "en", "World press")
    outcome = Outcome(feed, "error", 1, 2, 3, 4, 5, "HTTP 404 Not Found")
    assert outcome_of(outcome_record(outcome)) == outcome
