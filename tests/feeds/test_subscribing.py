"""The reader's list: feeds found at an address or on its site, put on, taken off, asked how they fare."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dipread.config import load_config, read_feeds, read_secrets
from dipread.errors import ConfigError, DipreadError, FetchError
from dipread.library import Library
from dipread.model import Feed
from tests.listing import listed

if TYPE_CHECKING:
    from tests.conftest import FeedServer

RSS = (
    b"<rss version='2.0'><channel><title>Desk</title><item><guid>1</guid><title>Talks in Oslo</title>"
    b"<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"
)
PAGE = b"<!doctype html><html><head>%s</head><body><a href='/about'>About</a></body></html>"


@pytest.fixture
def desk(tmp_path: Path, server: FeedServer) -> Library:
    env = {"DIPREAD_HOME": str(tmp_path), "DIPREAD_ALLOW_PRIVATE": server.address}
    return Library(load_config(env))


def a_feed(url: str, title: str = "Desk") -> Feed:
    return Feed(url, title, "Desk Ltd", "INT", "press", "en", "My feeds")


def add_feed(desk: Library, feed: Feed) -> Feed:
    with desk.open() as store:
        return desk.add_feed(store, feed)


def remove_feed(desk: Library, url: str) -> None:
    with desk.open() as store:
        desk.remove_feed(store, url)


def move_feed(desk: Library, url: str, address: str) -> None:
    with desk.open() as store:
        desk.move_feed(store, url, address)


# ----------------------------------------------------------------------------------------- finding


def test_the_address_of_a_feed_is_that_feed(desk: Library, server: FeedServer) -> None:
    (found,) = desk.discover(server.serve("/feed", RSS))
    assert (found.url, found.title, found.stories) == (server.url("/feed"), "Desk", 1)
    assert found.newest is not None


def test_a_page_leads_to_the_feeds_that_it_names(desk: Library, server: FeedServer) -> None:
    links = (
        b"<link rel='alternate' type='application/rss+xml' href='/rss' title='All'>"
        b"<link rel='alternate' type='application/atom+xml' href='/broken'>"
        b"<link rel='stylesheet' href='/style.css'>"
    )
    server.serve("/news", PAGE % links)
    server.serve("/rss", RSS)
    server.serve("/broken", b"", 500)
    good, bad = desk.discover(server.url("/news"))
    assert (good.url, good.stories) == (server.url("/rss"), 1)
    assert (bad.url, bad.problem) == (server.url("/broken"), "HTTP 500 Internal Server Error")


def test_a_site_that_names_no_feed_is_asked_where_feeds_mostly_are(
    desk: Library, server: FeedServer
) -> None:
    server.serve("/", PAGE % b"")
    for path in ("feed", "rss", "rss.xml", "atom.xml", "index.xml", "feed.json"):
        server.serve(f"/{path}", b"", 404)
    server.serve("/feed.xml", RSS)
    (found,) = desk.discover(server.url("/"))
    assert found.url == server.url("/feed.xml")


def test_where_there_is_no_feed_that_is_said_with_what_to_do(
    desk: Library, server: FeedServer
) -> None:
    server.serve("/gone", b"", 404)
    with pytest.raises(FetchError, match="HTTP 404 Not Found") as fault:
        desk.discover(server.url("/gone"))
    assert "dipread feeds add" in fault.value.hint
    with pytest.raises(ConfigError, match="not a web address"):
        desk.discover("file:///etc/passwd")


def test_a_feed_on_a_private_network_is_refused_with_the_setting_that_allows_it(
    tmp_path: Path, server: FeedServer
) -> None:
    stranger = Library(load_config({"DIPREAD_HOME": str(tmp_path)}))
    with pytest.raises(FetchError, match="private network") as fault:
        stranger.discover(server.serve("/feed", RSS))
    assert f'allow_private = "{server.address}"' in fault.value.hint


# ------------------------------------------------------------------------------------------ listing


def test_the_first_feed_added_makes_the_shipped_list_the_readers_own(desk: Library) -> None:
    shipped = desk.config.feeds
    add_feed(desk, a_feed("https://a.example/rss", 'The "Desk" \\ 外交'))
    own = desk.config.paths.config / "feeds.toml"
    assert own.read_text(encoding="utf-8").startswith("# The feeds that dipread reads")
    assert desk.config.feeds == (*shipped, a_feed("https://a.example/rss", 'The "Desk" \\ 外交'))


def own_list(desk: Library, text: str) -> Path:
    path = desk.config.paths.config / "feeds.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    desk.config = desk.config._replace(feeds_file=path, listed=read_feeds(path))
    return path


TWO = """# my list

