"""`dipread note`: notes written, changed, listed and taken in, without the screen."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dipread.cli.context import library
from dipread.cli.journal import BEFORE
from dipread.cli.printing import Record, print_listing
from dipread.cli.records import instant
from dipread.config import read_text
from dipread.editor import written_in_editor
from dipread.errors import PARTLY, DipreadError, UsageError
from dipread.export import read_annotation, settled
from dipread.library import Library
from dipread.model import Annotation, Noted, NoteFilter, Quote, StoryDetail, StoryId
from dipread.model.anchor import quote_of
from dipread.store import Store
from dipread.text.cleaning import clean_line
from dipread.text.days import read_day
from dipread.text.plural import plural

PAGE = 500


def add(arguments: argparse.Namespace) -> int:
    """Write a note; its id is the output."""
    desk = library(arguments)
    with desk.open() as store:
        detail = store.stories.detail(StoryId(arguments.story))
        if detail is None:
            raise DipreadError(
                f"no story has the number {arguments.story}", "List stories with: dipread list"
            )
        quote = _quote(arguments.quote, detail) if arguments.quote else None
        text = _words(arguments.text, "")
        if not text and quote is None:
            raise UsageError("the note is empty", "Say something, or quote words with --quote.")
        note = store.annotations.add(
            *(detail.id, text, quote, desk.now()),
            type=arguments.type or "note",
            tags=_tags(arguments),
            confidence=arguments.confidence or "",
            due=_due(arguments, desk),
        )
    print(note.uuid)
    return 0


def _quote(words: str, detail: StoryDetail) -> Quote:
    """The words where they stand in the text, else in the headline. Raises DipreadError unless they do, once."""
    for field, text in (("text", detail.story.text), ("title", detail.story.title)):
        places = text.count(words)
        if places > 1:
            raise DipreadError(
                f"the story says that {places} times: “{clean_line(words)}”",
                "Quote some words more, so that the place is plain.",
            )
        if places:
            start = text.index(words)
            return quote_of(field, text, start, start + len(words))  # type: ignore[arg-type]
    raise DipreadError(
        f"the story does not say: “{clean_line(words)}”", f"Read it with: dipread show {detail.id}"
    )


def edit(arguments: argparse.Namespace) -> int:
    """Change the words or fields of a note."""
    desk = library(arguments)
    with desk.open() as store:
        note = store.annotations.one(arguments.id)
        changes: dict[str, Any] = {}
        if arguments.type:
            changes["type"] = arguments.type
        if arguments.confidence:
            changes["confidence"] = arguments.confidence
        if arguments.tag:
            changes["tags"] = _tags(arguments)
        if arguments.due:
            changes["due"] = _due(arguments, desk)
        if arguments.text is not None or not changes:
            changes["note"] = _words(arguments.text, note.note)
        store.annotations.change(note.uuid, desk.now(), **changes)
    return 0


def list_notes(arguments: argparse.Namespace) -> int:
    """The notes that are meant."""
    desk = library(arguments)
    asked = NoteFilter(
        *(arguments.type, arguments.tag, _due(arguments, desk), arguments.orphan, arguments.open),
        words=" ".join(arguments.words),
    )
    with desk.open() as store:
        print_listing(arguments, map(_record, _rows(store, store.notes.find(asked))), _line)
    return 0


def _rows(store: Store, uuids: Sequence[str]) -> Iterator[Noted]:
    for at in range(0, len(uuids), PAGE):
        yield from store.notes.rows(uuids[at : at + PAGE])


def _record(row: Noted) -> Record:
    note = row.annotation
    return {
        "id": note.uuid,
        "type": note.type,
        "confidence": note.confidence,
        "quote": note.quote.exact if note.quote else None,
        "note": note.note,
        "tags": list(note.labels),
        "due": note.due and note.due.isoformat(),
        "done": instant(note.done),
        "lost": row.lost,
        "author": note.author,
        "created": instant(note.created),
        "edited": instant(note.edited),
        "story": note.story,
        "title": row.title,
        "link": row.link,
        "feed": row.feed,
        "countries": list(row.countries),
    }


def _line(row: Record) -> str:
    quote = f"“{clean_line(row['quote'])}” " if row["quote"] else ""
    marks = [f"due {row['due']}" if row["due"] else "", "done" if row["done"] else ""]
    marks += ["lost its place" if row["lost"] else "", *(f"#{tag}" for tag in row["tags"])]
    said = " ".join(filter(None, marks))
    return (
        f"{row['id'][:8]} {row['created'][:10]} {row['type']:<10} {quote}{clean_line(row['note'])}"
        f"  {said}  ({row['story']}: {row['title']})"
    )


def done(arguments: argparse.Namespace) -> int:
    """A note was seen to, or was not."""
    desk = library(arguments)
    with desk.open() as store:
        note = store.annotations.one(arguments.id)
        store.annotations.finish(note.uuid, desk.now(), not arguments.undone)
    return 0


def place(arguments: argparse.Namespace) -> int:
    """The candidates for a lost quote, or one of them taken."""
    desk = library(arguments)
    with desk.open() as store:
        note = store.annotations.one(arguments.id)
        found = store.annotations.candidates(note.uuid)
        if arguments.candidate is None:
            for number, each in enumerate(found, start=1):
                where = f"{each.quote.field} {each.quote.start}–{each.quote.end}"
                print(f"{number}  {each.alike:.0%}  {where}  “{clean_line(each.quote.exact)}”")
            if not found:
                sys.stderr.write("dipread: nothing in the story is like these words any more\n")
        elif arguments.candidate > len(found):
            raise UsageError(
                f"there is no candidate {arguments.candidate}",
                f"See: dipread note place {note.uuid[:8]}",
            )
        else:
            chosen = found[arguments.candidate - 1]
            store.annotations.anchor(note.uuid, chosen.quote, desk.now())
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Take a note away."""
    with library(arguments).open() as store:
        store.annotations.remove(store.annotations.one(arguments.id).uuid)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """A note, and what it said before."""
    with library(arguments).open() as store:
        note = store.annotations.one(arguments.id)
        (row,) = store.notes.rows([note.uuid])
        print(_line(_record(row)))
        for entry in store.annotations.history(note.uuid):
            before = entry.change.before
            said = f": {clean_line(before['note'])}" if before and before["note"] else ""
            print(
                f"  {entry.made:%Y-%m-%d %H:%M} {BEFORE[entry.how]}{entry.what}; before{said or ': nothing'}"
            )
    return 0


