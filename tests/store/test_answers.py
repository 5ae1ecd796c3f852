"""Any query finds just the stories that it means, told by a plain reading of each story."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.model import (
    And,
    Evidence,
    Feed,
    Has,
    Not,
    Or,
    Query,
    Quote,
    Role,
    Story,
    StoryId,
    Tag,
    TagKind,
    Words,
)
from dipread.store import Store
from dipread.store.words import LEAST_BEGINNING
from dipread.text.span import span

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
WORDS = ("trade", "fish", "talks", "quota", "summit")
COUNTRIES = ("JP", "IT", "FR")
CODES: dict[TagKind, tuple[str, ...]] = {
    "sector": ("trade", "energy"),
    "event": ("visit",),
    "forum": ("g7",),
    "pair": ("IT-JP", "FR-IT"),
    "person": ("Giorgia Meloni", "Sanae Takaichi"),
    "gate": ("sport",),
    "commitment": ("binding.IT-JP", "political.FR-JP"),
}
ROLES: tuple[Role, ...] = get_args(Role)
FEEDS = (
    Feed("https://Wire/", "Wire", "Pub", "FR", "wire", "fr", "G"),
    Feed("https://Echo/", "Echo", "Echo Ltd", "IT", "press", "it", "G"),
    Feed("https://service/", "Wire service", "Pub", "INT", "igo", "en", "G"),
)
OWN = ("urgent", "Été")


@dataclass(frozen=True)
class Known:
    """What the plain reading knows of a story."""

    id: int
    story: Story
    tags: tuple[Tag, ...]
    feed: Feed
    fetched: datetime
    states: frozenset[str]
    notes: tuple[str, ...]


class Archive:
    """An archive, and what is known of each of its stories; no dataclass, for its repr would be long."""

    def __init__(self, store: Store, known: list[Known]) -> None:
        self.store = store
        self.known = known


def random_tags(dice: random.Random) -> tuple[Tag, ...]:
    def tag(kind: TagKind, code: str, role: Role | None = None) -> Tag:
        rule = f"{kind}.{code}.{dice.choice(('en', 'fr'))}"
        why = (Evidence("title", 0, 1, rule),)
        sure = dice.choice((0.3, 0.5, 0.7, 0.9))
        return Tag(kind, code, 1.0, sure, why, role, about=role is not None and dice.random() < 0.5)

    countries = [tag("country", c, dice.choice(ROLES)) for c in COUNTRIES if dice.random() < 0.4]
    others = [tag(kind, c) for kind, codes in CODES.items() for c in codes if dice.random() < 0.3]
    return tuple(countries + others)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three hundred random stories of three feeds, fetched on three days, and what is known of them."""
    dice = random.Random(7)
    path: Path = tmp_path_factory.mktemp("archive") / "dipread.db"
    known: list[Known] = []
    clock = [NOW]
    with Store(path, lambda: clock[0]) as store:
        for age, feed in enumerate(FEEDS):
            clock[0] = NOW - timedelta(days=2 - age)
            number = store.feeds.add(feed)
            stories, tags = [], {}
            for place in range(100):
                uid = f"{feed.title} {place}"
                when = None if place == 5 else NOW - timedelta(hours=dice.randint(50, 2_000))
                lang = dice.choice(("en", "fr", "fr-ch", ""))
                words = dice.sample(WORDS, 2), dice.choices(WORDS, k=dice.randint(0, 3))
                title, text = (" ".join(each) for each in words)
                stories.append(Story(uid, uid, "", title, text, when, lang=lang))
                tags[uid] = random_tags(dice)
            saved = store.ingest.save(number, stories, lambda story: tags[story.uid], "r")  # noqa: B023
            for each in saved.fresh:
                states = {name for name in ("read", "starred") if dice.random() < 0.3}
                notes = mark(store, each.id, each.story, states, dice)
                known.append(
                    Known(each.id, each.story, tags[each.story.uid], feed, clock[0], frozenset(states), notes)
                )  # fmt: skip
        clock[0] = NOW
        yield Archive(store, known)


def mark(
    store: Store, story: StoryId, words: Story, states: set[str], dice: random.Random
) -> tuple[str, ...]:
    """Read, star, note, quote and tag a story by chance; its notes, and its states filled in."""
    store.states.mark_read([story], "read" in states)
    store.states.star([story], "starred" in states)
    notes: list[str] = []
    if dice.random() < 0.3:
        states.add("annotated")
        notes.append(dice.choice(("ask the desk", "see #urgent", "Ask again, #été")))
        quote = Quote("title", 0, 4, words.title[:4]) if dice.random() < 0.5 else None
        states |= {"quoted"} if quote else set()
        store.annotations.add(story, notes[0], quote, NOW)
    if dice.random() < 0.2:
        own = dice.choice(OWN)
        states.add(f"#{own}")
        store.states.tag([story], own, True)
    return tuple(notes)


