"""What can be read out of the tags of stories: what happened when, and who promised what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from dipread.export.escape import address, cell
from dipread.export.telling import words_of
from dipread.model import Commitment, Happening, Standing, StoryDetail, StoryId, Vocabulary

GAP = timedelta(days=183)
_YEAR = re.compile(r"\b(20\d\d)\b")
Kept = Mapping[tuple[StoryId, str], tuple[Standing, str, str]]
"""What a reader says of commitments: status, source and due, by story and words."""


def chronology(details: Iterable[StoryDetail]) -> list[Happening]:
    """The stories in which something happened, oldest first; those without a date at the end."""
    found = [_happening(each) for each in details if any(t.kind == "event" for t in each.tags)]
    return sorted(found, key=lambda each: (not each.dated, each.when, each.story))


def _happening(detail: StoryDetail) -> Happening:
    def codes(kind: str, acting: bool = False) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                tag.code
                for tag in detail.tags
                if tag.kind == kind
                and (not acting or tag.role in ("actor", "addressee") or tag.about)
            )
        )

    story = detail.story
    return Happening(
        detail.id,
        story.published or detail.fetched,
        story.published is not None,
        codes("event"),
        codes("country", acting=True),
        codes("person"),
        codes("sector"),
        story.title,
        story.link,
        detail.feeds[0].title if detail.feeds else "",
    )


def gaps(happenings: Sequence[Happening]) -> Iterator[tuple[int, datetime, datetime]]:
    """The silences of more than six months: before which line, from when, to when."""
    dated = [(at, each.when) for at, each in enumerate(happenings) if each.dated]
    for (_, before), (at, after) in pairwise(dated):
        if after - before > GAP:
            yield at, before, after


def commitments(details: Iterable[StoryDetail], kept: Kept) -> list[Commitment]:
    """Every promise in stories, verbatim, newest story first; `kept` is what the reader says of them."""
    found = []
    for detail in details:
        for tag in detail.tags:
            if tag.kind != "commitment":
                continue
            slots = dict(tag.slots)
            for words in dict.fromkeys(words_of(each, detail) for each in tag.evidence):
                status, source, due = kept.get((detail.id, words), ("announced", "", ""))
                found.append(
                    Commitment(
                        detail.id,
                        words,
                        tuple(slots.get("parties", "").split()),
                        slots.get("grade", tag.code.partition(".")[0]),
                        detail.story.published or detail.fetched,
                        detail.story.title,
                        detail.story.link,
                        status,
                        source,
                        due or _due(words, detail),
                    )
                )
    return found


def _due(words: str, detail: StoryDetail) -> str:
    """The year that a promise names, if it is not one of the past."""
    years = [year for year in _YEAR.findall(words) if int(year) >= detail.when.year]
    return min(years, default="")


def chronology_table(happenings: Sequence[Happening], vocabulary: Vocabulary) -> str:
    """A chronology as a Markdown table; silences over six months stand in it as lines of their own."""
    if not happenings:
        return ""
    silent = {at: (start, end) for at, start, end in gaps(happenings)}
    lines = ["| Date | Event | Who | Sectors | Source |", "|---|---|---|---|---|"]
    for at, each in enumerate(happenings):
        if at in silent:
            start, end = silent[at]
            lines.append(f"| {start:%Y-%m} to {end:%Y-%m} | *nothing for over six months* | | | |")
        who = [*(vocabulary.label("country", code) for code in each.who), *each.people]
        lines.append(
            "| "
            + " | ".join(
                (
                    day(each),
                    cell(", ".join(vocabulary.short("event", code) for code in each.events)),
                    cell(", ".join(who)),
                    cell(", ".join(vocabulary.short("sector", code) for code in each.sectors[:3])),
                    _source(each.title, each.link),
                )
            )
            + " |"
        )
    return "\n".join(lines)


def commitments_table(found: Sequence[Commitment], vocabulary: Vocabulary) -> str:
    """Commitments as a Markdown table."""
    if not found:
        return ""
    lines = [
        "| Parties | What (verbatim) | Grade | Due | Status | Source |",
        "|---|---|---|---|---|---|",
    ]
    for each in found:
        status = each.status + (f" ({each.source})" if each.source else "")
        lines.append(
            f"| {cell(', '.join(each.parties))} | “{cell(each.words)}” | {cell(vocabulary.label('commitment', each.grade))}"
            f" | {each.due or 'none given'} | {cell(status)} | {_source(each.title, each.link)} |"
        )
    return "\n".join(lines)


def day(happening: Happening) -> str:
    """The date of a line; that of fetching, and said so, where the feed gave none."""
    if happening.dated:
        return f"{happening.when:%Y-%m-%d}"
    return f"date unknown (fetched {happening.when:%Y-%m-%d})"


def _source(title: str, link: str) -> str:
    words = cell(title or "(no headline)")
    return f"[{words}]({address(link)})" if link else words
