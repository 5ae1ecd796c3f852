"""The question language: text to tree, tree to text, and the edits that facets make."""

from dipread.query.dates import is_moment, moment
from dipread.query.edit import choice, clauses, drop_last, toggle, without_field
from dipread.query.fields import FIELDS
from dipread.query.parse import advice, parse_query
from dipread.query.show import print_query

__all__ = [
    "FIELDS",
    "advice",
    "choice",
    "clauses",
    "drop_last",
    "is_moment",
    "moment",
    "parse_query",
    "print_query",
    "toggle",
    "without_field",
]
