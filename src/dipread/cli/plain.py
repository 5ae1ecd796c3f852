"""`dipread --plain`: the desk line by line, for screen readers, Braille and terminals that can't place text.

Nothing is ever painted over: what is said stays said. Each line typed is a command; a number is a story.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from msgspec.structs import replace

from dipread.cli.context import configuration
from dipread.errors import DipreadError
from dipread.library import Library
from dipread.model import EVERYTHING, Query, StoryDetail, StoryId, StoryRow
from dipread.query import print_query
from dipread.store import Found, Store
from dipread.text.plural import plural
from dipread.tui.typeset.lines import seen
from dipread.tui.typeset.page import LISTED, byline

PAGE = 10
HELP = (
    ("Enter, n", "the next stories"),
    ("p", "the stories before"),
    ("12", "read story 12 of the list"),
    ("/country:JP trade", "ask something else; / alone is every story"),
    ("w", "why this story has its tags"),
    ("s, m", "give or take its star; mark it read or unread"),
    ("a words", "write a note on it"),
    ("t", "which countries, sectors and events the stories have, with counts"),
    ("l", "say the list again"),
    ("?", "these commands"),
    ("q", "quit"),
)


def open_plainly(arguments: argparse.Namespace) -> int:
    """Open the reader's archive line by line."""
    return read_plainly(Library(configuration(arguments)))


def read_plainly(library: Library) -> int:
    """Read commands until the end of the input."""
    with library.open() as store:
        Plain(library, store, sys.stdin, sys.stdout).run()
    return 0


class Plain:
    """A list of stories, the page of it that was said last, and the story at hand."""

    def __init__(self, library: Library, store: Store, source: TextIO, out: TextIO) -> None:
        self._library = library
        self._store = store
        self._source = source
        self._out = out
        self._asked: Query = EVERYTHING
        self._found: Found = store.stories.find()
        self._top = 0
        self._story: StoryDetail | None = None

    def run(self) -> None:
        """Say the first stories, then do what is asked line by line."""
        self._say(
            f"dipread, line by line. {plural(len(self._found), 'story', 'stories')}. ? lists the commands."
        )
        self._list()
        for line in self._lines():
            if line == "q":
                break
            try:
                self._do(line)
            except DipreadError as fault:
                self._say(f"Error: {fault.message}" + (f". {fault.hint}" if fault.hint else ""))

    def _lines(self) -> Iterator[str]:
        while True:
            self._out.write("> ")
            self._out.flush()
            line = self._source.readline()
            if not line:
                self._out.write("\n")
                return
            yield line.strip()

    def _do(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        plain: dict[str, Callable[[], None]] = {
            "": lambda: self._turn(1),
            "n": lambda: self._turn(1),
            "p": lambda: self._turn(-1),
            "l": self._list,
            "w": self._why,
            "s": self._star,
            "m": self._mark,
            "t": self._counts,
            "?": self._help,
        }
        if line.startswith("/"):
            self._ask(line[1:].strip())
        elif line.isdecimal():
            self._read(int(line))
        elif command == "a":
            self._note(rest.strip())
        elif line in plain:
            plain[line]()
        else:
            self._say(f"There is no command {seen(line)}. ? lists them.")

    # ------------------------------------------------------------------------------------ the list

    def _ask(self, text: str) -> None:
        asked = self._library.parse(text)
        self._found, self._asked, self._top = self._store.stories.find(asked), asked, 0
        said = print_query(asked) or "every story"
        self._say(f"{plural(len(self._found), 'story', 'stories')}: {said}")
        self._list()

    def _turn(self, way: int) -> None:
        top = self._top + way * PAGE
        if not 0 <= top < max(1, len(self._found)):
            self._say("These are the last." if way > 0 else "These are the first.")
            return
        self._top = top
        self._list()

    def _list(self) -> None:
        ids = self._found[self._top : self._top + PAGE]
        for number, row in enumerate(self._store.stories.rows(ids), self._top + 1):
            self._say(_row(number, row, self._library))
        if not ids:
            self._say("No story.")

    # ----------------------------------------------------------------------------------- the story

    def _read(self, number: int) -> None:
        if not 1 <= number <= len(self._found):
            self._say(f"There is no story {number}: they go from 1 to {len(self._found)}.")
            return
        self._story = self._store.stories.detail(StoryId(self._found[number - 1]))
        if (story := self._story) is None:
            self._say("This story is gone.")
            return
        self._store.states.mark_read([story.id], True)
        vocabulary = self._library.vocabulary
        self._say(f"Story {number} of {len(self._found)}")
        self._say(seen(story.story.title))
        self._say(byline(story, vocabulary))
        tags = [
            vocabulary.label(each.kind, each.code) for each in story.tags if each.kind in LISTED
        ]
        self._say("Tags: " + (", ".join(dict.fromkeys(tags)) or "none"))
        for paragraph in story.story.text.split("\n"):
            if paragraph.strip():
                self._say(seen(paragraph))
        for note in story.annotations:
            quote = f"on “{seen(note.quote.exact)}”: " if note.quote else ""
            self._say(f"Note {quote}{seen(note.note)}")
        self._say("End of the story.")

    def _why(self) -> None:
        story = self._at_hand()
        for tag in story.tags:
            label = self._library.vocabulary.label(tag.kind, tag.code)
            self._say(f"{tag.kind} {label}, score {tag.score:.1f}:")
            for each in tag.evidence:
                text = story.story.title if each.field == "title" else story.story.text
                self._say(f"  “{seen(text[each.start : each.end])}”, rule {each.rule}")
        if not story.tags:
            self._say("This story has no tags.")

    def _star(self) -> None:
        story = self._at_hand()
        self._store.states.star([story.id], not story.starred)
        self._story = replace(story, starred=not story.starred)
        self._say("Star taken off." if story.starred else "Star given.")

    def _mark(self) -> None:
        story = self._at_hand()
        row = self._store.stories.rows([story.id])[0]
        self._store.states.mark_read([story.id], not row.read)
        self._say("Marked unread." if row.read else "Marked read.")

    def _note(self, words: str) -> None:
        story = self._at_hand()
        if not words:
            raise DipreadError("a note needs words", "Write: a compare with 2023")
        self._store.annotations.add(story.id, words, None, self._library.now())
        self._story = self._store.stories.detail(story.id)
        self._say("Note written.")

    def _at_hand(self) -> StoryDetail:
        if self._story is None:
            raise DipreadError("no story is open", "Type its number to read one.")
        return self._story

    # -------------------------------------------------------------------------------------- the rest

    def _counts(self) -> None:
        facets = self._store.stories.facets(self._asked)
        for kind, counts in facets.counts.items():
            most = list(counts.items())[:8]
            label = self._library.vocabulary.short
            said = ", ".join(f"{label(kind, code)} {count}" for code, count in most)
            self._say(f"{kind}: {said or 'none'}")

    def _help(self) -> None:
        for keys, words in HELP:
            self._say(f"{keys}: {words}")

    def _say(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()


def _row(number: int, row: StoryRow, library: Library) -> str:
    """A story in one sentence: number, state, day and time, headline, countries, feed."""
    state = [] if row.read else ["unread"]
    state += ["starred"] if row.starred else []
    state += [plural(row.notes, "note")] if row.notes else []
    names = (library.vocabulary.label("country", each) for each in row.countries[:3])
    about = ", ".join(names)
    parts = (*state, f"{row.when.day} {row.when:%b %H:%M}", about, seen(row.feed))
    return f"{number}. {seen(row.title)}. {'; '.join(each for each in parts if each)}"
