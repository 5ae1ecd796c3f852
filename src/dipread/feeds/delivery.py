"""A feed's bytes read and its stories tagged, in a process that may be killed.

A feed of a hundred lines can keep a parser busy for hours, or have it take all the memory there is. So no
feed is parsed where stories are kept or shown. This end has limits that the system itself enforces; the
other end (readers.py) sends one job after another, and waits for no answer too long.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from functools import cached_property
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from dipread.errors import DipreadError, FeedParseError
from dipread.feeds.jobs import (
    PARSED,
    READY,
    SIZE_BYTES,
    Answer,
    Job,
    Reading,
    Refusal,
    Rules,
    job_in,
    message,
    rules_in,
)
from dipread.fetch import Seen, parse_feed, parted
from dipread.limits import at_most, limit_memory
from dipread.model import Story, Tag
from dipread.store import items_of

if TYPE_CHECKING:
    from dipread.fetch import ParsedFeed
    from dipread.rules.rulebook import Rulebook

PARSE_SECONDS = 5
TAG_SECONDS = 60
SPARE_BYTES = 200_000_000
"""Memory beside what the program has when it starts."""


class Desk:
    """Reads and tags; the knowledge is loaded when the first story asks for it."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def parse(self, job: Job) -> ParsedFeed:
        """The stories of a job; raises FeedParseError and nothing else."""
        with at_most(PARSE_SECONDS):
            try:
                seen = Seen(job.known, parted(job.written))
                parsed = parse_feed(job.body, job.address, job.content_type, seen)
            except (MemoryError, RecursionError) as fault:
                raise FeedParseError(f"not readable as a feed ({type(fault).__name__})") from None
        if not job.language:
            return parsed
        # The list's word on a feed's language goes before the feed's own, often a default left in.
        stories = tuple(replace(each, lang=job.language) for each in parsed.stories)
        return replace(parsed, stories=stories)

    def tag(self, job: Job, parsed: ParsedFeed) -> Reading:
        """The stories that are new or changed, tagged; raises ConfigError for a faulty rule."""
        if job.only_read:
            items = items_of(parsed.stories, {}, lambda story: ())
            return Reading(parsed.title, tuple(items), cut=parsed.cut)
        with at_most(TAG_SECONDS):
            items = items_of(parsed.stories, job.known, self._tags_of, parsed.repeated)
        reading = Reading(parsed.title, tuple(items), cut=parsed.cut, written=parsed.written)
        if not any(each.story for each in items):
            return reading
        rulebook = self._rulebook
        return replace(reading, rules=rulebook.knowledge.hash, edition=rulebook.edition)

    def _tags_of(self, story: Story) -> tuple[Tag, ...]:
        from dipread.classify import classify

        return classify(story, self._rulebook.knowledge)

    @cached_property
    def _rulebook(self) -> Rulebook:
        from dipread.rules.rulebook import Rulebook

        return Rulebook(self._rules.own, self._rules.cache, self._rules.folder)


def main() -> None:
    """Take the rules, then job after job from stdin; write each answer to stdout."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other end decides when this one ends
    gc.set_threshold(50_000, 20, 20)
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    limit_memory(SPARE_BYTES)
    with suppress(EOFError, BrokenPipeError):  # nobody asks any more
        desk = Desk(rules_in(_heard(jobs)))
        answers.write(READY)
        answers.flush()
        while True:
            job = job_in(_heard(jobs))
            answer: Answer
            try:
                parsed = desk.parse(job)
                answers.write(PARSED)
                answers.flush()
                answer = desk.tag(job, parsed)
            except FeedParseError as fault:
                answers.write(PARSED)
                answer = Reading(problem=fault.message)
            except DipreadError as fault:
                answer = Refusal(fault.message, fault.hint)
            answers.write(message(answer))
            answers.flush()


def _heard(jobs: IO[bytes]) -> bytes:
    """The next message; raises EOFError when there is none."""
    size = int.from_bytes(jobs.read(SIZE_BYTES))
    if not size:
        raise EOFError
    return jobs.read(size)
