"""`dipread list`, `show` and `why`: reading without the screen."""

from __future__ import annotations

import argparse
import shutil
import sys

from dipread.cli.columns import shortened
from dipread.cli.context import library, question
from dipread.cli.printing import Record, print_listing
from dipread.cli.records import row_record, rows_of, story_record
from dipread.errors import EMPTY, DipreadError
from dipread.library import Library
from dipread.model import Evidence, Story, StoryDetail, StoryId, Tag
from dipread.store import READERS_WORD

CONTEXT = 40


def list_stories(arguments: argparse.Namespace) -> int:
    """The stories that match, newest first."""
    desk = library(arguments)
    query = question(desk, arguments)
    with desk.open() as store:
        found = store.stories.find(query, arguments.limit)
        if not found and not store.stories.count() and not arguments.quiet:
            sys.stderr.write("dipread: the archive is empty; dipread fetch fills it\n")
        print_listing(arguments, map(row_record, rows_of(store, found)), _row)
    return EMPTY if arguments.fail_if_empty and not found else 0


def _row(row: Record) -> str:
    marks = ("★" if row["starred"] else " ") + (" " if row["read"] else "●")
    when = f"{row['when'][:16].replace('T', ' ')}"
    dated = f"{when} " if row["date_known"] else f"~{when}"
    countries = " ".join(row["countries"][:3])
    line = f"{row['id']:>6} {marks} {dated} {countries:<8}  {row['title']}  ({row['feed']})"
    if not sys.stdout.isatty():
        return line
    return shortened(line, shutil.get_terminal_size().columns)


def show_story(arguments: argparse.Namespace) -> int:
    """One story, whole."""
    desk = library(arguments)
    detail = _detail(desk, arguments.id)
    story = detail.story
    tags = [f"{tag.kind}:{tag.code}" for tag in detail.tags]
    record = {"id": detail.id, **story_record(story), "tags": tags}
    print_listing(arguments, [record], lambda _: _whole(detail))
    return 0


def _whole(detail: StoryDetail) -> str:
    """A story as it is read: headline, feeds and time, link, text, tags, notes."""
    story = detail.story
    feeds = ", ".join(feed.title for feed in detail.feeds)
    undated = "" if story.published else " (fetched; no date given)"
    tags = " · ".join(f"{tag.kind}:{tag.code}" for tag in detail.tags)
    lines = [
        story.title,
        f"{feeds} · {detail.when:%d %b %Y %H:%M} UTC{undated}",
        f"{story.link}\n\n{story.text}\n",
        tags,
    ]
    for annotation in detail.annotations:
        quoted = f"“{annotation.quote.exact}” " if annotation.quote else ""
        lines.append(f"✎ {quoted}{annotation.note}")
    return "\n".join(lines)


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


def _detail(desk: Library, number: int) -> StoryDetail:
    with desk.open() as store:
        detail = store.stories.detail(StoryId(number))
    if detail is None:
        raise DipreadError(f"no story has the number {number}", "List stories with: dipread list")
    return detail
