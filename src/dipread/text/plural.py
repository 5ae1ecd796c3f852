"""Counts as people write them."""

from __future__ import annotations


def plural(count: int, one: str, many: str = "") -> str:
    """A count and its noun.

    >>> plural(1, "story", "stories"), plural(1284, "story", "stories")
    ('1 story', '1,284 stories')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
