"""`dipread brief`, `chronology` and `commitments`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from dipread.cli.context import library
from dipread.cli.printing import Record, output, print_listing
from dipread.errors import EMPTY, UsageError
from dipread.export import chronology as happenings_of
from dipread.export import chronology_table, commitments_table, day, gaps
from dipread.export import commitments as commitments_of
from dipread.library import Library
from dipread.model import And, Commitment, Happening, Has, Query, StoryId, Vocabulary
from dipread.store import Store

MOST_SECTORS = 4
_SPAN = re.compile(r"(\d{1,4})([hdw])")
_ID = re.compile(r"([0-9]{1,18})\.([0-9]{1,4})")


def brief(arguments: argparse.Namespace) -> int:
    """The press review of the basket, or of a query."""
    desk = library(arguments)
    cutoff = _moment(arguments.at) if arguments.at else desk.now()
    back = _span(arguments.since)
    query = _query(desk, arguments, cutoff - back, cutoff)
    with desk.open() as store:
        if arguments.empty:
            print(f"{store.basket.clear()} taken out of the brief")
            return 0
        text = desk.brief(store, query, cutoff, (arguments.since, back))
        nothing = query is None and not store.basket.items()
    with output(arguments) as out:
        out.write(text)
    if nothing and not arguments.quiet:
        sys.stderr.write(
            "dipread: nothing is in the brief; b in the screen puts a story there, -q QUERY asks for some\n"
        )
    return 0


def _query(
    desk: Library, arguments: argparse.Namespace, start: datetime, end: datetime
) -> Query | None:
    if arguments.asked is None:
        return None
    arguments.query = arguments.asked
    since, until = (f"{each:%Y-%m-%dT%H:%M}" for each in (start, end))
    return And((desk.parse(arguments.asked), Has("since", (since,)), Has("until", (until,))))


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    if not found:
        raise UsageError(f"'{text}' is no span of time", "Write 24h, 3d or 1w.")
    return timedelta(hours=int(found[1]) * {"h": 1, "d": 24, "w": 168}[found[2]])


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        if not 1900 <= moment.year < 9999:
            raise ValueError("no room to look back from, or none to come")
    except (ValueError, OverflowError):
        raise UsageError(
            f"'{text}' is no moment", "Write 2026-01-19T06:30, or with +01:00 after it."
        ) from None
    return moment


# --------------------------------------------------------------------------------------- chronology


def chronology(arguments: argparse.Namespace) -> int:
    """What happened between two countries, oldest first."""
    desk = library(arguments)
    words = [f"pair:{arguments.pair}"]
    words += [f"since:{arguments.start}"] if arguments.start else []
    words += [f"until:{arguments.end}"] if arguments.end else []
    arguments.query = " ".join(words)
    query = desk.parse(arguments.query)
    with desk.open() as store:
        found = happenings_of(store.stories.details(query))
    vocabulary = desk.vocabulary
    if arguments.format == "md":
        with output(arguments) as out:
            out.write(chronology_table(found, vocabulary) + "\n")
    else:
        print_listing(arguments, _happenings(found), partial(_happening_line, vocabulary))
    if not arguments.quiet:
        for _, start, end in gaps(found):
            sys.stderr.write(f"dipread: nothing from {start:%Y-%m-%d} to {end:%Y-%m-%d}\n")
        undated = sum(not each.dated for each in found)
        if undated:
            sys.stderr.write(f"dipread: {undated} at the end without a date of their own\n")
    return EMPTY if arguments.fail_if_empty and not found else 0


def _happenings(found: list[Happening]) -> Iterator[Record]:
    silent = {at: (start, end) for at, start, end in gaps(found)}
    for at, each in enumerate(found):
        since = silent.get(at)
        yield {
            "date": f"{each.when:%Y-%m-%d}" if each.dated else None,
            "said": day(each),
            "gap_since": f"{since[0]:%Y-%m-%d}" if since else None,
            "events": list(each.events),
            "who": list(each.who),
            "people": list(each.people),
            "sectors": list(each.sectors),
            "title": each.title,
            "link": each.link,
            "feed": each.feed,
            "story": each.story,
        }


def _happening_line(vocabulary: Vocabulary, row: Record) -> str:
    """Two lines: when, who and what happened; then in which sectors, and by what source."""
    gap = f"     … nothing since {row['gap_since']}: over six months\n" if row["gap_since"] else ""
    events = ", ".join(vocabulary.short("event", each) for each in row["events"])
    sectors = ", ".join(vocabulary.short("sector", each) for each in row["sectors"][:MOST_SECTORS])
    first = f"{row['said']:<10}  {' '.join(row['who']):<8} {events}"
    return f"{gap}{first}{f' · {sectors}' if sectors else ''}\n            {row['title']}  ({row['feed']})"


# -------------------------------------------------------------------------------------- commitments


def commitments(arguments: argparse.Namespace) -> int:
    """What states said they will do, verbatim; or how one of these stands now."""
    desk = library(arguments)
    arguments.query = " ".join(arguments.words)
    query = And((desk.parse(arguments.query), Has("has", ("commitment",))))
    with desk.open() as store:
        if arguments.set:
            return _set(arguments, desk, store)
        found = commitments_of(store.stories.details(query), store.promises.kept())
    if arguments.format == "md":
        with output(arguments) as out:
            out.write(commitments_table(found, desk.vocabulary) + "\n")
    else:
        print_listing(arguments, _promises(found, desk.vocabulary), _promise_line)
    return EMPTY if arguments.fail_if_empty and not found else 0


def _set(arguments: argparse.Namespace, desk: Library, store: Store) -> int:
    """How the commitment of an id, as the listing shows it, stands."""
    name, standing = arguments.set
    written = _ID.fullmatch(name)
    detail = store.stories.detail(StoryId(int(written[1]))) if written else None
    found = commitments_of([detail], store.promises.kept()) if detail else []
    if not written or not 1 <= int(written[2]) <= len(found):
        raise UsageError(f"no commitment has the id '{name}'", "See: dipread commitments")
    one = found[int(written[2]) - 1]
    due = one.due if arguments.due is None else arguments.due
    store.promises.say(one.story, one.words, standing, arguments.source or one.source, due)
    return 0


def _promises(found: list[Commitment], vocabulary: Vocabulary) -> Iterator[Record]:
    numbers: dict[int, int] = {}
    for each in found:
        numbers[each.story] = numbers.get(each.story, 0) + 1
        yield {
            "id": f"{each.story}.{numbers[each.story]}",
            "parties": list(each.parties),
            "words": each.words,
            "grade": each.grade,
            "due": each.due or None,
            "status": each.status,
            "source": each.source or None,
            "date": f"{each.when:%Y-%m-%d}",
            "title": each.title,
            "link": each.link,
            "story": each.story,
        }


def _promise_line(row: Record) -> str:
    due = f", due {row['due']}" if row["due"] else ""
    return (
        f"{row['id']:>8} {row['date']} {' '.join(row['parties']):<8} {row['grade']:<13}"
        f" {row['status']}{due}  “{row['words']}”"
    )
