"""The question language: text to tree, tree to text, and the edits that facets make."""

from dipread.query.complete import Candidate, Completion, Known, complete
from dipread.query.edit import Mode, choice, drop_last, toggle
from dipread.query.fields import FIELDS
from dipread.query.hints import advice, meant_among
from dipread.query.parse import parse_query
from dipread.query.resolve import resolve
from dipread.query.show import print_query
from dipread.query.verdict import JUDGED, Said, read_verdict
from dipread.question import clauses, without_field

__all__ = [
    "FIELDS",
    "JUDGED",
    "Candidate",
    "Completion",
    "Known",
    "Mode",
    "Said",
    "advice",
    "choice",
    "clauses",
    "complete",
    "drop_last",
    "meant_among",
    "parse_query",
    "print_query",
    "read_verdict",
    "resolve",
    "toggle",
    "without_field",
]
