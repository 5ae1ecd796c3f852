"""One item of a feed, and what its story is called by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dipread.fetch.entry import (
    AUTHOR_LENGTH,
    CATEGORY_LENGTH,
    MOST_CATEGORIES,
    MOST_LINKS,
    Entry,
    Seen,
    parted,
    read_entries,
)
from dipread.model import Story
from dipread.text.cleaning import TEXT_LENGTH, TITLE_LENGTH

BASE = "https://news.example/"


def stories_of(entries: Iterable[Entry], base: str) -> tuple[Story, ...]:
    return read_entries(entries, base).stories


def uids(*entries: Entry) -> list[str]:
    return [story.uid for story in stories_of(entries, BASE)]


def test_a_guid_names_a_story_whatever_else_changes() -> None:
    before = Entry(guid="g", link="/a", title="One", published="2026-03-03")
    after = Entry(guid="g", link="/b", title="Two", published="2026-03-04")
    assert uids(before) == uids(after)


def test_a_guid_given_to_two_links_names_neither() -> None:
    first, second = uids(Entry(guid="g", link="/a"), Entry(guid="g", link="/b"))
    assert first != second
    assert uids(Entry(guid="g", link="/c"), Entry(guid="g", link="/b"))[1] == second


def test_a_guid_that_differs_only_in_what_is_cleaned_away_is_one_guid() -> None:
    first, second = uids(Entry(guid="g", link="/a"), Entry(guid=" g\u200b", link="/b"))
    assert first != second


def test_links_that_differ_only_in_trackers_are_one_link() -> None:
    assert len(set(uids(Entry(link="/a?utm_source=x"), Entry(link="/a?utm_source=y")))) == 1
    assert len(set(uids(Entry(guid="g", link="/a"), Entry(guid="g", link="/a?fbclid=1")))) == 1


def test_without_a_guid_the_link_names_a_story() -> None:
    assert uids(Entry(link="/a", title="One")) == uids(Entry(link="/a", title="Two"))


def test_a_link_given_to_two_headlines_names_neither() -> None:
    assert len(set(uids(Entry(link="/live", title="One"), Entry(link="/live", title="Two")))) == 2


def test_without_guid_and_link_headline_and_day_name_a_story() -> None:
    morning = Entry(title="Talks", published="2026-03-03T08:00:00Z")
    evening = Entry(title="Talks", published="2026-03-03T20:00:00Z")
    tomorrow = Entry(title="Talks", published="2026-03-04T08:00:00Z")
    assert len(set(uids(morning, evening, tomorrow))) == 2


def test_an_item_without_headline_is_called_by_its_first_words() -> None:
    (story,) = stories_of([Entry(html="<p>" + "word " * 40 + "</p><p>More.</p>")], BASE)
    assert story.title == "word " * 18 + "word…"


def test_an_item_without_any_words_is_called_by_its_link_or_untitled() -> None:
    linked, bare = stories_of([Entry(link="/a"), Entry()], BASE)
    assert (linked.title, bare.title) == ("https://news.example/a", "untitled")


def test_an_item_without_a_link_has_none() -> None:
    (story,) = stories_of([Entry(title="Talks", media=("", "/a.jpg"))], BASE)
    assert story.link == ""
    assert story.media == ("https://news.example/a.jpg",)


def test_a_date_that_is_missing_or_unreadable_is_none_but_its_words_are_kept() -> None:
    missing, unreadable, zoneless = stories_of(
        [Entry(title="a"), Entry(title="b", published="soon"), Entry(title="c", published="2026-03-03")],
        BASE,
    )  # fmt: skip
    assert (missing.published, missing.published_raw) == (None, "")
    assert (unreadable.published, unreadable.published_raw) == (None, "soon")
    assert (zoneless.published, zoneless.zone_known) == (datetime(2026, 3, 3, tzinfo=UTC), False)


def test_nothing_is_longer_or_more_than_it_may_be() -> None:
    links = "".join(f'<a href="/{number}">{number}</a> ' for number in range(MOST_LINKS + 9))
    (story,) = stories_of(
        [
            Entry(
                title="t" * 20_000,
                html=links + "w " * TEXT_LENGTH,
                authors=("a" * 900,) * 3,
                categories=tuple(f"{number:0200}" for number in range(90))
                + tuple(str(number) for number in range(90)),
            )
        ],
        BASE,
    )
    assert len(story.title) == TITLE_LENGTH
    assert len(story.text) <= TEXT_LENGTH
    assert len(story.links) == MOST_LINKS
    assert story.authors == ("a" * AUTHOR_LENGTH,)
    assert len(story.categories) == MOST_CATEGORIES
    assert max(map(len, story.categories)) == CATEGORY_LENGTH


WORDS = st.text(max_size=12)


@given(st.lists(st.builds(Entry, guid=WORDS, link=WORDS, title=WORDS, html=WORDS, published=WORDS)))
def test_the_same_items_give_the_same_stories_and_links_point_at_words(items: list[Entry]) -> None:
    stories = stories_of(items, BASE)
    assert stories == stories_of(items, BASE)
    assert len(stories) == len(items)
    for story in stories:
        assert all(0 <= link.start < link.end <= len(story.text) for link in story.links)


@given(
    st.lists(st.builds(Entry, guid=WORDS, link=WORDS, title=WORDS, html=WORDS), max_size=8),
    st.lists(st.builds(Entry, guid=WORDS, link=WORDS, title=WORDS, html=WORDS), max_size=8),
)
def test_what_is_not_read_again_would_have_been_the_same(
    before: list[Entry], after: list[Entry]
) -> None:
    earlier = read_entries(before, BASE)
    kept = {story.uid: (story.title, story.text) for story in earlier.stories[::-1]}
    whole = stories_of(after + before, BASE)
    told = read_entries(after + before, BASE, Seen(kept, parted(earlier.written)))
    uids = [story.uid for story in whole]
    for uid, link in told.repeated:
        (same,) = (story for story in whole if story.uid == uid)
        assert (same.title, same.text, same.link) == (*kept[uid], link)
    assert sorted(uids) == sorted(
        [story.uid for story in told.stories] + [uid for uid, _ in told.repeated]
    )


def test_an_entry_is_read_again_when_a_word_of_it_changed_or_its_story_is_kept_no_more() -> None:
    entries = [Entry(guid="a", html="one"), Entry(guid="b", html="two"), Entry(guid="c", html="x")]
    first = read_entries(entries, BASE)
    names = [story.uid for story in first.stories]
    entries[1] = Entry(guid="b", html="two!")
    again = read_entries(entries, BASE, Seen(names[:2], parted(first.written)))
    assert [each.uid for each in again.repeated] == names[:1]
    assert [story.uid for story in again.stories] == names[1:]
