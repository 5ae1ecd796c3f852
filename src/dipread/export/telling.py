"""Words about stories as exports say them: dates, links, tags, and the words that earned them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import get_args
from urllib.parse import quote

from dipread.export.escape import address, code, markdown
from dipread.model import Annotation, Evidence, Quote, StoryDetail, Tag, TagKind, Vocabulary

_CODED = ("country", "pair", "sector", "event", "forum", "commitment")
_FRAGMENT_WORDS = 12
_SUMMARY = 400
MOST_EVIDENCE = 3


def tag_codes(detail: StoryDetail, quote: Quote | None = None, most: int | None = None) -> str:
    """The tags of a story in backticks, as queries name them, at most so many of a kind; of a quote, those
    that words of it earned.
    """
    kinds = (*get_args(TagKind),)
    tags = sorted(detail.tags, key=lambda each: kinds.index(each.kind))
    if quote is not None:
        shown = [each for each in tags if each.kind == "pair" or _earned_in(each, quote)]
    else:
        shown = [each for each in tags if each.kind != "country" or each.about]
    codes = dict.fromkeys(f"{each.kind}:{each.code}" for each in shown if each.kind in _CODED)
    return " ".join(map(code, _first(codes, most)))


def _first(codes: Iterable[str], most: int | None) -> Iterator[str]:
    """The first few of each kind."""
    for _, some in groupby(codes, key=lambda each: each.partition(":")[0]):
        yield from islice(some, most)


def _earned_in(tag: Tag, quote: Quote) -> bool:
    return any(
        each.field == quote.field and each.start < quote.end and each.end > quote.start
        for each in tag.evidence
    )


def anchor_of(heading: str) -> str:
    """What GitHub, pandoc and others call a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def hashtags(tags: Sequence[str]) -> str:
    """Tags as both Obsidian and Logseq read them."""
    return " ".join(f"#{markdown(each)}" for each in tags)


def moment(when: datetime) -> str:
    """A date and time as people read it."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


def stamp(when: datetime) -> str:
    """A date and time as programs read it."""
    return f"{when.replace(tzinfo=None).isoformat(timespec='seconds')}Z"  # %Y of the year 99 is 99


def published(detail: StoryDetail) -> str:
    """When a story was published, as far as its feed says."""
    when = detail.story.published
    if when is None:
        return f"date not given, fetched {detail.fetched:%Y-%m-%d}"
    return moment(when) + ("" if detail.story.zone_known else " (no time zone given)")


def linked(words: str, detail: StoryDetail, annotation: Annotation | None = None) -> str:
    """Words as a Markdown link to a story, or to the quoted passage of it; plain without a link."""
    link = detail.story.link
    if not link:
        return markdown(words)
    if annotation and annotation.quote:
        first = " ".join(annotation.quote.exact.split()[:_FRAGMENT_WORDS])
        return f"[{markdown(words)}]({address(link.partition('#')[0])}#:~:text={quote(first, safe='')})"
    return f"[{markdown(words)}]({address(link)})"


def words_of(evidence: Evidence, detail: StoryDetail) -> str:
    """The words that a piece of evidence points at."""
    return " ".join(getattr(detail.story, evidence.field)[evidence.start : evidence.end].split())


def evidence_lines(detail: StoryDetail, vocabulary: Vocabulary) -> Sequence[str]:
    return [
        _tag_line(tag, detail, vocabulary)
        for tag in detail.tags
        if tag.kind != "gate" and tag.role != "dateline"
    ]


def _tag_line(tag: Tag, detail: StoryDetail, vocabulary: Vocabulary) -> str:
    label = vocabulary.label(tag.kind, tag.code)
    about = [tag.role or "", *(f"{name} {value}" for name, value in tag.slots)]
    said = ", ".join(part for part in about if part)
    words = dict.fromkeys(words_of(each, detail) for each in tag.evidence)
    proof = " · ".join(f"“{markdown(each)}”" for each in list(words)[:MOST_EVIDENCE])
    head = f"- **{markdown(label)}** {code(f'{tag.kind}:{tag.code}')}"
    return head + (f" ({markdown(said)})" if said else "") + f": {proof}"


def cut(text: str) -> str:
    return text if len(text) <= _SUMMARY else text[:_SUMMARY].rsplit(" ", 1)[0] + " …"
