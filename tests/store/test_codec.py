"""Whatever is packed comes back the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dipread.model import Evidence, Link, Quote, Tag
from dipread.store.codec import (
    pack,
    pack_evidence,
    pack_links,
    pack_quote,
    pack_text,
    tag_of,
    tag_row,
    unpack_evidence,
    unpack_links,
    unpack_quote,
    unpack_text,
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


QUOTES = st.tuples(FIELDS, NUMBERS, NUMBERS, st.text(), st.text(), st.text())


@given(st.none() | QUOTES.map(lambda parts: Quote(*parts)))
def test_a_quote_comes_back(quote: Quote | None) -> None:
    assert unpack_quote(pack_quote(quote)) == quote


@given(TAGS)
def test_a_tag_comes_back(tag: Tag) -> None:
    story, *columns = tag_row(7, tag)
    assert tag_of(tuple(columns)) == tag
    assert story == 7


@given(st.text(alphabet="~.ab"), st.text(alphabet="~.ab"), st.text(alphabet="~.ab"))
def test_a_rule_comes_back_however_it_is_called(kind: str, code: str, rest: str) -> None:
    for rule in (rest, f"{kind}.{code}.{rest}"):
        evidence = (Evidence("text", 3, 8, rule),)
        assert unpack_evidence(kind, code, pack_evidence(kind, code, evidence)) == evidence


@given(st.text() | st.text(min_size=200) | st.text(min_size=1, max_size=3).map(lambda t: t * 300))
def test_a_text_comes_back(text: str) -> None:
    assert unpack_text(pack_text(text)) == text


def test_a_long_text_takes_less_room() -> None:
    text = "The ministers met in Rome and signed a declaration on trade. " * 10
    assert len(pack_text(text)) < len(text) / 2
