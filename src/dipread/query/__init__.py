"""The question language: text to tree, tree to text, and the edits that facets make."""

from typing import TYPE_CHECKING

from dipread.lazily import lazily

if TYPE_CHECKING:
    from dipread.query.completion import Candidate, Completion, Known, complete
    from dipread.query.edit import Mode, choice, drop_last, narrowed, toggle
    from dipread.query.fields import FIELDS
    from dipread.query.hints import advice, meant_among
    from dipread.query.parse import parse_query
    from dipread.query.resolution import resolve
    from dipread.query.show import print_query
    from dipread.query.verdict import JUDGED, Said, read_verdict

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
    "complete",
    "drop_last",
    "meant_among",
    "narrowed",
    "parse_query",
    "print_query",
    "read_verdict",
    "resolve",
    "toggle",
]
__getattr__ = lazily(
    __name__,
    completion=(
        "Candidate",
        "Completion",
        "Known",
        "complete",
    ),
    edit=(
        "Mode",
        "choice",
        "drop_last",
        "narrowed",
        "toggle",
    ),
    fields=("FIELDS",),
    hints=(
        "advice",
        "meant_among",
    ),
    parse=("parse_query",),
    resolution=("resolve",),
    show=("print_query",),
    verdict=(
        "JUDGED",
        "Said",
        "read_verdict",
    ),
)
