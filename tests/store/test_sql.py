"""Any query, as SQL, asks for just the stories that the query means."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.model import And, Evidence, Feed, Has, Not, Or, Query, Story, StoryId, Tag, Words
from dipread.question import moment
from dipread.store import Store
from dipread.store.sql import condition

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
WORDS = ("trade", "fish", "talks", "quota", "summit")
COUNTRIES = ("JP", "IT", "FR")
CODES = {"sector": ("trade", "energy"), "event": ("visit",), "forum": ("g7",), "pair": ("IT-JP",)}
ROLES = ("actor", "mention", "dateline")
FEEDS = ("Wire", "Echo", "Wire service")


@dataclass(frozen=True)
class Known:
    """What the plain evaluation knows of a story."""

    id: int
    title: str
    text: str
    tags: tuple[Tag, ...]
    feed: str
    when: datetime
    states: frozenset[str]


def random_tags(dice: random.Random) -> tuple[Tag, ...]:
    why = (Evidence("title", 0, 1, "rule"),)
    places = {code: dice.choice(ROLES) for code in COUNTRIES if dice.random() < 0.4}
    tags = [
        Tag("country", code, 1.0, 0.9, why, role, about=dice.random() < 0.5)  # type: ignore[arg-type]
        for code, role in places.items()
    ]
    tags += [
        Tag(kind, code, 1.0, 0.9, why)  # type: ignore[arg-type]
        for kind, codes in CODES.items()
        for code in codes
        if dice.random() < 0.3
    ]
    return tuple(tags)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[Known]]]:
    """Three hundred random stories of three feeds, and what is known of them."""
    dice = random.Random(7)
    path: Path = tmp_path_factory.mktemp("archive") / "dipread.db"
    known: list[Known] = []
    with Store(path, lambda: NOW) as store:
        for name in FEEDS:
            feed = store.feeds.add(Feed(f"https://{name}/", name, "Pub", "FR", "wire", "fr", "G"))
            stories, tags = [], {}
            for number in range(100):
                uid = f"{name} {number}"
                title = " ".join(dice.sample(WORDS, 2))
                stories.append(
                    Story(uid, uid, "", title, dice.choice(WORDS), NOW - timedelta(hours=dice.randint(0, 2_000)))
                )  # fmt: skip
                tags[uid] = random_tags(dice)
            saved = store.ingest.save(feed, stories, lambda story: tags[story.uid], "r")  # noqa: B023
            for each in saved.fresh:
                marks = {name for name in ("read", "starred", "annotated") if dice.random() < 0.3}
                store.states.mark_read([each.id], "read" in marks)
                store.states.star([each.id], "starred" in marks)
                if "annotated" in marks:
                    store.annotations.add(each.id, "note", None, NOW)
                marks |= {"unread"} - {"unread" for mark in marks if mark == "read"}
                story = each.story
                assert story.published is not None
                known.append(
                    Known(each.id, story.title, story.text, tags[story.uid], name, story.published, frozenset(marks))
                )  # fmt: skip
        yield store, known


def holds(query: Query, story: Known) -> bool:
    """What the query means, said plainly."""
    match query:
        case Words(text, phrase):
            return any(said(text, phrase, field) for field in (story.title, story.text))
        case Not(of):
            return not holds(of, story)
        case And(of):
            return all(holds(each, story) for each in of)
        case Or(of):
            return any(holds(each, story) for each in of)
        case Has("country", values):
            return any(
                t.kind == "country" and t.code in values and t.role != "dateline"
                for t in story.tags
            )
        case Has("about", values):
            return any(t.kind == "country" and t.code in values and t.about for t in story.tags)
        case Has("is", values):
            return bool(story.states & set(values))
        case Has("since", values):
            return any(story.when >= moment(value, NOW) for value in values)
        case Has("title", values):
            return any(said(value, " " in value, story.title) for value in values)
        case Has("feed", values):
            return any(from_feed(value, story.feed) for value in values)
        case Has(kind, values):
            return any(tag.kind == kind and tag.code in values for tag in story.tags)  # fmt: skip


def said(text: str, phrase: bool, field: str) -> bool:
    """Whether the words stand in the field in this order, the last one going on unless it is a phrase."""
    asked, there = text.split(), field.split()
    return any(
        there[at : at + len(asked) - 1] == asked[:-1]
        and (there[at + len(asked) - 1] == asked[-1] if phrase else there[at + len(asked) - 1].startswith(asked[-1]))
        for at in range(len(there) - len(asked) + 1)
    )  # fmt: skip


def from_feed(value: str, feed: str) -> bool:
    titles = {name.lower() for name in FEEDS}
    return (
        feed.lower() == value.lower()
        if value.lower() in titles
        else value.lower() in feed.lower() + " pub"
    )


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple)


ATOMS: st.SearchStrategy[Query] = st.one_of(
    st.builds(Words, st.sampled_from([*WORDS, "tra", "fi", "trade talks", "fish qu"]), st.booleans()),
    st.builds(Has, st.sampled_from(["country", "about"]), some((*COUNTRIES, "XX"))),
    *(st.builds(Has, st.just(kind), some((*codes, "none"))) for kind, codes in CODES.items()),
    st.builds(Has, st.just("is"), some(("read", "unread", "starred", "annotated"))),
    st.builds(Has, st.just("since"), some(("3d", "30d", "2026-08", "yesterday"))),
    st.builds(Has, st.just("title"), some(("trade", "ta", "trade talks", "fish summit"))),
    st.builds(Has, st.just("feed"), some(("wire", "Echo", "serv", "pub", "%", "_", "nobody"))),
)  # fmt: skip
QUERIES: st.SearchStrategy[Query] = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(And, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=8,
)


@given(query=QUERIES)
def test_a_query_finds_just_the_stories_it_means(
    archive: tuple[Store, list[Known]], query: Query
) -> None:
    store, known = archive
    meant = [story for story in known if holds(query, story)]
    newest_first = sorted(meant, key=lambda story: (story.when, story.id), reverse=True)
    assert list(store.stories.ids(query)) == [story.id for story in newest_first]


@given(QUERIES)
def test_a_condition_has_an_argument_for_each_question_mark(query: Query) -> None:
    sql, args = condition(query, NOW)
    assert sql.count("?") == len(args)


@given(st.sampled_from(["country", "sector", "feed", "title"]), st.text())
def test_no_value_becomes_part_of_the_sql(field: str, value: str) -> None:
    assert condition(Has(field, (value,)), NOW).sql in (
        condition(Has(field, ("plain",)), NOW).sql,
        "1",
    )


def test_everything_is_all_and_nothing_is_none(archive: tuple[Store, list[Known]]) -> None:
    store, known = archive
    assert len(store.stories.ids(And(()))) == len(known) == store.stories.count() == 300
    assert len(store.stories.ids(Or(()))) == 0


def test_a_changed_story_is_changed(
    store: Store, wire: int, deliver: Callable[..., object], story: Callable[..., Story]
) -> None:
    deliver(wire, story("a", "One"), story("b", "Two"))
    deliver(wire, story("a", "One and a half"))
    (changed,) = store.stories.ids(Has("is", ("changed",)))
    assert store.stories.rows([StoryId(changed)])[0].title == "One and a half"


def test_a_field_that_is_not_known_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="no such field: colour"):
        condition(Has("colour", ("red",)), NOW)


@pytest.mark.parametrize("kind", ["country", "sector", "event", "feed"])
def test_facets_count_what_choosing_them_would_give(
    archive: tuple[Store, list[Known]], kind: str
) -> None:
    store, _ = archive
    others = (Words("trade"), Has("is", ("unread",)))
    for query in (And(()), And((*others, Has(kind, ("JP", "trade", "Echo", "visit"))))):
        counts = store.stories.facets(query).counts[kind]
        rest = others if query.of else ()
        assert counts == {
            code: len(store.stories.ids(And((*rest, Has(kind, (code,)))))) for code in counts
        }
        assert list(counts.values()) == sorted(counts.values(), reverse=True)
        assert len(counts) >= 1
