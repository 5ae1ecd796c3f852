"""A story as one text to read: headline, byline, tags, body and notes, with every mark in its place.

Offsets count code points of `Page.text`. The headline and the body stand in it letter for letter as
they are stored, so a passage of the page is a passage of the stored field.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct
from rich.cells import cell_len

from dipread.model import Annotation, Field, Link, StoryDetail, TagKind, Vocabulary
from dipread.model.anchor import place_in

PartName = Literal["title", "byline", "tags", "text", "quote", "lost", "note", "gap"]
LOST = "its place is lost: the story has changed, and these words with it"
MarkKind = TagKind | Literal["note", "own"]

MEASURE = 66
TAG_LINES = 2
_APART = 2
LISTED = frozenset({"country", "sector", "event", "forum"})
UNMARKED = frozenset({"gate"})  # what kind of news a story is: its words are many and common


class Part(Struct, frozen=True):
    """A stretch of the page; `note` names the annotation that a quote or a note belongs to."""

    name: PartName
    start: int
    end: int
    note: str = ""


class Mark(Struct, frozen=True):
    """Words that earned a tag (`tag` and `evidence` count within the story), or a noted passage."""

    start: int
    end: int
    kind: MarkKind
    tag: int = -1
    evidence: int = -1
    note: str = ""


class Page(Struct, frozen=True):
    """What the reading pane shows of one story; `marks` are in reading order."""

    text: str
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...]
    tints: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()

    def part_at(self, offset: int) -> Part:
        """The part that holds an offset."""
        return next((part for part in self.parts if offset < part.end), self.parts[-1])

    def part(self, name: PartName) -> Part:
        """The first part of that name; every page has a title and a text."""
        return next(part for part in self.parts if part.name == name)

    def passage(self, start: int, end: int) -> tuple[Field, int, int] | None:
        """The stored field and offsets that a selection covers, None when it covers neither."""
        fields: tuple[Field, Field] = ("title", "text")
        for field in fields:
            part = self.part(field)
            first, last = max(start, part.start), min(end, part.end)
            if first < last:
                return field, first - part.start, last - part.start
        return None


def page_of(detail: StoryDetail, vocabulary: Vocabulary, measure: int = MEASURE) -> Page:
    """Lay out a story: its text, the parts of it, and the marks of its tags and notes.

    `measure` is how many cells a line of tags may take.
    """
    return _Setter(detail, vocabulary, measure).page()


def byline(detail: StoryDetail, vocabulary: Vocabulary) -> str:
    """Feed, date and language in one line; a date no feed gave is said to be unknown."""
    feeds = [feed.title for feed in detail.feeds]
    where = feeds[0] if feeds else ""
    if len(feeds) > 1:
        where += f" and {len(feeds) - 1} more"
    known = detail.story.published is not None
    when = moment(detail.when) if known else f"no date, fetched {moment(detail.fetched)}"
    language = vocabulary.label("lang", detail.story.lang)
    changed = f"changed {detail.revisions - 1}×" if detail.revisions > 1 else ""
    return " · ".join(each for each in (where, when, language, changed) if each)


def moment(when: datetime) -> str:
    """A date as dipread writes it.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 9, 13, 14, 5, tzinfo=UTC))
    '13 Sep 2026 14:05 UTC'
    """
    return f"{when.day} {when:%b %Y %H:%M} UTC"


def quoted(words: str) -> str:
    """Words in quotation marks, unless they come with their own.

    >>> quoted("a pact"), quoted("“a pact”")
    ('“a pact”', '“a pact”')
    """
    return words if words[:1] in "“”„«「『\"'" else f"“{words}”"


def _said(annotation: Annotation) -> str:
    """A note with what kind of note it is, as it stands below the text."""
    kind = annotation.confidence or annotation.type
    about = [
        kind if kind != "note" else "",
        *(f"#{tag}" for tag in annotation.tags),
        f"due {annotation.due:%d %b %Y}" if annotation.due else "",
        "done" if annotation.done else "",
        f"by {annotation.author}" if annotation.author else "",
    ]
    told = " · ".join(each for each in about if each)
    return "\n".join(each for each in (annotation.note, told) if each) or "(empty note)"


class _Setter:
    """Sets the page part by part, keeping count of where each begins."""

    def __init__(self, detail: StoryDetail, vocabulary: Vocabulary, measure: int) -> None:
        self._detail = detail
        self._vocabulary = vocabulary
        self._measure = measure
        self._written: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._tints: list[Mark] = []

    def page(self) -> Page:
        detail = self._detail
        self._part("title", detail.story.title)
        self._part("byline", "\n" + byline(detail, self._vocabulary))
        self._tags()
        self._part("gap", "\n\n")
        self._part("text", detail.story.text)
        for annotation in detail.annotations:
            self._note(annotation)
        where = {part.name: part.start for part in reversed(self._parts)}
        marks = sorted(self._marks(where), key=lambda mark: (mark.start, -mark.end))
        base = where["text"]
        links = (Link(base + each.start, base + each.end, each.url) for each in detail.story.links)
        return Page(
            "".join(self._written),
            tuple(self._parts),
            tuple(marks),
            tuple(self._tints),
            tuple(each for each in links if each.url.startswith(("http://", "https://"))),
        )

    def _part(self, name: PartName, text: str, note: str = "") -> None:
        self._written.append(text)
        self._parts.append(Part(name, self._length, self._length + len(text), note))
        self._length += len(text)

    def _tags(self) -> None:
        """The reader's own tags and what the story is about, in two lines at most; of what does not fit, the number."""
        shown: list[tuple[int, MarkKind, str]] = [
            (-1, "own", f"#{tag}") for tag in self._detail.own_tags
        ]
        shown += [
            (index, tag.kind, self._vocabulary.short(tag.kind, tag.code))
            for index, tag in enumerate(self._detail.tags)
            if tag.kind in LISTED and (tag.kind != "country" or tag.about)
        ]
        written = ""
        line, used = 0, self._measure
        for number, (index, kind, label) in enumerate(shown):
            left = len(shown) - number - 1
            room = self._measure - used
            if line == TAG_LINES and left:
                room -= _APART + len(f"+{left}")
            if _APART + cell_len(label) <= room:
                written += " " * _APART
                used += _APART + cell_len(label)
            elif line < TAG_LINES:
                written += "\n"
                line, used = line + 1, cell_len(label)
            else:
                written += f"{' ' * _APART}+{left + 1}"
                break
            place = self._length + len(written)
            self._tints.append(Mark(place, place + len(label), kind, index))
            written += label
        if written:
            self._part("tags", written)

    def _note(self, annotation: Annotation) -> None:
        if annotation.quote is not None:
            self._part("gap", "\n\n")
            self._part("quote", quoted(annotation.quote.exact), annotation.uuid)
            if place_in(annotation, self._detail) is None:
                self._part("gap", "\n")
                self._part("lost", LOST, annotation.uuid)
            self._part("gap", "\n")
        else:
            self._part("gap", "\n\n")
        self._part("note", _said(annotation), annotation.uuid)

    def _marks(self, where: dict[PartName, int]) -> Iterator[Mark]:
        for index, tag in enumerate(self._detail.tags):
            if tag.kind in UNMARKED:
                continue
            for number, evidence in enumerate(tag.evidence):
                base = where[evidence.field]
                yield Mark(base + evidence.start, base + evidence.end, tag.kind, index, number)
        for annotation in self._detail.annotations:
            passage = place_in(annotation, self._detail)
            if annotation.quote is not None and passage is not None:
                base = where[annotation.quote.field]
                start, end = passage
                yield Mark(base + start, base + end, "note", note=annotation.uuid)
        for part in self._parts:
            if part.name == "note":
                yield Mark(part.start, part.end, "note", note=part.note)


def numbered(page: Page, text: str) -> dict[int, str]:
    """A number on the first letters of every link, digit by digit, each as wide as the letter it hides.

    >>> from dipread.model import Link
    >>> numbered(Page("see here", (), (), (), (Link(4, 8, "https://a.example"),)), "see here")
    {4: '1'}
    """
    written: dict[int, str] = {}
    for number, link in enumerate(page.links, 1):
        place = link.start
        for digit in str(number):
            while place < link.end and cell_len(text[place]) not in (1, 2):
                place += 1
            if place < link.end:
                wide = cell_len(text[place]) == 2
                written[place] = chr(0xFF10 + int(digit)) if wide else digit
            place += 1
    return written
