"""What is listened to, and how every fetch of it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dipread.model import NO_NETWORK, Feed, FeedId, Outcome, Status, Story
from dipread.store import Answer, Saved, Store, Subscription

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
MakeFeed = Callable[..., Feed]


def urls(store: Store) -> list[str]:
    return [each.feed.url for each in store.feeds.subscriptions()]


def only(store: Store) -> Subscription:
    (subscription,) = store.feeds.subscriptions()
    return subscription


def record(store: Store, status: Status, wait: timedelta | None = None, problem: str = "") -> int:
    """Note that a fetch ended so; how many seconds the feed is now left alone."""
    known = only(store)
    outcome = Outcome(known.feed, status, problem=problem)
    store.feeds.record(known, outcome, Answer('"new"', "later", wait=wait))
    return max(0, only(store).hold_until - SECONDS)


def test_a_list_is_read_again_only_when_it_is_another(store: Store, feed: MakeFeed) -> None:
    a, b = (feed(f"https://{name}.example/", name) for name in "ab")
    read: list[str] = []

    def listing(*feeds: Feed) -> Callable[[], tuple[Feed, ...]]:
        return lambda: read.append(feeds[0].title) or feeds  # type: ignore[func-returns-value]

    store.feeds.follow("first", listing(a))
    store.feeds.follow("first", listing(b))
    assert (read, urls(store)) == (["a"], [a.url])
    store.feeds.follow("second", listing(b))
    assert (read, urls(store)) == (["a", "b"], [b.url])


def test_a_list_changed_by_hand_is_read_again(store: Store, feed: MakeFeed) -> None:
    a, b = (feed(f"https://{name}.example/", name) for name in "ab")
    store.feeds.follow("first", lambda: [a])
    store.feeds.add(b, listed=True)
    store.feeds.follow("first", lambda: [a])
    assert urls(store) == [a.url]


def test_the_list_is_just_what_was_last_said_in_its_order(store: Store, feed: MakeFeed) -> None:
    a, b, c = (feed(f"https://{name}.example/", name) for name in "abc")
    store.feeds.sync([a, b])
    assert [each.feed for each in store.feeds.subscriptions()] == [a, b]
    store.feeds.sync([c, b, a])
    assert urls(store) == [c.url, b.url, a.url]
    assert [each.feed for each in store.feeds.health()] == [c, b, a]
    store.feeds.sync([replace(b, title="B", interval_minutes=5)])
    assert [each.feed.title for each in store.feeds.health()] == ["B"]
    store.feeds.sync([])
    assert urls(store) == []


def test_the_same_list_again_writes_nothing(store: Store, feed: MakeFeed) -> None:
    listed = [feed(), feed("https://echo.example/rss", "Echo")]
    store.feeds.sync(listed)
    before = store.connection.total_changes
    store.feeds.sync(listed)
    assert store.connection.total_changes == before


def test_a_feed_no_longer_listed_keeps_its_stories_and_is_known_again_later(
    store: Store, feed: MakeFeed, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> None:
    store.feeds.sync([feed()])
    known = only(store)
    deliver(known.id, story("a"))
    record(store, "ok")
    store.feeds.sync([])
    assert store.stories.count() == 1
    assert [each.id for each in store.feeds.subscriptions([known.feed.url])] == [known.id]
    store.feeds.sync([feed()])
    assert (only(store).id, only(store).etag) == (known.id, '"new"')
    assert deliver(known.id, story("a")).fresh == ()


def test_a_feed_may_be_added_without_being_listed(store: Store, feed: MakeFeed) -> None:
    store.feeds.sync([feed("https://first.example/")])
    guest = store.feeds.add(feed("https://guest.example/"))
    last = store.feeds.add(feed("https://last.example/"), listed=True)
    assert store.feeds.add(feed("https://guest.example/")) == guest
    assert urls(store) == ["https://first.example/", "https://last.example/"]
    chosen = store.feeds.subscriptions(["https://guest.example/", "https://last.example/"])
    assert [each.id for each in chosen] == [last, guest]


def test_a_good_fetch_keeps_the_validators_and_forgets_the_failures(
    store: Store, wire: FeedId
) -> None:
    record(store, "error", problem="broke off")
    assert (only(store).failures, only(store).etag) == (1, "")
    assert store.feeds.health()[0].problem == "broke off"
    assert store.feeds.health()[0].last_good is None
    assert record(store, "ok") == 0
    known = only(store)
    assert (known.failures, known.etag, known.modified) == (0, '"new"', "later")
    assert known.next_due == SECONDS + 30 * 60
    health = store.feeds.health()[0]
    assert (health.problem, health.last_good, health.last_fetched) == ("", NOW, NOW)


def test_a_failed_fetch_keeps_the_validators_of_the_last_good_one(
    store: Store, wire: FeedId
) -> None:
    record(store, "ok")
    store.feeds.record(only(store), Outcome(only(store).feed, "error"), Answer('"bad"', "bad"))
    assert (only(store).etag, only(store).modified) == ('"new"', "later")


def test_failures_in_a_row_hold_a_feed_back_ever_longer_up_to_a_day(
    store: Store, wire: FeedId
) -> None:
    holds = [record(store, "error") // 60 for _ in range(12)]
    rule = [0, 0, 15, 30, 60, 120, 240, 480, 960]
    growing, longest = holds[: len(rule)], holds[len(rule) :]
    assert all(least <= hold <= 1.25 * least for hold, least in zip(growing, rule, strict=True))
    assert all(1_080 <= hold <= 1_440 for hold in longest)


@pytest.mark.parametrize("problem", ["HTTP 500", NO_NETWORK])
@pytest.mark.parametrize("failures", [3, 6, 90])
def test_feeds_that_failed_together_do_not_come_back_together(
    store: Store, feed: MakeFeed, failures: int, problem: str
) -> None:
    store.feeds.sync([feed(f"https://{number}.example/") for number in range(20)])
    for each in store.feeds.subscriptions():
        outcome = Outcome(each.feed, "error", problem=problem)
        store.feeds.record(replace(each, failures=failures), outcome)
    back = sorted(each.hold_until - SECONDS for each in store.feeds.subscriptions())
    assert len(set(back)) > 15
    assert back[-1] > 1.15 * back[0]


def test_a_name_that_is_not_found_is_looked_for_again_within_an_hour(
    store: Store, wire: FeedId
) -> None:
    holds = [record(store, "error", problem=NO_NETWORK) for _ in range(12)]
    assert 2_700 <= max(holds) <= 3_600


def test_a_feed_that_has_failed_for_years_can_still_fail(store: Store, wire: FeedId) -> None:
    with store.transaction() as connection:
        connection.execute("UPDATE feeds SET failures = 5000")
    assert 64_800 <= record(store, "error") <= 86_400


def test_a_server_that_asks_for_patience_gets_it(store: Store, wire: FeedId) -> None:
    assert record(store, "backoff", timedelta(hours=2)) == 7_200
    assert record(store, "ok") == 0


def test_a_feed_that_is_gone_is_not_asked_again(store: Store, wire: FeedId) -> None:
    assert record(store, "gone", problem="HTTP 410 Gone") > 50 * 365 * 86_400


def test_every_fetch_leaves_a_line(store: Store, wire: FeedId) -> None:
    known = only(store)
    outcome = Outcome(known.feed, "ok", new=3, updated=1, entries=9, size=7, milliseconds=2_500)
    store.feeds.record(known, outcome)
    assert store.rows("SELECT * FROM feed_runs") == [
        (1, wire, SECONDS - 2, "ok", 3, 1, 9, 7, 2_500, "")
    ]


def test_a_feed_can_be_called_something_else(store: Store, wire: FeedId) -> None:
    store.feeds.rename(wire, "The Wire")
    assert only(store).feed.title == "The Wire"


@pytest.mark.parametrize("etag", ['W/"a"', "caf\xe9", "", " x "])
def test_validators_come_back_as_they_were(store: Store, wire: FeedId, etag: str) -> None:
    store.feeds.record(only(store), Outcome(only(store).feed, "unchanged"), Answer(etag, etag))
    assert (only(store).etag, only(store).modified) == (etag, etag)


# -------------------------------------------------------------------------------------- how it fares


def came(store: Store, *days: float) -> None:
    """A good fetch that brought stories of so many days before."""
    times = [NOW - timedelta(days=each) for each in days]
    store.feeds.record(only(store), Outcome(only(store).feed, "ok", new=len(times)), came=times)


def test_a_feed_learns_how_often_it_brings_something(store: Store, wire: FeedId) -> None:
    came(store, 9, 7, 5)
    assert store.feeds.health()[0].usual_gap is None
    came(store, 3, 2, 1)
    health = store.feeds.health()[0]
    assert (health.usual_gap, health.newest) == (timedelta(days=2), NOW - timedelta(days=1))
    assert health.state == "ok"


def test_a_feed_that_answers_but_brings_nothing_for_long_is_silent_and_not_failing(
    store: Store, wire: FeedId
) -> None:
    came(store, 30, 28, 26, 24, 22)
    assert store.feeds.health()[0].state == "silent"
    record(store, "error", problem="HTTP 500")
    assert store.feeds.health()[0].state == "failing"
    came(store, 0)
    assert store.feeds.health()[0].state == "ok"


def test_a_weekend_is_no_silence(store: Store, wire: FeedId) -> None:
    came(store, 2.9, 2.95, 3.0, 3.05, 3.1)
    assert store.feeds.health()[0].state == "ok"


def test_a_failing_feed_says_since_when(path: Path, feed: MakeFeed) -> None:
    clock = [NOW]
    with Store(path, lambda: clock[0]) as store:
        store.feeds.sync([feed()])
        assert store.feeds.health()[0].state == "new"
        record(store, "ok")
        clock[0] += timedelta(hours=1)
        record(store, "error", problem="broke off")
        clock[0] += timedelta(days=2)
        record(store, "error", problem="HTTP 403 Forbidden")
        health = store.feeds.health()[0]
        assert (health.state, health.problem) == ("failing", "HTTP 403 Forbidden")
        assert (health.failing_since, health.last_good) == (NOW + timedelta(hours=1), NOW)
        record(store, "ok")
        assert store.feeds.health()[0].failing_since is None


def test_a_move_is_believed_at_the_second_good_fetch_and_not_the_first(
    store: Store, wire: FeedId
) -> None:
    there = "https://new.example/rss"
    assert not store.feeds.has_moved(only(store), there)
    assert store.feeds.health()[0].moved_to == ""
    assert not store.feeds.has_moved(only(store), "")
    assert not store.feeds.has_moved(only(store), there)
    assert store.feeds.has_moved(only(store), there)
    assert store.feeds.health()[0].moved_to == there


def test_a_host_that_asks_for_patience_gets_it_for_all_its_feeds(
    store: Store, feed: MakeFeed
) -> None:
    same = [feed(f"https://one.example/{number}") for number in range(3)]
    store.feeds.sync([*same, feed("https://two.example/")])
    store.feeds.hold_host(lambda url: url.split("/")[2], "one.example", timedelta(hours=3))
    held = [each.asked_until for each in store.feeds.subscriptions()]
    assert held == [SECONDS + 10_800] * 3 + [0]


def test_a_feed_that_moves_takes_its_stories_along(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> None:
    deliver(wire, story("a"))
    before = only(store)
    store.feeds.move(before.feed.url, "https://new.example/rss")
    assert (only(store).id, only(store).feed.url) == (wire, "https://new.example/rss")
    assert store.feeds.entries(wire) == 1


def test_old_lines_of_fetches_are_cleared_away(path: Path, feed: MakeFeed) -> None:
    clock = [NOW]
    with Store(path, lambda: clock[0]) as store:
        store.feeds.sync([feed()])
        record(store, "ok")
        clock[0] += timedelta(days=89)
        record(store, "ok")
        clock[0] += timedelta(days=2)
        record(store, "ok")
        assert store.rows("SELECT count(*) FROM feed_runs") == [(2,)]
