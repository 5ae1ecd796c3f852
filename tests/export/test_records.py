"""Annotations for other programs, read back equal."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dipread.errors import DipreadError
from dipread.export import (
    CSV_NAMES,
    annotation_line,
    csl_item,
    csv_rows,
    read_annotation,
    settled,
    w3c_collection,
)
from dipread.model import Annotation, Quote
from tests.hostile_words import hostile_words

from .conftest import detail

MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing"),
    *("highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}
"""Those of the model, section 3.3.5."""
QUOTE = {"field": "text", "start": 0, "end": 1, "exact": "x", "prefix": "", "suffix": ""}
WORDS = hostile_words
MOMENTS = st.integers(631_152_000, 4_102_444_800).map(
    lambda each: datetime.fromtimestamp(each, UTC)
)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    one = detail()
    start = draw(st.integers(0, 1_000))
    exact = draw(hostile_words.filter(bool))
    quote = Quote("text", start, start + len(exact), exact, draw(WORDS), draw(WORDS))
    return Annotation(
        *(str(draw(st.uuids())), one.id, one.revision, draw(WORDS), draw(MOMENTS), draw(MOMENTS)),
        quote=draw(st.none() | st.just(quote)),
        type=draw(st.sampled_from(["note", "fact", "assessment", "question", "to-do"])),
        tags=tuple(draw(st.lists(WORDS, max_size=3))),
        confidence=draw(st.sampled_from(["", "likely", "confirmed", "doubtful"])),
        due=draw(st.none() | st.dates(date(1990, 1, 1))),
        done=draw(st.none() | MOMENTS),
        author=draw(WORDS),
    )


@given(annotations())
def test_json_lines_read_back_equal(annotation: Annotation) -> None:
    line = json.dumps(annotation_line(annotation, detail()), ensure_ascii=True)
    again, story = read_annotation(json.loads(line), "x:1")
    assert replace(again, story=annotation.story, revision=annotation.revision) == annotation
    assert story["link"] == detail().story.link


def test_a_quote_that_was_read_finds_its_words_here_or_has_no_place() -> None:
    one = detail()
    note = one.annotations[0]
    assert settled(note, one) == note
    longer = replace(one, story=replace(one.story, text="On Monday: " + one.story.text))
    moved = settled(note, longer).quote
    assert moved is not None
    assert longer.story.text[moved.start : moved.end] == moved.exact == "Tokyo and Rome"
    lost = settled(note, replace(one, story=replace(one.story, text="Other words.")))
    assert lost.quote is not None
    assert (lost.quote.start, lost.quote.exact) == (-1, "Tokyo and Rome")
    line = json.loads(json.dumps(annotation_line(lost, one)))
    assert read_annotation(line, "x")[0].quote == lost.quote


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "other/1"},
        {"type": "poem"},
        {"created": "yesterday"},
        {"note": 5},
        {"quote": {"field": "text"}},
        {"quote": {**QUOTE, "end": 99}},
        {"story": None},
        {"tags": None},
        {"due": "soon"},
    ],
)
def test_what_is_no_annotation_is_named_with_its_place(change: dict[str, Any]) -> None:
    line = {**annotation_line(detail().annotations[0], detail()), **change}
    with pytest.raises(DipreadError, match=r"notes.jsonl:3: not an annotation"):
        read_annotation(line, "notes.jsonl:3")
    for wrong in (None, [], "x", {}):
        with pytest.raises(DipreadError):
            read_annotation(wrong, "x")


@given(st.lists(annotations(), max_size=4))
def test_w3c_annotations_keep_to_the_model(notes: list[Annotation]) -> None:
    """The MUSTs of https://www.w3.org/TR/annotation-model/ for what we use of it, and every word of ours."""
    one = replace(detail(), annotations=tuple(notes))
    page = json.loads(json.dumps(w3c_collection([one])))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == len(notes)
    for item, note in zip(page["items"], notes, strict=True):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", item["id"])
        assert item["type"] == "Annotation"
        for name in ("created", "modified"):
            assert datetime.strptime(item[name], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
        assert item["motivation"] in MOTIVATIONS
        said = [*([note.note] if note.note else []), *note.labels]
        said += [note.confidence] if note.confidence else []
        assert [body["value"] for body in item.get("body", ())] == said
        for body in item.get("body", ()):
            assert body["type"] == "TextualBody"
            assert body["purpose"] in MOTIVATIONS
        assert item.get("creator") == (
            {"type": "Person", "name": note.author} if note.author else None
        )
        target = item["target"]
        if note.quote is None:
            assert target == one.story.link
            continue
        assert target["type"] == "SpecificResource"
        assert target["source"] == one.story.link
        selectors = {each["type"]: each for each in target["selector"]}
        assert set(selectors) <= {"TextQuoteSelector", "TextPositionSelector"}
        quoted = selectors["TextQuoteSelector"]
        assert [quoted[name] for name in ("exact", "prefix", "suffix")] == [
            *(note.quote.exact, note.quote.prefix, note.quote.suffix)
        ]
        position = selectors["TextPositionSelector"]
        assert 0 <= position["start"] <= position["end"]


@given(st.lists(annotations(), max_size=4))
def test_csv_reads_back_equal_and_no_cell_is_a_formula(notes: list[Annotation]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV_NAMES)
    writer.writerows(csv_rows([replace(detail(), annotations=tuple(notes))]))
    out.seek(0)
    rows = list(csv.DictReader(out))
    for row, note in zip(rows, notes, strict=True):
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row.values())
        said = {name: cell.removeprefix("'") for name, cell in row.items()}
        assert said["quote"] == (note.quote.exact if note.quote else "")
        assert said["note"] == note.note
        assert said["author"] == note.author
        assert said["tags"] == " ".join(note.labels)
        assert (said["type"], said["confidence"]) == (note.type, note.confidence)
        assert bool(said["done"]) == bool(note.done)
        assert (said["due"] or None) == (note.due.isoformat() if note.due else None)
        assert datetime.fromisoformat(said["created"]) == note.created
        assert (said["headline"], said["pairs"]) == ("Japan and Italy agree", "IT-JP")


