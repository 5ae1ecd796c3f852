"""What goes between the two ends of a process that parses and tags: jobs one way, what they come to the other.

Whoever only asks for work needs nothing of what does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from dipread.store import Item

READY, PARSED = b"!", b"."
"""Said when the first job may come, and between parsing and tagging."""


class Rules(Struct, frozen=True):
    """The rules to tag by: the reader's own files, and where compiled copies and the files lie."""

    own: Mapping[str, str]
    cache: Path
    folder: Path


class Job(Struct, frozen=True):
    """A feed's bytes. `known` are the hashes of the stories that the archive has of it, by uid; `written`
    tells the entries of its last body.

    `only_read` leaves its stories untagged, for a feed that is only looked at.
    """

    body: bytes
    address: str = ""
    content_type: str = ""
    language: str = ""
    known: Mapping[str, bytes] = field(default_factory=dict)
    written: bytes = b""
    only_read: bool = False


class Reading(Struct, frozen=True):
    """What a job came to: its stories, tagged by `rules`, or the `problem` why there are none.

    `edition` is that of the shipped rules; `cut` says what is missing of the stories, if anything is;
    `written` tells the entries the next time.
    """

    title: str = ""
    items: tuple[Item, ...] = ()
    rules: str = ""
    edition: str = ""
    cut: str = ""
    problem: str = ""
    written: bytes = b""