def holds(query: Query, story: Known) -> bool:
    """What the query means, said plainly."""
    match query:
        case Words(text, phrase):
            return any(said(text, phrase, part) for part in (story.story.title, story.story.text))
        case Not(of):
            return not holds(of, story)
        case And(of):
            return all(holds(each, story) for each in of)
        case Or(of):
            return any(holds(each, story) for each in of)
        case Has(field, values):
            return any(has(field, value, story) for value in values)


def has(field: str, value: str, known: Known) -> bool:
    """Whether a story has a value of a field."""
    codes = {(each.kind, each.code) for each in known.tags if each.role != "dateline"}
    match field:
        case "country":
            return ("country", value) in codes
        case "about":
            return any(t.kind == "country" and t.code == value and t.about for t in known.tags)
        case "pair":
            return any(
                kind == "pair" and (code == value or value in code.split("-"))
                for kind, code in codes
            )
        case "person":
            return any(kind == "person" and value.lower() in code.lower() for kind, code in codes)
        case "commitment":
            return any(kind == field and code.startswith(value + ".") for kind, code in codes)
        case "conf":
            return max((t.confidence for t in known.tags), default=-1.0) >= float(value[2:])
        case "rule":
            rules = (why.rule for each in known.tags for why in each.evidence)
            return any(rule.startswith(value) for rule in rules)
        case "is":
            return value in known.states or (value == "unread" and "read" not in known.states)
        case "has":
            wanted = {"note": "annotated", "quote": "quoted"}.get(value)
            kinds = {kind for kind, _ in codes}
            return wanted in known.states if wanted else value in kinds
        case "note":
            return any(value.lower() in note.lower() for note in known.notes)
        case "tag":
            own = {each[1:].lower() for each in known.states if each.startswith("#")}
            written = {tag.lower() for note in known.notes for tag in re.findall(r"#(\w+)", note)}
            bare = {each.replace("é", "e") for each in own | written}
            return value.lower().replace("é", "e") in bare
        case "lang":
            return known.story.lang.split("-")[0] == value or known.story.lang == value
        case "from":
            return known.feed.country == value
        case "kind":
            return known.feed.kind == value
        case "feed":
            return from_feed(value, known.feed)
        case "since" | "until" | "date" | "fetched":
            return in_time(field, value, known)
        case "title" | "body":
            text = known.story.title if field == "title" else known.story.text
            if value.startswith("/"):
                return re.search(value.strip("/"), text) is not None
            return said(value, " " in value, text)
        case kind:
            return (kind, value) in codes


def in_time(field: str, value: str, known: Known) -> bool:
    when = known.fetched if field == "fetched" else known.story.published or known.fetched
    start, end = span(value, NOW)
    if field == "since":
        end = None
    elif field == "until":
        start, end = None, end or start
    return (start is None or start <= when) and (end is None or when < end)


def said(text: str, phrase: bool, field: str) -> bool:
    """Whether the words stand in the field in this order, the last one going on unless it is a phrase."""
    asked, there = text.split(), field.split()
    last = asked[-1]
    whole = phrase or len(last) < LEAST_BEGINNING
    return any(
        there[at : at + len(asked) - 1] == asked[:-1]
        and (word == last if whole else word.startswith(last))
        for at in range(len(there) - len(asked) + 1)
        for word in (there[at + len(asked) - 1],)
    )


def from_feed(value: str, feed: Feed) -> bool:
    value = value.lower()
    if value in {each.title.lower() for each in FEEDS}:
        return feed.title.lower() == value
    return value in feed.title.lower() or value in feed.publisher.lower()


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple)


