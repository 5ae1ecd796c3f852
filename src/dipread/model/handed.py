"""What is handed over to others, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dipread.model.stories import StoryId


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