# -------------------------------------------------------------------------------------- taking in


def bring_in(arguments: argparse.Namespace) -> int:
    """Take in notes: those of stories that are here; a note that is here already stays if it is the newer."""
    desk = library(arguments)
    name = str(arguments.file)
    text = sys.stdin.read() if name == "-" else read_text(arguments.file)
    read = [
        read_annotation(_json(line, f"{name}:{number}"), f"{name}:{number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    taken = kept = 0
    lost: list[str] = []
    with desk.open() as store:
        for note, about in read:
            story = store.annotations.story_of(about)
            detail = store.stories.detail(story) if story is not None else None
            if detail is None:
                lost.append(f"{note.uuid[:8]} on “{clean_line(str(about.get('title', '')))}”")
            elif _take(store, settled(note, detail)):
                taken += 1
            else:
                kept += 1
    if not arguments.quiet:
        sys.stderr.write(f"dipread: {plural(taken, 'note')} taken in, {kept} were here already\n")
    for each in lost:
        sys.stderr.write(f"dipread: no such story here: {each}\n")
    return PARTLY if lost else 0


def _take(store: Store, note: Annotation) -> bool:
    before = store.annotations.here(note.uuid)
    if before is not None and before.edited >= note.edited:
        return False
    store.annotations.restore(note)
    return True


def _json(line: str, place: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise DipreadError(
            f"{place}: not JSON: {fault}", "One annotation a line, as dipread export writes them."
        ) from None


# ------------------------------------------------------------------------------------- what is said


def _words(given: str | None, before: str) -> str:
    if given == "-":
        return sys.stdin.read().strip()
    return (written_in_editor(before, os.environ) if given is None else given).strip()


def _tags(arguments: argparse.Namespace) -> tuple[str, ...]:
    tags = [each.removeprefix("#") for each in arguments.tag or ()]
    for each in tags:
        if not each or any(letter.isspace() or letter in ',"#' for letter in each):
            raise UsageError(f"'{each}' is no tag", "A tag is one word without commas or quotes.")
    return tuple(dict.fromkeys(tags))


def _due(arguments: argparse.Namespace, desk: Library) -> date | None:
    return read_day(arguments.due, desk.now().date()) if arguments.due else None
