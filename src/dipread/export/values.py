"""What the names of a flavour stand for: of a file, of a story, of a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from dipread import __version__
from dipread.export.escape import markdown
from dipread.export.telling import (
    anchor_of,
    cut,
    evidence_lines,
    hashtags,
    linked,
    moment,
    published,
    stamp,
    tag_codes,
)
from dipread.model import (
    Annotation,
    Include,
    Quote,
    Receipt,
    StoryDetail,
    TagKind,
    Vocabulary,
)
from dipread.model.anchor import place_in

Part = Literal["header", "section", "story", "note", "footer"]


class Made(str):
    """Text that is Markdown already: it is filled in as it is."""

    __slots__ = ()


Value = str | int | tuple[str, ...] | Made
Values = Mapping[str, Value]

_KINDS: dict[TagKind, str] = {
    "country": "countries",
    "pair": "pairs",
    "sector": "sectors",
    "event": "events",
    "forum": "forums",
    "person": "people",
}
_STORY = (
    *("headline", "title", "link", "source", "feed", "publisher", "published", "day", "fetched"),
    *("authors", "lang", "tags", "own_tags", "summary", "text", "evidence", "story"),
    *_KINDS.values(),
)
NAMES: Mapping[Part, tuple[str, ...]] = {
    "header": (
        *("title", "schema", "version", "generated", "query", "from", "to", "contents", "rules"),
        *("own_rules", "annotations", "stories", "sources", "all_labels"),
        *("link", "feed", "publisher", "day", "published", "lang", "authors", "source"),
        *_KINDS.values(),
    ),
    "section": ("section", "code", "count"),
    "story": _STORY,
    "note": (
        *("id", "uuid", "anchor", "type", "quote", "subject", "note", "tags", "labels", "hashtags"),
        *("source", "place", "lost", "due", "done", "written", "edited", "author"),
        *("headline", "title", "link", "feed", "published", "day"),
    ),
    "footer": ("chronology", "commitments", "receipt"),
}
MOST_OF_A_KIND = 3


def story_values(
    detail: StoryDetail, vocabulary: Vocabulary, include: frozenset[Include]
) -> Values:
    """What the names of the part `story` stand for."""
    story = detail.story
    paragraphs = [each for each in story.text.split("\n") if each.strip()]
    evidence = list(evidence_lines(detail, vocabulary)) if "evidence" in include else []
    return {
        **_source_values(detail),
        "story": detail.id,
        "fetched": moment(detail.fetched),
        "authors": story.authors,
        "lang": story.lang,
        "tags": Made(tag_codes(detail)),
        "own_tags": Made(hashtags(detail.own_tags)),
        "summary": cut(paragraphs[0]) if "summary" in include and paragraphs else "",
        "text": "\n\n".join(paragraphs) if "text" in include else "",
        "evidence": Made("\n".join(evidence)),
        **codes_values([detail]),
    }


def note_values(annotation: Annotation, detail: StoryDetail) -> Values:
    """What the names of the part `note` stand for."""
    quoted = annotation.quote.exact if annotation.quote else ""
    kind = annotation.type + (f" ({annotation.confidence})" if annotation.confidence else "")
    place = place_in(annotation, detail)
    lost = annotation.quote is not None and place is None
    return {
        **_source_values(detail, annotation),
        "id": note_id(annotation),
        "uuid": annotation.uuid,
        "anchor": note_id(annotation),
        "type": kind,
        "quote": quoted,
        "subject": Made(f"“{markdown(quoted)}”") if quoted else detail.story.title,
        "note": Made(annotation.note.replace("<!--", r"<\!--")),
        "tags": Made(tag_codes(detail, _now(annotation.quote, place), MOST_OF_A_KIND)),
        "labels": annotation.labels,
        "hashtags": Made(hashtags(annotation.labels)),
        "place": _place(annotation, detail, place) if place else "",
        "lost": "the story has changed, and these words with it" if lost else "",
        "due": annotation.due.isoformat() if annotation.due else "",
        "done": moment(annotation.done) if annotation.done else "",
        "written": moment(annotation.created)
        + (f" by {annotation.author}" if annotation.author else ""),
        "edited": moment(annotation.edited),
        "author": annotation.author,
    }


def file_values(
    title: str,
    details: Sequence[StoryDetail],
    receipt: Receipt,
    sections: Sequence[tuple[str, int]],
    now: datetime,
    *,
    whole: bool,
) -> Values:
    """What the names of the part `header` stand for; `whole` is for the file of one story."""
    one = _source_values(details[0]) if whole else {}
    if whole:
        one |= {"lang": details[0].story.lang, "authors": details[0].story.authors}
    labels = (label for each in details for note in each.annotations for label in note.labels)
    times = [each.when for each in details]
    return {
        **one,
        "title": title,
        "schema": "dipread-story/1" if whole else "dipread-annotations/1",
        "version": __version__,
        "generated": stamp(now),
        "query": receipt.query,
        "from": f"{min(times):%Y-%m-%d}" if times else "",
        "to": f"{max(times):%Y-%m-%d}" if times else "",
        "contents": Made(
            " · ".join(
                f"[{markdown(name)}](#{anchor_of(name)}) ({count})"
                for name, count in sections
                if name
            )
        ),
        "rules": receipt.rules,
        "own_rules": receipt.own_rules,
        "annotations": sum(len(each.annotations) for each in details),
        "stories": len(details),
        "sources": len({feed.publisher for each in details for feed in each.feeds[:1]}),
        "all_labels": tuple(dict.fromkeys(labels)),
        **codes_values(details),
    }


def codes_values(details: Sequence[StoryDetail]) -> dict[str, Value]:
    """The codes of the tags of stories, kind by kind, the commonest order of the first story kept."""
    return {
        name: tuple(
            dict.fromkeys(
                tag.code
                for each in details
                for tag in each.tags
                if tag.kind == kind and tag.role != "dateline"
            )
        )
        for kind, name in _KINDS.items()
    }


def receipt_line(receipt: Receipt) -> str:
    """What an export was made from, in a sentence or two."""
    said = [f"Made by dipread {__version__}"]
    if receipt.query:
        said.append(f"query {receipt.query}")
    own = f" and {receipt.own_rules} of your own" if receipt.own_rules else ""
    said.append(f"rules {receipt.rules}{own}")
    if receipt.start and receipt.end:
        said.append(f"period {receipt.start:%Y-%m-%d} to {receipt.end:%Y-%m-%d}")
    silent = ", ".join(f"{feed} ({problem})" for feed, problem in receipt.failed)
    said.append(f"feeds that failed in it: {silent or 'none'}")
    return "; ".join(said) + "."


def note_id(annotation: Annotation) -> str:
    """What a note is called in a file: short, and the same in every file."""
    return f"a-{annotation.uuid.replace('-', '')[:8]}"


def _source_values(detail: StoryDetail, annotation: Annotation | None = None) -> dict[str, Value]:
    story = detail.story
    feed = detail.feeds[0] if detail.feeds else None
    title = story.title or "(no headline)"
    feeds = ", ".join(each.title for each in detail.feeds)
    when = f"{story.published:%Y-%m-%d}" if story.published else "date not given"
    return {
        "headline": title,
        "title": title,
        "link": story.link,
        "source": Made(f"{linked(title, detail, annotation)} · {markdown(feeds)} · {when}"),
        "feed": feed.title if feed else "",
        "publisher": feed.publisher if feed else "",
        "published": published(detail),
        "day": f"{story.published:%Y-%m-%d}" if story.published else "",
    }


def _now(quoted: Quote | None, place: tuple[int, int] | None) -> Quote | None:
    """A quote at the place it has now, if it has one."""
    return replace(quoted, start=place[0], end=place[1]) if quoted and place else None


def _place(annotation: Annotation, detail: StoryDetail, place: tuple[int, int]) -> str:
    quoted = annotation.quote
    assert quoted is not None
    start, end = place
    where = f"characters {start}–{end}"
    if quoted.field == "title":
        return f"headline, {where}"
    number = sum(1 for each in detail.story.text[:start].split("\n")[:-1] if each.strip()) + 1
    moved = "; it moved when the story changed" if annotation.revision != detail.revision else ""
    return f"paragraph {number}, {where} of the stored text{moved}"
