"""What goes between the two ends of a process that parses and tags: jobs one way, what they come to the other.

Whoever only asks for work needs nothing of what does it. All goes as MessagePack of the shapes below and of no
others: what reads hostile feeds has no way to make the other end run anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.msgpack import Decoder, Encoder

from dipread.store import Item

READY, PARSED = b"!", b"."
"""Said when the first job may come, and between parsing and tagging."""
SIZE_BYTES = 4
"""How long the size is that stands before a message."""


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


class Reading(Struct, frozen=True, tag=True):
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


class Refusal(Struct, frozen=True, tag=True):
    """Why no job can be done: a rule of the reader's is faulty."""

    message: str
    hint: str = ""


Answer = Reading | Refusal

_pack = Encoder(enc_hook=str).encode  # a path as its words
rules_in = Decoder(Rules, dec_hook=lambda kind, words: kind(words)).decode
job_in = Decoder(Job).decode
answer_in = Decoder(Answer).decode


def message(said: Rules | Job | Answer) -> bytes:
    """What goes through the pipe: the size of the rest in SIZE_BYTES, then what is said."""
    packed = _pack(said)
    return len(packed).to_bytes(SIZE_BYTES) + packed