VALUES: dict[str, tuple[str, ...]] = {
    "country": (*COUNTRIES, "XX"),
    "about": (*COUNTRIES, "XX"),
    "pair": ("IT-JP", "FR-IT", "JP", "IT", "AA-BB"),
    "sector": ("trade", "energy", "none"),
    "event": ("visit", "none"),
    "forum": ("g7",),
    "gate": ("sport",),
    "person": ("meloni", "Sanae Takaichi", "%"),
    "commitment": ("binding", "political", "aspiration"),
    "from": ("FR", "INT", "JP"),
    "kind": ("wire", "press", "official"),
    "lang": ("en", "fr", "fr-ch", "de"),
    "feed": ("wire", "Echo", "serv", "pub", "%", "_", "nobody"),
    "is": ("read", "unread", "starred", "annotated", "changed", "orphan"),
    "has": ("note", "quote", "country", "pair", "commitment"),
    "conf": (">=0.5", ">=0.7", ">=0.95"),
    "rule": ("sector.trade", "sector.tra", "sector.trade.en", "country.", "commit", "%"),
    "note": ("desk", "ask", "nothing"),
    "tag": ("urgent", "été", "ETE", "none"),
    "since": ("3d", "30d", "2026-08", "yesterday", "2026-08-20T06:30"),
    "until": ("30d", "2026-07", "2026-08-15"),
    "date": ("2026-07", "2026-W32", "60d..30d", "<2026-08", "2026-08-01..2026-08-09", "2026-07-05T05:00.."),
    "fetched": ("today", "2026-08-31", ">2026-08-30", "2d"),
    "title": ("trade", "ta", "tra", "trade talks", "fish summit", "/^tr/", "/a.*s$/"),
    "body": ("trade", "fish", "/^$/", "/quota fish/"),
}  # fmt: skip
ATOMS: st.SearchStrategy[Query] = st.one_of(
    st.builds(Words, st.sampled_from([*WORDS, "tra", "fi", "trade talks", "fish qu"]), st.booleans()),
    *(st.builds(Has, st.just(field), some(values)) for field, values in VALUES.items()),
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


EXAMPLES = int(os.environ.get("DIPREAD_EXAMPLES", "1000"))  # more when there is time


def found(store: Store, query: Query) -> list[int]:
    return list(store.stories.find(query))


@settings(max_examples=EXAMPLES)
@given(query=QUERIES)
def test_a_query_finds_just_the_stories_it_means_newest_first(
    archive: Archive, query: Query
) -> None:
    store, known = archive.store, archive.known
    meant = [story for story in known if holds(query, story)]
    newest = sorted(meant, key=lambda each: (each.story.published or each.fetched, each.id))
    assert found(store, query) == [story.id for story in reversed(newest)]


@given(QUERIES, st.integers(1, 400))
def test_the_oldest_few_are_the_end_of_the_list(archive: Archive, query: Query, most: int) -> None:
    store = archive.store
    order = (Has("sort", ("oldest",)), Has("limit", (str(most),)))
    assert found(store, And((query, *order))) == found(store, query)[::-1][:most]


@given(QUERIES, st.integers(1, 400))
def test_the_newest_few_are_the_beginning_of_the_list(
    archive: Archive, query: Query, most: int
) -> None:
    store = archive.store
    assert store.stories.newest(query, most) == found(store, query)[:most]


@given(QUERIES, QUERIES)
def test_lists_are_joined_and_compared_story_by_story(
    archive: Archive, one: Query, other: Query
) -> None:
    store = archive.store
    first, second = store.stories.find(one), store.stories.find(other)
    assert first.with_also(second) == store.stories.find(Or((one, other)))
    assert first.beyond(second) == len(set(first) - set(second))
    for line, story in enumerate(first):
        assert first[line] == story
        assert first.index(story) == line
    assert first[3:9].tolist() == list(first)[3:9]
    with pytest.raises(ValueError, match="not in the list"):
        first.index(9_999)


@given(st.sampled_from(sorted(VALUES)), st.text(min_size=1))
def test_no_value_is_taken_for_sql(archive: Archive, field: str, value: str) -> None:
    store, known = archive.store, archive.known
    if field in ("feed", "person", "note", "tag", "rule", "sector", "country", "pair", "lang"):
        assert len(store.stories.find(Has(field, (value,)))) <= len(known)


def test_everything_is_all_and_nothing_is_none(archive: Archive) -> None:
    store, known = archive.store, archive.known
    assert len(store.stories.find(And(()))) == len(known) == store.stories.count() == 300
    assert len(store.stories.find(Or(()))) == 0


def test_a_changed_story_is_changed_and_its_lost_quote_an_orphan(
    store: Store, wire: int, deliver: Callable[..., object], story: Callable[..., Story]
) -> None:
    deliver(wire, story("a", "One"), story("b", "Two"))
    for each in store.stories.find():
        detail = store.stories.detail(StoryId(each))
        assert detail
        title = detail.story.title
        store.annotations.add(detail.id, "!", Quote("title", 0, len(title), title), NOW)
    deliver(wire, story("a", "Half of it"))
    deliver(wire, story("b", "Two and a half"))
    assert len(store.stories.find(Has("is", ("changed",)))) == 2
    (orphan,) = store.stories.find(Has("is", ("orphan",)))
    assert store.stories.rows([orphan])[0].title == "Half of it"


@pytest.mark.parametrize("kind", ["country", "sector", "event", "feed"])
def test_facets_count_what_choosing_them_would_give(archive: Archive, kind: str) -> None:
    store = archive.store
    others = (Words("trade"), Has("is", ("unread",)))
    for query in (And(()), And((*others, Has(kind, ("JP", "trade", "Echo", "visit"))))):
        counts = store.stories.facets(query).counts[kind]
        rest = others if query.of else ()
        assert counts == {
            code: len(store.stories.find(And((*rest, Has(kind, (code,)))))) for code in counts
        }
        assert list(counts.values()) == sorted(counts.values(), reverse=True)
        assert len(counts) >= 1
