"""A press review: what is in the basket or answers a query, in the shape an editor starts from.

Everything in it is from the archive, verbatim and numbered; the bottom line and the one-liners are the
author's. The same archive and the same moment give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from dipread import __version__
from dipread.export.dossier import Kept, commitments
from dipread.export.escape import address, cell, code, markdown, yaml
from dipread.export.telling import stamp
from dipread.model import Annotation, Receipt, StoryDetail, Vocabulary
from dipread.text.plural import plural

AHEAD = timedelta(days=7)
UNSURE = 0.5
MOST_UNSURE = 10


class Precedent(Struct, frozen=True):
    """An event between two countries, and when the archive last held one; None for never before."""

    pair: str
    event: str
    last: datetime | None


class BriefItem(Struct, frozen=True):
    """A story of the brief below its heading, with the quotes that were chosen from it, what is new in it
    against the archive, and other stories on the same.
    """

    heading: str
    detail: StoryDetail
    quotes: tuple[Annotation, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    others: tuple[StoryDetail, ...] = ()


class BriefInput(Struct, frozen=True):
    """What a brief is made from. `due` are annotations that are due soon, with their stories; the archive
    begins at `archive_from`.
    """

    items: Sequence[BriefItem]
    receipt: Receipt
    cutoff: datetime
    window: str
    read: int
    due: Sequence[tuple[Annotation, StoryDetail]] = ()
    kept: Kept | None = None
    archive_from: datetime | None = None


def brief_document(given: BriefInput, vocabulary: Vocabulary) -> str:
    """The whole press review as Markdown."""
    return _Brief(given, vocabulary).text()


class _Brief:
    """Writes section by section, numbering the sources as they are first cited."""

    def __init__(self, given: BriefInput, vocabulary: Vocabulary) -> None:
        self._given = given
        self._vocabulary = vocabulary
        self._cited: dict[int, tuple[int, StoryDetail]] = {}

    def text(self) -> str:
        title = f"Press review, {_long_day(self._given.cutoff.date())}"
        sections = [
            ("Top stories", self._top()),
            ("By pair", self._by_pair()),
            ("By sector", self._by_sector()),
            ("Today and next days", self._ahead()),
            ("Said, verbatim", self._said()),
            ("For checking", self._checking()),
        ]
        parts = [self._front(title), f"# {title}", "**Bottom line.** …"]
        for number, (name, lines) in enumerate(sections, start=1):
            parts += [f"## {number}. {name}", "\n".join(lines) or "None."]
        parts += ["## Sources", "\n".join(self._sources()) or "None.", _colophon(self._given)]
        return "\n\n".join(parts) + "\n"

    def _front(self, title: str) -> str:
        given = self._given
        sources = {feed.publisher for each in given.items for feed in each.detail.feeds[:1]}
        return "\n".join(
            [
                "---",
                f"title: {yaml(title)}",
                f"dipread: {yaml(__version__)}",
                "schema: dipread-brief/1",
                f"cutoff: {stamp(given.cutoff)}",
                f"window: {yaml(given.window)}",
                f"query: {yaml(given.receipt.query)}",
                f"counts: {{read_by_rules: {given.read}, in_brief: {len(given.items)},"
                f" sources: {len(sources)}, not_fetched: {len(given.receipt.failed)}}}",
                f"rules: {{version: {yaml(given.receipt.rules)}, user_layer: {given.receipt.own_rules}}}",
                "---",
            ]
        )

    # ------------------------------------------------------------------------------------- sections

    def _top(self) -> Iterator[str]:
        heading = None
        for each in self._given.items:
            if each.heading != heading:
                heading = each.heading
                yield ("" if not self._cited else "\n") + f"### {markdown(heading)}\n"
            yield from self._story(each)

    def _story(self, item: BriefItem) -> Iterator[str]:
        detail = item.detail
        said = (" ".join(self._codes(detail, "pair")), ", ".join(self._names(detail, "event")))
        about = " · ".join(filter(None, said))
        yield f"- **{markdown(detail.story.title)}** {self._cite(detail)}" + (
            f" · {markdown(about)}" if about else ""
        )
        feeds = len(detail.feeds)
        when = "date not given" if not detail.story.published else f"{detail.when:%d %b %H:%M} UTC"
        seen = f"first seen {detail.fetched:%d %b}"
        yield f"  - **What:** … ({plural(feeds, 'source')}; {when}; {seen})"
        for quote in item.quotes:
            if quote.quote:
                yield f"  - **Quote:** “{_line(quote.quote.exact)}” {self._cite(detail)}"
            if quote.note:
                yield f"  - **My note:** {_own(quote.note)}"
        new = "; ".join(self._new(item))
        if new:
            yield f"  - **New against the archive:** {new}."
        also = "; ".join(self._adds(each, detail) for each in item.others)
        if also:
            yield f"  - **Others also report:** {also}"
        for note in detail.annotations:
            if note not in item.quotes and note.note:
                yield f"  - **My note:** {_own(note.note)}"

    def _new(self, item: BriefItem) -> Iterator[str]:
        """Events that are rare between the two, and how many promises of each grade."""
        never: dict[str, list[str]] = {}
        for each in item.precedents:
            event = f"“{markdown(self._vocabulary.short('event', each.event))}”"
            if each.last is None:
                never.setdefault(each.pair, []).append(event)
            else:
                yield f"first {event} of {each.pair} since {each.last:%d %b %Y}"
        start = self._given.archive_from
        for pair, events in never.items():
            since = f", which begins {start:%d %b %Y}" if start else ""
            yield f"first {' and '.join(events)} of {pair} in the archive{since}"
        grades = Counter(each.grade for each in commitments([item.detail], self._given.kept or {}))
        if grades:
            counted = ", ".join(f"{count} {markdown(grade)}" for grade, count in grades.items())
            yield f"promises: {counted}"

    def _adds(self, other: StoryDetail, than: StoryDetail) -> str:
        """Another story, and the events that it names and the first does not."""
        more = [
            each for each in self._names(other, "event") if each not in self._names(than, "event")
        ]
        added = f" (adds: {markdown(', '.join(more))})" if more else ""
        return f"{markdown(other.story.title)} {self._cite(other)}{added}"

    def _by_pair(self) -> Iterator[str]:
        pairs: dict[str, list[StoryDetail]] = {}
        for each in self._given.items:
            for pair in self._codes(each.detail, "pair"):
                pairs.setdefault(pair, []).append(each.detail)
        if pairs:
            yield "| Pair | Stories | Main sectors | One line | Sources |\n|---|---|---|---|---|"
        for pair in sorted(pairs, key=lambda code: (-len(pairs[code]), code)):
            sectors = Counter(s for each in pairs[pair] for s in self._names(each, "sector")[:3])
            cited = " ".join(self._cite(each) for each in pairs[pair])
            main = ", ".join(name for name, _ in sectors.most_common(3))
            yield f"| {pair} | {len(pairs[pair])} | {cell(main)} | … | {cited} |"

    def _by_sector(self) -> Iterator[str]:
        sectors: dict[str, list[StoryDetail]] = {}
        for each in self._given.items:
            for name in self._names(each.detail, "sector")[:2]:
                sectors.setdefault(name, []).append(each.detail)
        for name in sorted(sectors, key=lambda each: (-len(sectors[each]), each)):
            said = "; ".join(
                f"{markdown(each.story.title)} {self._cite(each)}"
                + ("" if self._codes(each, "pair") else " (of no pair)")
                for each in sectors[name]
            )
            yield f"- **{markdown(name)}:** {said}"

    def _ahead(self) -> Iterator[str]:
        for note, detail in self._given.due:
            late = " (overdue)" if note.due and note.due < self._given.cutoff.date() else ""
            words = _own(note.note) if note.note else _line(note.quote.exact if note.quote else "")
            yield f"- {note.due:%d %b %Y}{late}, {note.type}: {words} {self._cite(detail)}"
        details = (each.detail for each in self._given.items)
        for each in commitments(details, self._given.kept or {}):
            if each.due:
                yield f"- due {each.due}: “{_line(each.words)}” ({', '.join(each.parties)})"

    def _said(self) -> Iterator[str]:
        for item in self._given.items:
            for each in item.detail.annotations:
                if each.quote is not None:
                    feed = item.detail.feeds[0].title if item.detail.feeds else ""
                    said = filter(None, (markdown(feed), _day(item.detail)))
                    source = f"{', '.join(said)} {self._cite(item.detail)}"
                    yield f"> “{_line(each.quote.exact)}” — {source}\n"

    def _checking(self) -> Iterator[str]:
        unsure = [
            (tag.code, each.detail)
            for each in self._given.items
            for tag in each.detail.tags
            if tag.kind == "country" and tag.about and tag.confidence < UNSURE
        ]
        for country, detail in unsure[:MOST_UNSURE]:
            yield (
                f"- Is it {self._vocabulary.label('country', country)}? {self._cite(detail)}"
                f" ({code(f'dipread why {detail.id}')})"
            )
        if len(unsure) > MOST_UNSURE:
            yield f"- … and {len(unsure) - MOST_UNSURE} more countries of low confidence"
        for item in self._given.items:
            detail = item.detail
            if detail.story.published is None:
                yield f"- No date was given: {markdown(detail.story.title)} {self._cite(detail)}"
            if detail.revisions > 1:
                yield f"- Changed by its publisher: {markdown(detail.story.title)} {self._cite(detail)}"
            for note in detail.annotations:
                if note.done is None and (note.type == "question" or note.confidence == "doubtful"):
                    yield f"- {note.confidence or note.type}: {_own(note.note)} {self._cite(detail)}"
        for feed, problem in self._given.receipt.failed:
            yield f"- Not fetched: {markdown(feed)} ({markdown(problem)}). Nothing of it since is here."

    # -------------------------------------------------------------------------------------- sources

    def _cite(self, detail: StoryDetail) -> str:
        self._cited.setdefault(detail.id, (len(self._cited) + 1, detail))
        number, _ = self._cited[detail.id]
        link = detail.story.link
        return f"[\\[{number}\\]]({address(link)})" if link else f"\\[{number}\\]"

    def _sources(self) -> Iterator[str]:
        for number, each in self._cited.values():
            story = each.story
            feed = markdown(each.feeds[0].title) if each.feeds else ""
            when = f"{story.published:%Y-%m-%d %H:%M} UTC" if story.published else "date not given"
            link = f" <{address(story.link)}>" if story.link else ""
            yield f"{number}. {markdown(story.title)}. {feed}, {when}; read {each.fetched:%Y-%m-%d}.{link}"

    def _codes(self, detail: StoryDetail, kind: str) -> list[str]:
        return list(dict.fromkeys(tag.code for tag in detail.tags if tag.kind == kind))

    def _names(self, detail: StoryDetail, kind: str) -> list[str]:
        return [self._vocabulary.short(kind, each) for each in self._codes(detail, kind)]


def _day(detail: StoryDetail) -> str:
    when = detail.story.published
    return f"{when:%d %b %Y}" if when else ""


def _line(text: str) -> str:
    return markdown(" ".join(text.split()))


def _own(note: str) -> str:
    return " ".join(note.replace("<!--", r"<\!--").split())


def _long_day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _colophon(given: BriefInput) -> str:
    return (
        f"_Made offline by rules {markdown(given.receipt.rules)}; every tag can be explained with"
        " `dipread why ID`. Quotes are verbatim; what is summed up is the author's._"
    )


def due_soon(
    notes: Iterable[tuple[Annotation, StoryDetail]], cutoff: datetime
) -> list[tuple[Annotation, StoryDetail]]:
    """Those that are not done and due within a week, the first due first."""
    last = cutoff.date() + AHEAD
    found = [each for each in notes if each[0].due and each[0].due <= last and not each[0].done]
    return sorted(found, key=lambda each: (each[0].due, each[0].uuid))
