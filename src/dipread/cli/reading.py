"""`dipread list`, `show`, `why` and `feeds`: reading without the screen."""

from __future__ import annotations

import argparse
import json
import shutil
import sys

from dipread.cli.context import library, question
from dipread.cli.records import health_record, row_record, story_record
from dipread.errors import DipreadError
from dipread.library import Library
from dipread.model import Evidence, Story, StoryDetail, StoryId, StoryRow, Tag
from dipread.store import READERS_WORD

EMPTY = 4
PAGE = 500
CONTEXT = 40


def list_stories(arguments: argparse.Namespace) -> int:
    """The stories that match, newest first."""
    desk = library(arguments)
    query = question(desk, arguments)
    with desk.open() as store:
        ids = store.stories.find(query, arguments.limit)
        if not ids and not store.stories.count() and not arguments.quiet:
            sys.stderr.write("dipread: the archive is empty; dipread fetch fills it\n")
        for at in range(0, len(ids), PAGE):
            for row in store.stories.rows(ids[at : at + PAGE]):
                print(
                    json.dumps(row_record(row), ensure_ascii=False)
                    if arguments.format == "jsonl"
                    else _row(row)
                )
    return EMPTY if arguments.fail_if_empty and not ids else 0


def _row(row: StoryRow) -> str:
    marks = ("★" if row.starred else " ") + (" " if row.read else "●")
    line = f"{row.id:>6} {marks} {'' if row.date_known else '~'}{row.when:%Y-%m-%d %H:%M}{' ' if row.date_known else ''} {' '.join(row.countries[:3]):<8}  {row.title}  ({row.feed})"
    if not sys.stdout.isatty():
        return line
    width = shutil.get_terminal_size().columns
    return line if len(line) <= width else line[: width - 1] + "…"


def show_story(arguments: argparse.Namespace) -> int:
    """One story, whole."""
    desk = library(arguments)
    detail = _detail(desk, arguments.id)
    story = detail.story
    if arguments.format == "jsonl":
        tags = [f"{tag.kind}:{tag.code}" for tag in detail.tags]
        print(
            json.dumps({"id": detail.id, **story_record(story), "tags": tags}, ensure_ascii=False)
        )
        return 0
    feeds = ", ".join(feed.title for feed in detail.feeds)
    print(
        f"{story.title}\n{feeds} · {detail.when:%d %b %Y %H:%M} UTC{'' if story.published else ' (fetched; no date given)'}"
    )
    print(f"{story.link}\n\n{story.text}\n")
    print(" · ".join(f"{tag.kind}:{tag.code}" for tag in detail.tags))
    for annotation in detail.annotations:
        quoted = f"“{annotation.quote.exact}” " if annotation.quote else ""
        print(f"✎ {quoted}{annotation.note}")
    return 0


def why(arguments: argparse.Namespace) -> int:
    """Every tag of a story, with the words and rules that earned it."""
    desk = library(arguments)
    detail = _detail(desk, arguments.id)
    print(detail.story.title)
    if not detail.tags:
        print("  no rule found anything to tag")
    for tag in detail.tags:
        print(f"\n{tag.kind} {desk.vocabulary.label(tag.kind, tag.code)} ({tag.code}){_said(tag)}")
        for each in tag.evidence:
            said = "you said so" if each.rule == READERS_WORD else in_context(each, detail.story)
            print(f"  {said}  [{each.rule}]")
    return 0


def _said(tag: Tag) -> str:
    parts = [
        tag.role or "",
        "about" if tag.about else "",
        *(f"{name} {value}" for name, value in tag.slots),
    ]
    parts += [f"score {tag.score:.1f}", f"confidence {tag.confidence:.2f}"]
    return " — " + ", ".join(part for part in parts if part)


def in_context(evidence: Evidence, story: Story) -> str:
    """The words of a piece of evidence between ‹ ›, with what stands before and after."""
    text: str = getattr(story, evidence.field)
    before = text[max(0, evidence.start - CONTEXT) : evidence.start]
    after = text[evidence.end : evidence.end + CONTEXT]
    return " ".join(f"{before}‹{text[evidence.start : evidence.end]}›{after}".split())


def list_feeds(arguments: argparse.Namespace) -> int:
    """The listed feeds, and how they fare."""
    desk = library(arguments)
    with desk.open() as store:
        for health in store.feeds.health():
            if arguments.format == "jsonl":
                print(json.dumps(health_record(health), ensure_ascii=False))
                continue
            fares = health.problem or ("ok" if health.last_good else "not fetched yet")
            print(f"{health.feed.group:<15} {health.feed.title:<30} {health.stories:>6}  {fares}")
    return 0


def _detail(desk: Library, number: int) -> StoryDetail:
    with desk.open() as store:
        detail = store.stories.detail(StoryId(number))
    if detail is None:
        raise DipreadError(f"no story has the number {number}", "List stories with: dipread list")
    return detail
