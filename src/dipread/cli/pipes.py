"""`dipread parse` and `dipread tag`: filters that store nothing."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dipread.classify import tag_record
from dipread.cli.context import library
from dipread.cli.records import story_record
from dipread.errors import DipreadError, FeedParseError, UsageError
from dipread.fetch import parse_feed
from dipread.limits import at_most, limit_memory, watched_over
from dipread.model import Story

PARSE_SECONDS = 20
SPARE_BYTES = 500_000_000
TOO_MUCH = f"not readable within {PARSE_SECONDS} seconds and the memory allowed"
STORY_LINE = 'Each line must be {"id": ..., "title": ..., "text": ...}; "uid" will do for "id".'


def parse(arguments: argparse.Namespace) -> int:
    """The stories of a feed's bytes, as JSON lines; by a copy of this process, which a hostile feed may end."""
    if (code := watched_over()) is not None:
        if code < 0:
            raise FeedParseError(TOO_MUCH)
        return code
    limit_memory(SPARE_BYTES)
    try:
        with at_most(PARSE_SECONDS):
            parsed = parse_feed(_bytes(arguments.file))
    except (MemoryError, RecursionError):
        raise FeedParseError(TOO_MUCH) from None
    for story in parsed.stories:
        print(json.dumps(story_record(story), ensure_ascii=False))
    if parsed.cut:
        sys.stderr.write(f"dipread: {parsed.cut}\n")
    return 0


def tag(arguments: argparse.Namespace) -> int:
    """Stories as JSON lines in, the same order out, with tags and evidence."""
    desk = library(arguments)
    for number, record in _records(arguments.file):
        try:
            name = record.get("id", record.get("uid"))  # what `dipread parse` prints has a uid
            story = Story(
                uid="",
                guid="",
                link="",
                title=record.get("title") or "",
                text=record.get("text") or "",
                lang=record.get("lang") or "",
            )
        except (TypeError, AttributeError):
            raise UsageError(f"line {number}: not a story", STORY_LINE) from None
        if name is None or not all(
            isinstance(each, str) for each in (story.title, story.text, story.lang)
        ):
            raise UsageError(f"line {number}: not a story: it needs an id and texts", STORY_LINE)
        found = tag_record(name, desk.tag(story), story)
        print(json.dumps(found, ensure_ascii=False))
    return 0


def _records(path: Path | None) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(_bytes(path).splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as fault:
                raise UsageError(f"line {number}: not JSON: {fault}") from None


def _bytes(path: Path | None) -> bytes:
    if path is None or str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as fault:
        raise DipreadError(f"{path}: can't be read: {fault.strerror}") from None
