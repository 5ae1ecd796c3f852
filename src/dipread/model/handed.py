"""What is handed over to others, and how."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from dipread.model.stories import StoryId


class Happening(Struct, frozen=True):
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


class Commitment(Struct, frozen=True):
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


class Receipt(Struct, frozen=True):
    """What an export was made from: the question, the rules, the time it covers, and who was silent in it."""

    query: str
    rules: str
    own_rules: int
    start: datetime | None = None
    end: datetime | None = None
    failed: tuple[tuple[str, str], ...] = ()


Group = Literal["story", "pair", "country", "sector", "day", "week", "none"]
Include = Literal["front", "summary", "evidence", "notes", "text", "tables"]


class ExportPlan(Struct, frozen=True):
    """How stories are to be written: in which flavour, how grouped, and what of each."""

    flavour: str = "obsidian"
    group: Group = "story"
    include: frozenset[Include] = frozenset(("front", "evidence", "notes", "tables"))


class Exported(Struct, frozen=True):
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
