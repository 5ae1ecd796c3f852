"""The nouns of dipread, frozen; every datetime is aware and in UTC.

A feed delivers stories. A story earns tags, each with the evidence that earned it. A reader marks
stories and annotates them. A query asks for stories; rows and details are how they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, NewType

from dipread.text import hashtags

StoryId = NewType("StoryId", int)
FeedId = NewType("FeedId", int)

FeedKind = Literal["official", "igo", "wire", "press", "think-tank", "sector"]
TagKind = Literal["country", "pair", "sector", "event", "forum", "person", "gate", "commitment"]
Role = Literal["actor", "addressee", "mention", "venue", "dateline"]
Field = Literal["title", "text"]
AnnotationType = Literal["note", "fact", "assessment", "question", "to-do"]
Confidence = Literal["", "likely", "confirmed", "doubtful"]
Status = Literal["ok", "partial", "error", "unchanged", "moved", "gone", "backoff"]
CheckVerdict = Literal["ok", "silent", "failing", "moved", "gone", "wall", "not a feed"]
FeedState = Literal["new", "ok", "silent", "failing", "waiting", "gone"]

NO_NETWORK = "no such host, or no network"
"""The problem of a feed whose host can't be found."""

# ---------------------------------------------------------------------------------- what is fetched


@dataclass(frozen=True, slots=True)
class Feed:
    """One [[feed]] of feeds.toml. `country` is where the publisher sits (ISO 3166-1, or INT).

    `user_agent` is told to a server that lets dipread not in; `any_certificate` takes one that nobody
    vouches for.
    """

    url: str
    title: str
    publisher: str
    country: str
    kind: FeedKind
    language: str
    group: str
    interval_minutes: int = 60
    user_agent: str = ""
    any_certificate: bool = False


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
    """A passage kept from a story: W3C TextQuoteSelector (exact, prefix, suffix) plus its position.

    One from another archive, whose words are not in the story here, has no position: -1.
    """

    field: Field
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
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


@dataclass(frozen=True, slots=True)
class Noted:
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


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which annotations are meant; nothing given, all of them. `due` means due on that day or before."""

    type: AnnotationType | None = None
    tag: str = ""
    due: date | None = None
    orphan: bool = False
    open: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A story in the basket of the brief, or a quote of it (`note`), below a heading of its reader's own.

    Without a heading it stands below its pair and sector; without a `place` (0), by time.
    """

    story: StoryId
    note: str = ""
    heading: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """One text that a story had: who delivered it and when it came in."""

    id: int
    feed: str
    fetched: datetime
    title: str
    text: str


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
    in_brief: bool = False

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
    """A listed feed and how it fares. `problem` is empty when its last fetch went well.

    new: never fetched. silent: it answers, but has brought nothing for far longer than its gaps used to
    be. failing: `failures` fetches in a row went wrong, the first at `failing_since`. waiting: its server
    asked to be left alone until `held_until`. gone: its server says that it is no more.

    `usual_gap` is the time between two arrivals of stories, `newest` the last of them; both are None
    until enough came. `moved_to` is the address that its server says it has for good.
    """

    id: FeedId
    feed: Feed
    stories: int
    last_fetched: datetime | None = None
    last_good: datetime | None = None
    failures: int = 0
    problem: str = ""
    state: FeedState = "new"
    failing_since: datetime | None = None
    held_until: datetime | None = None
    newest: datetime | None = None
    usual_gap: timedelta | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed found at an address or on a web page, read once: `problem` says why it could not be."""

    url: str
    title: str
    language: str = ""
    stories: int = 0
    newest: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checkup:
    """A feed asked and looked at, but not taken in: how it fares, in a word, why, and what to do about it."""

    feed: Feed
    verdict: CheckVerdict
    reason: str = ""
    advice: str = ""


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
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of a chronology: what happened in one story, who took part, on what day it was published."""

    story: StoryId
    when: datetime
    dated: bool
    events: tuple[str, ...]
    who: tuple[str, ...]
    people: tuple[str, ...]
    sectors: tuple[str, ...]
    title: str
    link: str
    feed: str


Standing = Literal["announced", "under way", "kept", "overdue", "dropped", "unknown"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """What parties said they will do, verbatim, and what its reader says became of it, with a source."""

    story: StoryId
    words: str
    parties: tuple[str, ...]
    grade: str
    when: datetime
    title: str
    link: str
    status: Standing = "unknown"
    source: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an export was made from: the question, the rules, the time it covers, and who was silent in it."""

    query: str
    rules: str
    own_rules: int
    start: datetime | None = None
    end: datetime | None = None
    failed: tuple[tuple[str, str], ...] = ()


Group = Literal["story", "pair", "country", "sector", "day", "week", "none"]
Include = Literal["front", "summary", "evidence", "notes", "text", "tables"]


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """How stories are to be written: in which flavour, how grouped, and what of each."""

    flavour: str = "obsidian"
    group: Group = "story"
    include: frozenset[Include] = frozenset(("front", "evidence", "notes", "tables"))


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did with one file.

    written: a new file. rewritten: our blocks were as we left them. appended: the reader had edited a
    block, so a dated one was added below. beside: a file of another's had the name, ours got `-2`.
    `text` is what the file holds now, `before` what it held.
    """

    path: str
    did: Literal["written", "rewritten", "unchanged", "appended", "beside"]
    stories: int = 1
    before: str = ""
    text: str = ""
