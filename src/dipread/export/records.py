"""Annotations and stories for other programs: JSON lines, W3C annotations, CSL, CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, get_args

from msgspec.structs import replace

from dipread import __version__
from dipread.errors import DipreadError
from dipread.export.escape import guarded
from dipread.export.telling import stamp
from dipread.export.values import note_id
from dipread.model import (
    Annotation,
    AnnotationType,
    Confidence,
    Field,
    Quote,
    StoryDetail,
    StoryId,
)
from dipread.model.anchor import anchored, place_in, quote_of

SCHEMA = "dipread-annotation/1"
CSV_NAMES = (
    *("id", "type", "confidence", "quote", "note", "tags", "due", "done", "author", "created"),
    *("edited", "lost", "story", "headline", "link", "feed", "published", "countries", "pairs"),
    "sectors",
)
_MOTIVES: Mapping[AnnotationType, str] = {
    "note": "commenting",
    "fact": "describing",
    "assessment": "assessing",
    "question": "questioning",
    "to-do": "editing",
}


# ----------------------------------------------------------------------------------------- JSON lines


def annotation_line(annotation: Annotation, detail: StoryDetail) -> dict[str, Any]:
    """An annotation as one JSON object: all that `read_annotation` needs, and its story for others."""
    quote = annotation.quote
    return {
        "schema": SCHEMA,
        "uuid": annotation.uuid,
        "type": annotation.type,
        "confidence": annotation.confidence,
        "note": annotation.note,
        "quote": quote and {name: getattr(quote, name) for name in Quote.__struct_fields__},
        "tags": list(annotation.tags),
        "due": annotation.due.isoformat() if annotation.due else None,
        "done": annotation.done and stamp(annotation.done),
        "author": annotation.author,
        "created": stamp(annotation.created),
        "edited": stamp(annotation.edited),
        "story": {
            "id": detail.id,
            "uid": detail.story.uid,
            "link": detail.story.link,
            "title": detail.story.title,
            "feed": detail.feeds[0].url if detail.feeds else "",
            "published": detail.story.published and stamp(detail.story.published),
        },
    }


def read_annotation(record: object, place: str) -> tuple[Annotation, Mapping[str, Any]]:
    """What `annotation_line` wrote, its story still to be found; `place` is what errors call it.

    Raises DipreadError.
    """
    try:
        if not isinstance(record, dict) or record["schema"] != SCHEMA:
            raise ValueError(f"no {SCHEMA}")
        quote = record["quote"]
        made = Annotation(
            uuid=_text(record, "uuid"),
            story=StoryId(0),
            revision=0,
            note=_text(record, "note"),
            created=_moment(record["created"]),
            edited=_moment(record["edited"]),
            quote=None if quote is None else _quote(quote),
            type=_one_of(record["type"], get_args(AnnotationType)),
            tags=tuple(str(each) for each in record["tags"]),
            confidence=_one_of(record["confidence"], get_args(Confidence)),
            due=date.fromisoformat(record["due"]) if record["due"] else None,
            done=_moment(record["done"]) if record["done"] else None,
            author=_text(record, "author"),
        )
        story = record["story"]
        if not isinstance(story, dict):
            raise ValueError("no story")
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        said = f"no {fault}" if isinstance(fault, KeyError) else str(fault)
        raise DipreadError(
            f"{place}: not an annotation of dipread ({said})",
            "Only what dipread export --format jsonl wrote can be taken in.",
        ) from None
    return made, story


def settled(annotation: Annotation, detail: StoryDetail) -> Annotation:
    """An annotation that was read, on a story of this archive: its quote where the words stand here, if they do."""
    quote = annotation.quote
    if quote is not None:
        text: str = getattr(detail.story, quote.field)
        if text[max(0, quote.start) : quote.end] != quote.exact:
            place = anchored(quote, text)
            quote = (
                quote_of(quote.field, text, *place) if place else replace(quote, start=-1, end=-1)
            )
    return replace(annotation, story=detail.id, revision=detail.revision, quote=quote)


def _quote(record: Mapping[str, Any]) -> Quote:
    field = _one_of(record["field"], get_args(Field))
    start, end = int(record["start"]), int(record["end"])
    exact, prefix, suffix = (_text(record, name) for name in ("exact", "prefix", "suffix"))
    if (start, end) != (-1, -1) and (start < 0 or end - start != len(exact)):
        raise ValueError("the quote's place does not fit its words")
    return Quote(field, start, end, exact, prefix, suffix)


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record[name]
    if not isinstance(value, str):
        raise ValueError(f"'{name}' is no text")
    return value


def _one_of(value: Any, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise ValueError(f"'{value}' is none of {', '.join(filter(None, known))}")
    return value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


# ------------------------------------------------------------------------------------------------ W3C


def w3c_collection(details: Iterable[StoryDetail]) -> dict[str, Any]:
    """All annotations as one page of the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/)."""
    items = [_w3c(note, each) for each in details for note in each.annotations]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }


def _w3c(annotation: Annotation, detail: StoryDetail) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = []
    if annotation.note:
        bodies.append(
            {
                "type": "TextualBody",
                "value": annotation.note,
                "format": "text/markdown",
                "purpose": _MOTIVES[annotation.type],
            }
        )
    said = [*annotation.labels, *([annotation.confidence] if annotation.confidence else [])]
    bodies += [{"type": "TextualBody", "value": each, "purpose": "tagging"} for each in said]
    made: dict[str, Any] = {
        "id": f"urn:uuid:{annotation.uuid}",
        "type": "Annotation",
        "motivation": _MOTIVES[annotation.type],
        "created": stamp(annotation.created),
        "modified": stamp(annotation.edited),
        "generator": {
            "type": "Software",
            "name": f"dipread {__version__}",
        },
        "target": _target(annotation, detail),
    }
    if bodies:
        made["body"] = bodies
    if annotation.author:
        made["creator"] = {"type": "Person", "name": annotation.author}
    return made


def _target(annotation: Annotation, detail: StoryDetail) -> dict[str, Any] | str:
    source = detail.story.link or f"urn:dipread:story:{detail.id}"
    quote = annotation.quote
    if quote is None:
        return source
    selector: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": quote.exact,
            "prefix": quote.prefix,
            "suffix": quote.suffix,
        }
    ]
    if (place := place_in(annotation, detail)) is not None:
        selector.append({"type": "TextPositionSelector", "start": place[0], "end": place[1]})
    return {"type": "SpecificResource", "source": source, "selector": selector}


# ------------------------------------------------------------------------------------------ citations


def csl_item(detail: StoryDetail) -> dict[str, Any]:
    """A story as a CSL-JSON item, which Zotero and pandoc cite from."""
    story = detail.story
    feed = detail.feeds[0] if detail.feeds else None
    item: dict[str, Any] = {
        "id": f"dipread-{detail.id}",
        "type": "article-newspaper",
        "title": story.title,
        "accessed": _parts(detail.fetched),
    }
    if feed:
        item |= {"container-title": feed.title, "publisher": feed.publisher}
    if story.published:
        item["issued"] = _parts(story.published)
    if story.link:
        item["URL"] = story.link
    if story.lang:
        item["language"] = story.lang
    if story.authors:
        item["author"] = [{"literal": each} for each in story.authors]
    notes = [each.note for each in detail.annotations if each.note]
    if notes:
        item["note"] = "\n\n".join(notes)
    return item


def _parts(when: datetime) -> dict[str, list[list[int]]]:
    return {"date-parts": [[when.year, when.month, when.day]]}


# ------------------------------------------------------------------------------------------------ CSV


def csv_rows(details: Iterable[StoryDetail]) -> Iterator[list[str]]:
    """One row for each annotation, as CSV_NAMES has it; no cell is taken for a formula."""
    for detail in details:
        for each in detail.annotations:
            yield [guarded(cell) for cell in _row(each, detail)]


def _row(note: Annotation, detail: StoryDetail) -> list[str]:
    def codes(kind: str) -> str:
        return " ".join(dict.fromkeys(tag.code for tag in detail.tags if tag.kind == kind))

    story = detail.story
    lost = note.quote is not None and place_in(note, detail) is None
    return [
        *(note_id(note), note.type, note.confidence, note.quote.exact if note.quote else ""),
        *(note.note, " ".join(note.labels), note.due.isoformat() if note.due else ""),
        *(stamp(note.done) if note.done else "", note.author),
        *(stamp(note.created), stamp(note.edited), "yes" if lost else "no"),
        *(str(detail.id), story.title, story.link, detail.feeds[0].title if detail.feeds else ""),
        stamp(story.published) if story.published else "",
        *(codes("country"), codes("pair"), codes("sector")),
    ]
