"""The nouns of dipread, frozen; every datetime is aware and in UTC.

A feed delivers stories. A story earns tags, each with the evidence that earned it. A reader marks
stories and annotates them. A query asks for stories; rows and details are how they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, NewType

StoryId = NewType("StoryId", int)
FeedId = NewType("FeedId", int)

FeedKind = Literal["official", "igo", "wire", "press", "think-tank", "sector"]
TagKind = Literal["country", "pair", "sector", "event", "forum", "person", "gate", "commitment"]
Role = Literal["actor", "addressee", "mention", "venue", "dateline"]
Field = Literal["title", "text"]
Status = Literal["ok", "partial", "error", "unchanged", "moved", "gone", "backoff"]

# ---------------------------------------------------------------------------------- what is fetched


@dataclass(frozen=True, slots=True)
class Feed:
    """One [[feed]] of feeds.toml. `country` is where the publisher sits (ISO 3166-1, or INT)."""

    url: str
    title: str
    publisher: str
    country: str
    kind: FeedKind
    language: str
    group: str
    interval_minutes: int = 60


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink inside a story's text: `text[start:end]` is its label."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Story:
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


# ----------------------------------------------------------------------------------- what it is about


class Evidence(NamedTuple):
    """The words that earned a tag: `getattr(story, field)[start:end]`, found by `rule`."""

    field: Field
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Tag:
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


# ------------------------------------------------------------------------------------ what a person adds


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage kept from a story: W3C TextQuoteSelector (exact, prefix, suffix) plus its position."""

    field: Field
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note on a story, or on a quote from one revision of it; `uuid` never changes."""

    uuid: str
    story: StoryId
    revision: int
    note: str
    created: datetime
    edited: datetime
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's word on a tag: it is right, it is wrong, or it was missing. It outranks every rule."""

    story: StoryId
    kind: TagKind
    code: str
    says: Literal["right", "wrong", "missing"]
    created: datetime


# ------------------------------------------------------------------------------------ how it is asked for


@dataclass(frozen=True, slots=True)
class Words:
    """Free words: a phrase when quoted, each word in title or text."""

    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """`field:value,value`: any of the values. Values are codes where the field has codes."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Stories that `of` does not match."""

    of: Query


@dataclass(frozen=True, slots=True)
class And:
    """All of them; `And(())` matches every story."""

    of: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them; `Or(())` matches none."""

    of: tuple[Query, ...]


Query = Words | Has | Not | And | Or
EVERYTHING = And(())


@dataclass(frozen=True, slots=True)
class View:
    """A saved query; an alert is told of when a fetch brings what it newly matches."""

    name: str
    query: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of codes, in both directions, for queries and labels.

    `labels[kind][code]` is what to show; `codes[kind][folded alias]` what was meant.
    """

    labels: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, str]]

    def label(self, kind: str, code: str) -> str:
        """What to call a code: "Japan" for JP, "Italy–Japan" for IT-JP, the code itself when unknown."""
        if kind == "pair":
            return "–".join(self.label("country", each) for each in code.split("-"))
        return self.labels.get(kind, {}).get(code, code)

    def short(self, kind: str, code: str) -> str:
        """The same where there is little room: "supply chain" for supply_chain, as queries name it."""
        return in_words(code) if kind in ("sector", "event") else self.label(kind, code)


def in_words(code: str) -> str:
    """A code of the taxonomy as people say it, which is how queries name it.

    >>> in_words("supply_chain")
    'supply chain'
    """
    return code.replace("_", " ")


# ------------------------------------------------------------------------------------- how it is shown


@dataclass(frozen=True, slots=True)
class StoryRow:
    """What one painted line of the list needs. `when` is never None: without a date, the fetch time."""

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


@dataclass(frozen=True, slots=True)
class StoryDetail:
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

    def verdict(self, kind: TagKind, code: str) -> Verdict | None:
        """What the reader said of a tag of this story."""
        return next(
            (each for each in self.verdicts if (each.kind, each.code) == (kind, code)), None
        )


@dataclass(frozen=True, slots=True)
class Facets:
    """How many stories each value would give: `counts[kind]` maps code to stories, most first.

    Kinds are country, sector, event, feed. Each kind is counted under the query without that
    kind's own terms, so that a chosen country does not hide the others.
    """

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A listed feed and how it fares. `problem` is empty when its last fetch went well."""

    id: FeedId
    feed: Feed
    stories: int
    last_fetched: datetime | None = None
    last_good: datetime | None = None
    failures: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one feed's refresh ended; a failed feed is a value, not an exception."""

    feed: Feed
    status: Status
    new: int = 0
    updated: int = 0
    entries: int = 0
    size: int = 0
    milliseconds: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did with one story's file.

    written: a new file. rewritten: our block was as we left it. appended: the reader had edited our
    block, so a dated one was added below. beside: a file of another's had the name, ours got `-2`.
    """

    story: StoryId
    path: str
    did: Literal["written", "rewritten", "unchanged", "appended", "beside"]
