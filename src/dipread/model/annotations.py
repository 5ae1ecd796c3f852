"""What a person adds to stories."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from dipread.model.stories import Field, StoryId, TagKind

AnnotationType = Literal["note", "fact", "assessment", "question", "to-do"]
Confidence = Literal["", "likely", "confirmed", "doubtful"]

_HASHTAG = re.compile(r"#([^\s#,;:!?()\[\]{}\"'«»“”]+)")


class Quote(Struct, frozen=True):
    """A passage kept from a story: W3C TextQuoteSelector (exact, prefix, suffix) plus its position.

    One from another archive, whose words are not in the story here, has no position: -1.
    """

    field: Field
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


class Annotation(Struct, frozen=True):
    """A note on a story, or on a quote from one revision of it; `uuid` never changes.

    `confidence` belongs to assessments. `due` is when to look at it again, `done` when that was seen to.
    """

    uuid: str
    story: StoryId
    revision: int
    note: str
    created: datetime
    edited: datetime
    quote: Quote | None = None
    type: AnnotationType = "note"
    tags: tuple[str, ...] = ()
    confidence: Confidence = ""
    due: date | None = None
    done: datetime | None = None
    author: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Its tags: those given to it and those written into the note as #tag, each once."""
        return tuple(dict.fromkeys((*self.tags, *hashtags(self.note))))


class Noted(Struct, frozen=True):
    """An annotation with what a list of them shows of its story.

    `place` is where its quote stands in the words of now: None for a note on the whole story, and when
    the place is `lost`.
    """

    annotation: Annotation
    title: str
    link: str
    feed: str
    when: datetime
    countries: tuple[str, ...]
    place: tuple[int, int] | None = None
    lost: bool = False


class Tally(Struct, frozen=True):
    """What annotations come to: how many there are, how many lost their place, and their tags, most first."""

    notes: int
    lost: int
    tags: dict[str, int]


class NoteFilter(Struct, frozen=True):
    """Which annotations are meant; nothing given, all of them. `due` means due on that day or before."""

    type: AnnotationType | None = None
    tag: str = ""
    due: date | None = None
    orphan: bool = False
    open: bool = False
    words: str = ""


class Item(Struct, frozen=True):
    """A story in the basket of the brief, or a quote of it (`note`), below a heading of its reader's own.

    Without a heading it stands below its pair and sector; without a `place` (0), by time.
    """

    story: StoryId
    note: str = ""
    heading: str = ""
    place: int = 0


class Verdict(Struct, frozen=True):
    """A person's word on a tag: it is right, it is wrong, or it was missing. It outranks every rule."""

    story: StoryId
    kind: TagKind
    code: str
    says: Literal["right", "wrong", "missing"]
    created: datetime


def hashtags(note: str) -> list[str]:
    """The tags that a note names as #tag.

    >>> hashtags("compare #visit-prep, then #Rome")
    ['visit-prep', 'Rome']
    """
    return _HASHTAG.findall(note)
