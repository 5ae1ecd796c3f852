"""Stories and annotations as files for somebody else."""

from typing import TYPE_CHECKING

from dipread.lazily import lazily

if TYPE_CHECKING:
    from dipread.export.blocks import Block, Document
    from dipread.export.brief import BriefInput, BriefItem, Precedent, brief_document, due_soon
    from dipread.export.documents import document
    from dipread.export.dossier import (
        Kept,
        chronology,
        chronology_table,
        commitments,
        commitments_table,
        day,
        gaps,
    )
    from dipread.export.escape import cell, guarded
    from dipread.export.files import difference, file_name, write_document
    from dipread.export.flavours import Flavour, parse_flavour
    from dipread.export.groups import Bundle, Section, bundles
    from dipread.export.records import (
        CSV_NAMES,
        annotation_line,
        csl_item,
        csv_rows,
        read_annotation,
        settled,
        w3c_collection,
    )
    from dipread.export.values import receipt_line

__all__ = [
    "CSV_NAMES",
    "Block",
    "BriefInput",
    "BriefItem",
    "Bundle",
    "Document",
    "Flavour",
    "Kept",
    "Precedent",
    "Section",
    "annotation_line",
    "brief_document",
    "bundles",
    "cell",
    "chronology",
    "chronology_table",
    "commitments",
    "commitments_table",
    "csl_item",
    "csv_rows",
    "day",
    "difference",
    "document",
    "due_soon",
    "file_name",
    "gaps",
    "guarded",
    "parse_flavour",
    "read_annotation",
    "receipt_line",
    "settled",
    "w3c_collection",
    "write_document",
]
__getattr__ = lazily(
    __name__,
    blocks=("Block", "Document"),
    brief=("BriefInput", "BriefItem", "Precedent", "brief_document", "due_soon"),
    documents=("document",),
    dossier=(
        *("Kept", "chronology", "chronology_table", "commitments", "commitments_table"),
        *("day", "gaps"),
    ),
    escape=("cell", "guarded"),
    files=("difference", "file_name", "write_document"),
    flavours=("Flavour", "parse_flavour"),
    groups=("Bundle", "Section", "bundles"),
    records=(
        *("CSV_NAMES", "annotation_line", "csl_item", "csv_rows", "read_annotation"),
        *("settled", "w3c_collection"),
    ),
    values=("receipt_line",),
)
