"""Tags of the reader's own, as they are written: one word each."""

from __future__ import annotations

import re

_TAG = re.compile(r'#?([^\s()",|#@]+)')


def read_tag(text: str) -> str:
    """The tag that a text names; empty when it names none, or more than one.

    >>> read_tag(" #follow-up "), read_tag("two words")
    ('follow-up', '')
    """
    found = _TAG.fullmatch(text.strip())
    return found[1] if found else ""


def read_tags(text: str) -> tuple[str, ...] | None:
    """The tags that a text names, each once; None when something in it is no tag.

    >>> read_tags("#brief follow-up, brief"), read_tags('"')
    (('brief', 'follow-up'), None)
    """
    tags = [read_tag(word) for word in re.split(r"[\s,]+", text.strip()) if word]
    return tuple(dict.fromkeys(tags)) if all(tags) else None


def print_tags(tags: tuple[str, ...]) -> str:
    """Tags as they are shown and typed.

    >>> print_tags(("brief", "follow-up"))
    '#brief #follow-up'
    """
    return " ".join(f"#{tag}" for tag in tags)
