"""What leaves an archive comes back equal, whatever was written."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.cli.arguments import parse
from dipread.cli.exporting import export
from dipread.cli.noting import bring_in
from dipread.model import Annotation, Feed, Story, StoryId
from dipread.model.anchor import quote_of
from dipread.store import Store
from tests.hostile_words import SNIPPETS, hostile_words

FEED = Feed("https://wire.example/rss", "Wire", "Wire Ltd", "FR", "wire", "fr", "World press", 30)
STORY = Story("u", "g", "https://wire.example/u", "Talks " + "".join(SNIPPETS), "\n".join(SNIPPETS))
MOMENTS = st.integers(631_152_000, 4_102_444_800).map(
    lambda each: datetime.fromtimestamp(each, UTC)
)


class Archives:
    """One archive that is written in, and another, with the same story and nothing else in it."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "notes.jsonl"
        self.paths = (folder / "one.db", folder / "other.db")
        self.one, self.other = map(Store, self.paths)
        self.stories = tuple(
            store.ingest.save(store.feeds.add(FEED), [STORY], lambda _: (), "rules").fresh[0].id
            for store in (self.one, self.other)
        )

    def carry(self) -> None:
        """From the one to the other, as the commands do it."""
        one, other = map(str, self.paths)
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            assert done(export, "export", "--format", "jsonl", "-o", self.notes, "--db", one) == 0
            assert done(bring_in, "note", "import", self.notes, "--db", other) == 0

    def clear(self) -> None:
        """No notes in either."""
        for store, story in zip((self.one, self.other), self.stories, strict=True):
            for note in store.annotations.of(story):
                store.annotations.remove(note.uuid)


def done(verb: object, *arguments: object) -> int:
    assert callable(verb)
    given: argparse.Namespace = parse([str(each) for each in arguments])
    code: int = verb(given)
    return code


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archives]:
    folder = tmp_path_factory.mktemp("archives")
    before = os.environ.get("DIPREAD_HOME")
    os.environ["DIPREAD_HOME"] = str(folder)
    made = Archives(folder)
    yield made
    made.one.close()
    made.other.close()
    os.environ.pop("DIPREAD_HOME")
    if before is not None:
        os.environ["DIPREAD_HOME"] = before


@st.composite
def annotations(draw: st.DrawFn, story: StoryId) -> Annotation:
    field = draw(st.sampled_from(["title", "text"]))
    text = STORY.title if field == "title" else STORY.text
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Annotation(
        *(str(draw(st.uuids())), story, 1, draw(hostile_words), draw(MOMENTS), draw(MOMENTS)),
        quote=draw(st.none() | st.just(quote_of(field, text, start, end))),
        type=draw(st.sampled_from(["note", "fact", "assessment", "question", "to-do"])),
        tags=tuple(draw(st.lists(hostile_words, max_size=3))),
        confidence=draw(st.sampled_from(["", "likely", "confirmed", "doubtful"])),
        due=draw(st.none() | st.dates(date(1990, 1, 1))),
        done=draw(st.none() | MOMENTS),
        author=draw(hostile_words),
    )


@settings(max_examples=25)
@given(data=st.data())
def test_notes_carried_to_another_archive_are_equal_there(
    archives: Archives, data: st.DataObject
) -> None:
    archives.clear()
    here, there = archives.stories
    for note in data.draw(st.lists(annotations(here), min_size=1, max_size=4)):
        archives.one.annotations.restore(note)
    archives.carry()
    wanted = archives.one.annotations.of(here)
    assert archives.other.annotations.of(there) == wanted
    lines = archives.notes.read_bytes().split(b"\n")
    assert len(lines) == len(wanted) + 1
    assert {json.loads(each)["uuid"] for each in lines[:-1]} == {each.uuid for each in wanted}
