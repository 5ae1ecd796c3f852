"""Taking in deliveries: what is new, changed, the same, and whose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from dipread.model import FeedId, Story, StoryId, Tag, Words
from dipread.store import Saved, Store

Deliver = Callable[..., Saved]
MakeStory = Callable[..., Story]
NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


def titles(store: Store) -> list[str]:
    return [row.title for row in store.stories.rows(store.stories.find())]


def only(store: Store) -> StoryId:
    """The only story there is."""
    (story,) = store.stories.find()
    return StoryId(story)


def found(store: Store, word: str) -> int:
    return len(store.stories.find(Words(word)))


def test_new_stories_come_in_with_all_they_say(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    saved = deliver(wire, story("a", "Trade talks", "In Geneva."), story("b", "Fish quota"))
    assert (saved.new, saved.updated, saved.entries) == (2, 0, 2)
    assert sorted(each.story.uid for each in saved.fresh) == ["a", "b"]
    assert sorted(titles(store)) == ["Fish quota", "Trade talks"]
    assert found(store, "geneva") == 1


def test_the_same_bytes_again_change_nothing_and_ask_no_rule(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    stories = [story(str(number)) for number in range(1_200)]
    deliver(wire, *stories)
    before = store.connection.total_changes

    def no_rule(_: Story) -> tuple[Tag, ...]:
        raise AssertionError("asked")

    saved = store.ingest.save(wire, stories, no_rule, "rules-2")
    assert (saved.fresh, saved.entries) == ((), 1_200)
    assert store.connection.total_changes == before


def test_a_changed_story_keeps_what_the_reader_made_of_it(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("a", "Trade talks", "On whaling."))
    known = only(store)
    store.states.mark_read([known], True)
    store.states.star([known], True)
    note = store.annotations.add(known, "mine", None, NOW)
    saved = deliver(wire, story("a", "Fish talks", "On cobalt."))
    assert (saved.new, saved.updated) == (0, 1)
    detail = store.stories.detail(known)
    assert detail is not None
    assert (detail.story.title, detail.story.text) == ("Fish talks", "On cobalt.")
    assert (detail.read, detail.starred, detail.annotations) == (True, True, (note,))
    assert (detail.revisions, detail.revision > note.revision) == (2, True)
    assert [tag.code for tag in detail.tags] == ["fish"]
    assert (found(store, "whaling"), found(store, "cobalt")) == (0, 1)


def test_going_back_to_the_old_words_makes_no_third_revision(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    for title in ("One", "Two", "One"):
        deliver(wire, story("a", title))
    detail = store.stories.detail(only(store))
    assert detail is not None
    assert (detail.story.title, detail.revisions) == ("One", 2)
    assert (found(store, "one"), found(store, "two")) == (1, 0)


def test_a_story_in_two_feeds_is_one_and_belongs_to_the_first(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    link = "https://www.wire.example/a/#top"
    deliver(wire, story("a", "Trade talks"))
    saved = deliver(echo, story("other", "Trade talks echoed", link=link))
    assert (saved.new, saved.updated, saved.entries) == (0, 0, 1)
    detail = store.stories.detail(only(store))
    assert detail is not None
    assert (detail.story.title, detail.revisions) == ("Trade talks", 1)
    assert [feed.title for feed in detail.feeds] == ["Wire", "Echo"]
    assert store.stories.rows([detail.id])[0].feeds == 2
    assert deliver(echo, story("other", "Trade talks echoed", link=link)).fresh == ()


def test_no_feed_rewrites_what_another_delivered(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("a", "Trade talks"))
    deliver(echo, story("a", "Trade talks"))
    deliver(echo, story("a", "All is lost"))
    deliver(echo, story("a", "All is lost indeed", guid="b"))
    assert titles(store) == ["Trade talks"]
    assert found(store, "lost") == 0
    texts = store.rows("SELECT feed, title FROM revisions ORDER BY id")
    assert texts == [(wire, "Trade talks"), (echo, "All is lost"), (echo, "All is lost indeed")]


def test_an_owner_who_takes_over_anothers_words_has_changed_its_own(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("a", "Trade talks"))
    deliver(echo, story("a", "Trade talks fail"))
    deliver(wire, story("a", "Trade talks fail"))
    (row,) = store.stories.rows(store.stories.find())
    assert (row.title, row.revisions) == ("Trade talks fail", 2)


def test_a_guid_that_is_renamed_joins_by_its_link(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    link = "https://wire.example/a"
    deliver(wire, story("a#0", "Trade talks", link=link))
    assert deliver(wire, story("a#1", "Trade talks", link=link)).fresh == ()
    saved = deliver(wire, story("a#2", "Trade talks fail", link=link))
    assert (saved.new, saved.updated) == (0, 1)
    assert titles(store) == ["Trade talks fail"]
    assert store.feeds.entries(wire) == 1


def test_a_link_shared_by_two_items_of_a_delivery_stays_two_stories(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    live = "https://wire.example/live"
    first, second = story("a", "First", link=live), story("b", "Second", link=live)
    deliver(wire, first, second)
    assert sorted(titles(store)) == ["First", "Second"]
    assert deliver(wire, first, second).fresh == ()
    third = story("c", "Third", link=live)
    assert deliver(wire, first, second, third).new == 1


def test_a_new_item_beside_a_known_one_of_the_same_link_is_another_story(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    live = "https://wire.example/live"
    deliver(wire, story("a", "First", link=live))
    assert deliver(wire, story("a", "First", link=live), story("b", "Second", link=live)).new == 1
    assert sorted(titles(store)) == ["First", "Second"]


@pytest.mark.parametrize("link", ["", "https://wire.example/", "https://wire.example"])
def test_a_link_to_no_page_of_its_own_joins_nothing(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory, link: str
) -> None:
    deliver(wire, story("a", link=link))
    assert deliver(wire, story("b", link=link)).new == 1


def test_an_item_repeated_in_one_delivery_is_taken_once_as_it_stood_first(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    saved = deliver(wire, story("a", "First"), story("b"), story("a", "Second"))
    assert (saved.new, saved.entries) == (2, 2)
    assert sorted(titles(store)) == ["First", "Story b"]


def test_feeds_may_use_the_same_guid_for_different_stories(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("1", "Ours"))
    assert deliver(echo, story("1", "Theirs", link="https://echo.example/1")).new == 1
    assert sorted(titles(store)) == ["Ours", "Theirs"]


def test_a_rule_that_breaks_in_the_middle_leaves_no_trace_of_the_delivery(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("a", "Before"))

    def break_at_b(each: Story) -> tuple[Tag, ...]:
        if each.uid == "b":
            raise RuntimeError("a rule broke")
        return ()

    stories = [story("a", "After"), story("b"), story("c")]
    with pytest.raises(RuntimeError, match="a rule broke"):
        store.ingest.save(wire, stories, break_at_b, "rules-1")
    assert titles(store) == ["Before"]
    assert not store.connection.in_transaction
    assert deliver(wire, *stories).new == 2


def test_tags_that_cannot_be_kept_leave_no_trace_of_the_delivery(
    store: Store, wire: FeedId, story: MakeStory
) -> None:
    def unkeepable(each: Story) -> tuple[Tag, ...]:
        return (Tag("sector", "x", 1.0, 1.0, ()),) * (2 if each.uid == "b" else 1)

    with pytest.raises(Exception, match="UNIQUE"):
        store.ingest.save(wire, [story("a"), story("b")], unkeepable, "rules-1")
    assert titles(store) == []
    assert found(store, "story") == 0


def test_rules_are_asked_before_the_archive_is_locked_and_once_a_story(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("known"))
    asked = []

    def note_down(each: Story) -> tuple[Tag, ...]:
        assert not store.connection.in_transaction
        asked.append(each.lang)
        return ()

    same_words = [story("a", "Same", lang="fr"), story("b", "Same", lang="de"), story("known")]
    store.ingest.save(echo, same_words, note_down, "rules-1")
    assert asked == ["fr", "de", ""]
    asked.clear()
    store.ingest.save(echo, same_words, note_down, "rules-1")
    assert asked == []


def test_tags_keep_their_evidence(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("a", "Trade talks"))
    detail = store.stories.detail(only(store))
    assert detail is not None
    (tag,) = detail.tags
    (evidence,) = tag.evidence
    assert detail.story.title[evidence.start : evidence.end] == "Trade"
    assert (evidence.field, evidence.rule) == ("title", "first-word")
    assert (tag.role, tag.slots) == (None, (("years", "160"),))


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (NOW + timedelta(days=3), NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), NOW),
        (datetime(1, 1, 1, tzinfo=UTC), NOW),
        (None, NOW),
    ],
)
def test_no_story_is_shown_later_than_it_was_fetched(
    store: Store,
    wire: FeedId,
    deliver: Deliver,
    story: MakeStory,
    published: datetime | None,
    shown: datetime,
) -> None:
    deliver(wire, story("a", published=published))
    detail = store.stories.detail(only(store))
    assert detail is not None
    assert (detail.when, detail.fetched, detail.story.published) == (shown, NOW, published)


def test_stories_of_one_moment_keep_the_order_of_their_feed(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    old = replace(story("old"), published=NOW - timedelta(days=1))
    deliver(wire, story("first"), old, story("second"), story("third"))
    assert titles(store) == ["Story first", "Story second", "Story third", "Story old"]
