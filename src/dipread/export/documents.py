"""A file of ours, block by block, in a flavour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dipread.export.blocks import Block, Document
from dipread.export.dossier import (
    Kept,
    chronology,
    chronology_table,
    commitments,
    commitments_table,
)
from dipread.export.flavours import Flavour
from dipread.export.groups import Bundle
from dipread.export.values import (
    Made,
    Values,
    file_values,
    note_id,
    note_values,
    receipt_line,
    story_values,
)
from dipread.model import ExportPlan, Receipt, StoryDetail, Vocabulary

_SHOWS_STORY = {"summary", "evidence", "text"}


def document(
    bundle: Bundle,
    flavour: Flavour,
    plan: ExportPlan,
    receipt: Receipt,
    vocabulary: Vocabulary,
    now: datetime,
    kept: Kept,
) -> Document:
    """What a bundle of stories says in a flavour; `kept` is what the reader says of commitments."""
    details = bundle.details
    sections = [(each.title, len(each.details)) for each in bundle.sections]
    values = file_values(bundle.title, details, receipt, sections, now, whole=plan.group == "story")
    front = flavour.write_front(values) if "front" in plan.include else ""
    blocks = [Block(bundle.id, flavour.write("header", values))]
    for section in bundle.sections:
        if section.title:
            said: Values = {
                "section": section.title,
                "code": section.code,
                "count": len(section.details),
            }
            blocks.append(Block(f"section-{section.code}", flavour.write("section", said)))
        for each in section.details:
            blocks += _story_blocks(each, flavour, plan, vocabulary)
    tables = {"receipt": Made(receipt_line(receipt).replace("_", r"\_"))}
    if "tables" in plan.include:
        tables |= _tables(details, vocabulary, kept)
    blocks.append(Block("end", flavour.write("footer", tables)))
    return Document(front, [each for each in blocks if each.text])


def _story_blocks(
    detail: StoryDetail, flavour: Flavour, plan: ExportPlan, vocabulary: Vocabulary
) -> Iterator[Block]:
    """The story itself, where there is something to say of it beside its notes; then its notes."""
    notes = detail.annotations if "notes" in plan.include else ()
    if not notes or plan.group == "story" or _SHOWS_STORY & plan.include:
        values = story_values(detail, vocabulary, plan.include)
        yield Block(f"tale-{detail.id}", flavour.write("story", values))
    for each in notes:
        yield Block(note_id(each), flavour.write("note", note_values(each, detail)))


def _tables(details: list[StoryDetail], vocabulary: Vocabulary, kept: Kept) -> dict[str, Made]:
    made = {
        "chronology": chronology_table(chronology(details), vocabulary),
        "commitments": commitments_table(commitments(details, kept), vocabulary),
    }
    return {
        name: Made(f"## {name.capitalize()}\n\n{table}") for name, table in made.items() if table
    }
