"""A story with its tags, evidence and annotations as Markdown: details in, text out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from dipread.export.escape import address, code, markdown, yaml
from dipread.model import Annotation, Evidence, StoryDetail, Tag, Vocabulary

KINDS = {
    "country": "Countries",
    "pair": "Pairs",
    "sector": "Sectors",
    "event": "Events",
    "forum": "Forums",
    "person": "People",
    "commitment": "Commitments",
}
MOST_EVIDENCE = 3


def front_matter(detail: StoryDetail, now: datetime) -> str:
    """The YAML header of an exported story."""
    story = detail.story
    lines = [
        "---",
        f"title: {yaml(story.title)}",
        "schema: dipread-story/1",
        f"story: {detail.id}",
        f"source: {yaml(detail.feeds[0].publisher if detail.feeds else '')}",
        f"link: {yaml(story.link)}",
        f"published: {f'{story.published:%Y-%m-%dT%H:%M:%SZ}' if story.published else 'null'}",
        f"fetched: {detail.fetched:%Y-%m-%dT%H:%M:%SZ}",
        f"exported: {now:%Y-%m-%dT%H:%M:%SZ}",
        f"lang: {yaml(story.lang)}",
    ]
    for kind, name in KINDS.items():
        codes = list(
            dict.fromkeys(
                tag.code for tag in detail.tags if tag.kind == kind and tag.role != "dateline"
            )
        )
        lines.append(f"{name.lower()}: [{', '.join(yaml(each) for each in codes)}]")
    return "\n".join([*lines, "---", ""])


def story_document(detail: StoryDetail, vocabulary: Vocabulary) -> str:
    """The body of an exported story: source, notes and quotes, tags with the words that earned them."""
    story = detail.story
    parts = [f"# {markdown(story.title)}", _source(detail)]
    if detail.annotations:
        parts.append("## Notes")
        parts += [_annotation(each, detail) for each in detail.annotations]
    if detail.tags:
        parts.append("## Tags")
        parts += list(_tags(detail, vocabulary))
    return "\n\n".join(parts) + "\n"


def _source(detail: StoryDetail) -> str:
    story = detail.story
    feeds = ", ".join(markdown(feed.title) for feed in detail.feeds)
    when = f"{story.published:%d %b %Y %H:%M} UTC" if story.published else "no date given"
    if story.published and not story.zone_known:
        when += " (no time zone given)"
    link = f"[{markdown(story.title)}]({address(story.link)})" if story.link else "no link given"
    lines = [
        f"- **Source:** {feeds} · {link}",
        f"- **Published:** {when} · fetched {detail.fetched:%d %b %Y %H:%M} UTC",
    ]
    if story.authors:
        lines.append(f"- **By:** {markdown(', '.join(story.authors))}")
    return "\n".join(lines)


def _annotation(annotation: Annotation, detail: StoryDetail) -> str:
    lines = []
    if annotation.quote:
        lines += [
            "> " + markdown(line) if line else ">" for line in annotation.quote.exact.split("\n")
        ]
        lines.append("")
    if annotation.note:
        first, *rest = annotation.note.replace("<!--", r"<\!--").split("\n")
        lines.append(f"- **Note:** {first}")
        lines += ["  " + line if line.strip() else "" for line in rest]
    lines.append(f"- **Written:** {annotation.created:%d %b %Y %H:%M} UTC")
    if annotation.quote:
        lines.append(f"- **Place:** {_place(annotation, detail)}")
    return "\n".join(lines)


def _place(annotation: Annotation, detail: StoryDetail) -> str:
    quote_ = annotation.quote
    assert quote_ is not None
    where = f"{quote_.field}, characters {quote_.start}–{quote_.end}"
    if not detail.story.link:
        return where
    fragment = "#:~:text=" + quote(" ".join(quote_.exact.split()[:12]), safe="")
    return f"[{where}]({address(detail.story.link.partition('#')[0])}{fragment})"


def _tags(detail: StoryDetail, vocabulary: Vocabulary) -> Iterator[str]:
    for kind, name in KINDS.items():
        tags = [tag for tag in detail.tags if tag.kind == kind]
        if tags:
            yield f"### {name}"
            yield "\n".join(_tag(tag, detail, vocabulary) for tag in tags)


def _tag(tag: Tag, detail: StoryDetail, vocabulary: Vocabulary) -> str:
    label = vocabulary.label(tag.kind, tag.code)
    about = [tag.role or "", *(f"{name} {value}" for name, value in tag.slots)]
    head = f"- **{markdown(label)}** {code(f'{tag.kind}:{tag.code}')}"
    said = ", ".join(part for part in about if part)
    words = dict.fromkeys(words_of(each, detail) for each in tag.evidence)
    proof = " · ".join(f"“{markdown(each)}”" for each in list(words)[:MOST_EVIDENCE])
    return head + (f" ({markdown(said)})" if said else "") + f": {proof}"


def words_of(evidence: Evidence, detail: StoryDetail) -> str:
    """The words that a piece of evidence points at."""
    return " ".join(getattr(detail.story, evidence.field)[evidence.start : evidence.end].split())
