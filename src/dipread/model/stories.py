"""Stories as they came, what they are about, and how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, NewType

from msgspec import Struct, field

if TYPE_CHECKING:
    from dipread.model.annotations import Annotation, Verdict
    from dipread.model.feeds import Feed

StoryId = NewType("StoryId", int)
TagKind = Literal["country", "pair", "sector", "event", "forum", "person", "gate", "commitment"]
Role = Literal["actor", "addressee", "mention", "venue", "dateline"]
Field = Literal["title", "text"]


class Link(Struct, frozen=True, gc=False):
    """A hyperlink inside a story's text: `text[start:end]` is its label."""

    start: int
    end: int
    url: str


class Story(Struct, frozen=True, gc=False):
    """A story as its feed delivered it, cleaned. Offsets anywhere count code points of `title` or `text`.

    `uid` names it within its feed (guid, else link, else title and day). `published` is None when the
    feed gave no date that can be read; `zone_known` is False when the date named no time zone.
    """

    uid: str
    guid: str
    link: str
    title: str
    text: str
    published: datetime | None = None
    published_raw: str = ""
    zone_known: bool = True
    lang: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


class Evidence(NamedTuple):
    """The words that earned a tag: `getattr(story, field)[start:end]`, found by `rule`."""

    field: Field
    start: int
    end: int
    rule: str


class Tag(Struct, frozen=True, gc=False):
    """One thing a story is about, with every reason for saying so (never none).

    `code` is ISO 3166-1 alpha-2 for a country, `IT-JP` (sorted) for a pair, else an id of the
    taxonomy, or a person's name. `role` belongs to countries; `about` says that the story is about
    this country rather than naming it in passing. `score` is the weight of the evidence,
    `confidence` 0 to 1. `slots` holds what the tag fills in: years=160, host=JP, of=IT.
    """

    kind: TagKind
    code: str
    score: float
    confidence: float
    evidence: tuple[Evidence, ...]
    role: Role | None = None
    about: bool = False
    slots: tuple[tuple[str, str], ...] = ()


class Revision(Struct, frozen=True):
    """One text that a story had: who delivered it and when it came in."""

    id: int
    feed: str
    fetched: datetime
    title: str
    text: str


class StoryRow(Struct, frozen=True):
    """What one painted line of the list needs. `when` is never None: without a date, the fetch time.

    `lost` counts the quotes whose words are no longer in the story.
    """

    id: StoryId
    title: str
    when: datetime
    date_known: bool
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    feed: str
    feeds: int
    read: bool
    starred: bool
    notes: int
    revisions: int
    link: str = ""
    lost: int = 0


class StoryDetail(Struct, frozen=True):
    """A story with everything known about it."""

    id: StoryId
    story: Story
    when: datetime
    fetched: datetime
    revision: int
    revisions: int
    feeds: tuple[Feed, ...]
    tags: tuple[Tag, ...]
    annotations: tuple[Annotation, ...]
    read: bool
    starred: bool
    verdicts: tuple[Verdict, ...] = ()
    own_tags: tuple[str, ...] = ()
    in_brief: bool = False

    def verdict(self, kind: TagKind, code: str) -> Verdict | None:
        """What the reader said of a tag of this story."""
        return next(
            (each for each in self.verdicts if (each.kind, each.code) == (kind, code)), None
        )


class Facets(Struct, frozen=True):
    """How many stories each value would give: `counts[kind]` maps code to stories, most first.

    Kinds are country, sector, event, feed. Each kind is counted under the query without that
    kind's own terms, so that a chosen country does not hide the others.
    """

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
