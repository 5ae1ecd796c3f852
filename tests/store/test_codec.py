"""Whatever is packed comes back the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dipread.model import Evidence, Link, Quote, Tag
from dipread.store.codec import (
    pack,
    pack_links,
    pack_quote,
    tag_of,
    tag_row,
    unpack_links,
    unpack_quote,
    unpack_texts,
)

NUMBERS = st.integers(0, 10_000)
TEXTS = st.lists(st.text()).map(tuple)
FIELDS = st.sampled_from(["title", "text"])
EVIDENCE = st.lists(st.builds(Evidence, FIELDS, NUMBERS, NUMBERS, st.text())).map(tuple)
TAGS = st.builds(
    Tag,
    kind=st.sampled_from(["country", "pair", "sector", "event", "forum", "person"]),
    code=st.text(),
    score=st.floats(0, 100),
    confidence=st.floats(0, 1),
    evidence=EVIDENCE,
    role=st.sampled_from([None, "actor", "dateline"]),
    about=st.booleans(),
    slots=st.dictionaries(st.text(), st.text()).map(lambda each: tuple(each.items())),
)


@given(TEXTS)
def test_texts_come_back(texts: tuple[str, ...]) -> None:
    assert unpack_texts(pack(texts)) == texts


@given(st.lists(st.builds(Link, NUMBERS, NUMBERS, st.text())).map(tuple))
def test_links_come_back(links: tuple[Link, ...]) -> None:
    assert unpack_links(pack_links(links)) == links


@given(st.none() | st.builds(Quote, FIELDS, NUMBERS, NUMBERS, st.text(), st.text(), st.text()))
def test_a_quote_comes_back(quote: Quote | None) -> None:
    assert unpack_quote(pack_quote(quote)) == quote


@given(TAGS)
def test_a_tag_comes_back(tag: Tag) -> None:
    story, *columns, rules = tag_row(7, tag, "rules-1")
    assert tag_of(tuple(columns)) == tag
    assert (story, rules) == (7, "rules-1")