[[feed]]
url = "https://a.example/rss"  # the good one
title = "A"
publisher = "A"
country = "FR"
kind = "press"
language = "fr"
group = "G"

# about b
[[feed]]
url = "https://b.example/rss"
title = "B"
publisher = "B"
country = "FR"
kind = "press"
language = "fr"
group = "G"
"""


def test_what_the_reader_wrote_in_the_list_stays_when_a_feed_comes_and_goes(
    desk: Library,
) -> None:
    path = own_list(desk, TWO)
    add_feed(desk, a_feed("https://c.example/rss"))
    assert path.read_text(encoding="utf-8").startswith(TWO)
    remove_feed(desk, "https://c.example/rss")
    assert path.read_text(encoding="utf-8") == TWO
    remove_feed(desk, "https://a.example/rss")
    assert path.read_text(encoding="utf-8") == "# my list\n\n\n" + TWO[TWO.index("# about b") :]
    assert [each.title for each in desk.config.feeds] == ["B"]


def test_a_feed_is_listed_once_and_only_what_is_listed_can_be_taken_out(desk: Library) -> None:
    path = own_list(desk, TWO)
    with pytest.raises(ConfigError, match="listed already"):
        add_feed(desk, a_feed("https://b.example/rss"))
    with pytest.raises(DipreadError, match="no \\[\\[feed\\]\\]"):
        remove_feed(desk, "https://z.example/rss")
    assert path.read_text(encoding="utf-8") == TWO


def test_a_feed_that_moves_keeps_its_stories(desk: Library, server: FeedServer) -> None:
    own_list(desk, TWO.replace("https://a.example/rss", server.serve("/old", RSS)))
    assert [each.new for each in desk.refresh([server.url("/old")])] == [1]
    move_feed(desk, server.url("/old"), server.serve("/new", RSS))
    assert [each.new for each in desk.refresh([server.url("/new")])] == [0]
    with desk.open() as store:
        assert store.feeds.health()[0].stories == 1


def test_a_password_in_an_address_goes_into_a_file_that_only_the_reader_can_open(
    desk: Library, server: FeedServer
) -> None:
    path = own_list(desk, TWO)
    server.serve("/feed", RSS)
    with_password = server.url("/feed").replace("://", "://ann:hunter2@")
    listed = add_feed(desk, a_feed(with_password))
    secrets = desk.config.paths.config / "secrets.toml"
    assert listed.url == server.url("/feed")
    assert "hunter2" not in path.read_text(encoding="utf-8")
    assert secrets.stat().st_mode & 0o777 == 0o600
    list(desk.refresh([listed.url]))
    assert server.asked[-1][1]["authorization"] == "Basic YW5uOmh1bnRlcjI="
    remove_feed(desk, listed.url)
    assert read_secrets(desk.config.paths.config) == {}
    assert secrets.stat().st_mode & 0o777 == 0o600


def test_a_feed_that_comes_back_has_its_password_again(desk: Library, server: FeedServer) -> None:
    own_list(desk, TWO)
    server.serve("/feed", RSS)
    removed = desk.now()
    url = add_feed(desk, a_feed(server.url("/feed").replace("://", "://ann:hunter2@"))).url
    remove_feed(desk, url)
    with desk.open() as store:
        desk.undo(store)
    list(desk.refresh([url]))
    assert server.asked[-1][1]["authorization"] == "Basic YW5uOmh1bnRlcjI="
    with desk.open() as store:
        desk.redo(store)
    folder = desk.config.paths.config
    assert read_secrets(folder) == {}
    desk.now = lambda: removed + timedelta(days=30)
    list(desk.refresh([]))
    assert "hunter2" in (folder / "secrets.toml").read_text(encoding="utf-8")
    desk.now = lambda: removed + timedelta(days=32)
    list(desk.refresh([]))
    assert "hunter2" not in (folder / "secrets.toml").read_text(encoding="utf-8")


def test_a_password_goes_along_to_no_other_server(desk: Library) -> None:
    own_list(desk, TWO)
    url = add_feed(desk, a_feed("https://h.example/rss?token=s3cret")).url
    for to, secrets in (
        ("https://h.example/feed", {"https://h.example/feed": "?token=s3cret"}),
        ("https://elsewhere.example/feed", {}),
    ):
        with desk.open() as store:
            desk.move_feed(store, url, to)
        assert read_secrets(desk.config.paths.config) == secrets
        url = to
    with desk.open() as store:
        desk.undo(store)
        desk.undo(store)
    assert read_secrets(desk.config.paths.config) == {"https://h.example/rss": "?token=s3cret"}


def test_a_feed_put_on_the_list_again_without_its_password_has_none(desk: Library) -> None:
    own_list(desk, TWO)
    url = add_feed(desk, a_feed("https://h.example/rss?token=s3cret")).url
    remove_feed(desk, url)
    add_feed(desk, a_feed(url))
    assert read_secrets(desk.config.paths.config) == {}


def test_secrets_that_others_can_read_are_refused(desk: Library) -> None:
    own_list(desk, TWO)
    add_feed(desk, a_feed("https://h.example/rss?token=s3cret"))
    secrets = desk.config.paths.config / "secrets.toml"
    secrets.chmod(0o644)
    with pytest.raises(ConfigError, match="others can read this file"):
        list(desk.refresh())


# ----------------------------------------------------------------------------------------- checking


def test_each_feed_is_judged_with_a_reason_and_what_to_do(
    desk: Library, server: FeedServer
) -> None:
    server.serve("/good", RSS)
    server.serve("/wall", b"<html>No robots</html>", 403)
    server.serve("/page", b"<!doctype html><html>Please sign in</html>")
    server.serve("/gone", b"", 410)
    server.serve("/down", b"", 503)
    server.serve("/bare", b"<rss version='2.0'><channel><title>Bare</title></channel></rss>")
    server.serve("/moved", b"", 301, {"Location": "/good"})
    names = ("good", "wall", "page", "gone", "down", "bare", "moved")
    feeds = tuple(a_feed(server.url(f"/{name}"), name) for name in names)
    desk.config = desk.config._replace(listed=listed(feeds))
    checked = {each.feed.title: each for each in desk.check_feeds()}
    assert {name: each.verdict for name, each in checked.items()} == {
        "good": "ok",
        "wall": "wall",
        "page": "not a feed",
        "gone": "gone",
        "down": "failing",
        "bare": "silent",
        "moved": "moved",
    }
    assert checked["wall"].reason == "HTTP 403 Forbidden"
    assert "user_agent" in checked["wall"].advice
    assert all(each.advice for name, each in checked.items() if name != "good")
    with desk.open() as store:
        assert store.stories.count() == 0
        assert store.feeds.health()[0].last_fetched is None


def test_only_the_feeds_named_are_asked(desk: Library, server: FeedServer) -> None:
    feeds = tuple(a_feed(server.serve(f"/{name}", RSS), name) for name in "ab")
    desk.config = desk.config._replace(listed=listed(feeds))
    assert [each.feed.title for each in desk.check_feeds([feeds[1].url])] == ["b"]
