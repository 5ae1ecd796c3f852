"""Tags as one line of output: what `dipread tag` writes for a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dipread.model import Story, Tag

_PLURALS = (
    ("pairs", "pair"),
    ("sectors", "sector"),
    ("events", "event"),
    ("forums", "forum"),
    ("people", "person"),
)


def tag_record(story_id: str, tags: Sequence[Tag], story: Story) -> dict[str, Any]:
    """The story's codes by kind, and each tag with the words of its evidence.

    `countries` holds those in any role but dateline, `about` those that the story is about.
    """
    countries = [tag for tag in tags if tag.kind == "country"]
    return {
        "id": story_id,
        "countries": [tag.code for tag in countries if tag.role != "dateline"],
        "about": [tag.code for tag in countries if tag.about],
        **{plural: [tag.code for tag in tags if tag.kind == kind] for plural, kind in _PLURALS},
        "tags": [_tag(tag, story) for tag in tags],
    }


def _tag(tag: Tag, story: Story) -> dict[str, Any]:
    record: dict[str, Any] = {
        "kind": tag.kind,
        "code": tag.code,
        "role": tag.role,
        "score": tag.score,
        "confidence": tag.confidence,
        "evidence": [
            {
                "field": each.field,
                "start": each.start,
                "end": each.end,
                "text": getattr(story, each.field)[each.start : each.end],
                "rule": each.rule,
            }
            for each in tag.evidence
        ],
    }
    if tag.slots:
        record["slots"] = dict(tag.slots)
    return record