def test_a_citation_holds_what_zotero_needs() -> None:
    item = json.loads(json.dumps(csl_item(detail())))
    assert item["id"] == "dipread-7"
    assert item["issued"] == {"date-parts": [[2026, 11, 20]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 20]]}
    assert (item["title"], item["URL"]) == ("Japan and Italy agree", "https://desk.example/a?x=1")
    assert item["note"] == "Ask the post.\n\nOn the whole."
    bare = replace(detail(), story=replace(detail().story, published=None, link=""), feeds=())
    assert not {"issued", "URL", "publisher"} & csl_item(bare).keys()


@given(title=WORDS, feed=WORDS, authors=st.lists(WORDS, max_size=3), note=WORDS, lang=WORDS)
def test_citations_read_back_equal(
    title: str, feed: str, authors: list[str], note: str, lang: str
) -> None:
    one = detail(note=note)
    one = replace(
        one,
        story=replace(one.story, title=title, authors=tuple(authors), lang=lang),
        feeds=(replace(one.feeds[0], title=feed, publisher=feed),),
    )
    (item,) = json.loads(json.dumps([csl_item(one)], ensure_ascii=False))
    assert item["title"] == title
    assert (item["container-title"], item["publisher"]) == (feed, feed)
    assert [each["literal"] for each in item.get("author", ())] == authors
    assert item.get("language", "") == lang
    assert item["note"] == "\n\n".join(filter(None, (note, "On the whole.")))
    assert item["URL"] == one.story.link
    assert {*item} <= CSL_VARIABLES


CSL_VARIABLES = {
    *("id", "type", "title", "accessed", "container-title", "publisher", "issued", "URL"),
    *("language", "author", "note"),
}
"""Names of https://docs.citationstyles.org, so that no program meets one it does not know."""
