"""Files that dipread shares with the person who edits them.

What dipread wrote stands in blocks between two marks; the first holds the hash of what stood there. So the
next export knows what a person changed: an untouched block is rewritten, an edited one stays and a dated one
is added below, text outside the marks is never touched, a block that the export no longer holds is kept. The
front matter, or what is like it, is ours as long as it is what the first mark remembers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

Did = Literal["written", "rewritten", "unchanged", "appended"]
BLOCK = re.compile(
    r"<!-- dipread:begin id=(?P<id>[\w-]+) sha256=(?P<hash>[0-9a-f]{64})(?: front=(?P<front>[0-9a-f]{64}))? -->\n"
    r"(?P<text>.*?)<!-- dipread:end -->\n?",
    re.DOTALL,
)
_FRONT = re.compile(r"---\n(?s:.*?)\n---\n|(?:[\w-]+:: .*\n)+")
_GENERATED = re.compile(r"^generated: .*\n", re.MULTILINE)


class Block(NamedTuple):
    """Something of ours in a file: what it is called and what it says."""

    id: str
    text: str


class Document(NamedTuple):
    """A whole file of ours: its front matter, if it has one, and its blocks. The first names the file."""

    front: str
    blocks: Sequence[Block]

    @property
    def id(self) -> str:
        """By what the file is known as ours."""
        return self.blocks[0].id

    def whole(self) -> str:
        """The file as it is when there was none."""
        front = _hash(self.front) if self.front else ""
        first, *rest = self.blocks
        return "\n".join(
            [*([self.front] if self.front else []), _marked(first, front), *map(_marked, rest)]
        )


def holds(text: str, id: str) -> bool:
    """Whether a file is the one of that name."""
    return any(each["id"] == id for each in BLOCK.finditer(text))


def merged(before: str, document: Document, now: datetime) -> tuple[str, Did]:
    """A file brought up to date, and what that came to."""
    pieces = _pieces(before)
    ours: dict[str, list[int]] = {}
    for number, each in enumerate(pieces):
        ours.setdefault(each.id, []).append(number)
    front, remembered, stale = _front(before, document)
    did: Did = "unchanged"
    at = -1  # the piece that the last block stands in
    after: dict[int, list[str]] = {}  # what comes in behind a piece
    for block in document.blocks:
        there = ours.get(block.id, [])
        same = next((n for n in there if pieces[n].said == block.text), None)
        if same is not None:
            at = same
            continue
        if not there:
            after.setdefault(at, []).append("\n" + _marked(block))
        elif _hash(pieces[at := there[-1]].said) == pieces[at].hash:
            pieces[at] = _Piece(block.id, _marked(block), block.text, "")
        else:
            after.setdefault(at, []).append(_again(now) + _marked(block))
            did = "appended"
        did = "rewritten" if did == "unchanged" else did
    text = "".join(
        part for number, each in enumerate(pieces) for part in (each.text, *after.get(number, ()))
    )
    if did == "unchanged" and not stale:
        return before, did
    return _with_front(
        text, document, front, remembered
    ), "rewritten" if did == "unchanged" else did


class _Piece(NamedTuple):
    """A stretch of a file: a block of ours with its marks, or what stands between two of them."""

    id: str
    text: str
    said: str
    hash: str


def _pieces(text: str) -> list[_Piece]:
    pieces = []
    done = 0
    for each in BLOCK.finditer(text):
        if each.start() > done:
            pieces.append(_Piece("", text[done : each.start()], "", ""))
        pieces.append(_Piece(each["id"], each[0], each["text"], each["hash"]))
        done = each.end()
    if done < len(text):
        pieces.append(_Piece("", text[done:], "", ""))
    return pieces


def _front(before: str, document: Document) -> tuple[str, str, bool]:
    """The front matter to replace, empty for none; the hash that the first mark remembers; whether it says
    something else now than when it was generated.
    """
    first = next((each for each in BLOCK.finditer(before) if each["id"] == document.id), None)
    there = _FRONT.match(before)
    remembered = (first["front"] if first else "") or ""
    if not there or not document.front or _hash(there[0]) != remembered:
        return "", remembered, False
    stale = _GENERATED.sub("", there[0]) != _GENERATED.sub("", document.front)
    return there[0], remembered, stale


def _with_front(text: str, document: Document, front: str, remembered: str) -> str:
    """The file with its new front matter, where the old was ours, and the mark that remembers it."""
    if front:
        text = document.front + text[len(front) :]
        remembered = _hash(document.front)
    if not remembered:
        return text
    begin = re.compile(
        rf"(<!-- dipread:begin id={re.escape(document.id)} sha256=[0-9a-f]{{64}})(?: front=[0-9a-f]{{64}})? -->"
    )
    return begin.sub(rf"\g<1> front={remembered} -->", text, count=1)


def _marked(block: Block, front: str = "") -> str:
    also = f" front={front}" if front else ""
    return f"<!-- dipread:begin id={block.id} sha256={_hash(block.text)}{also} -->\n{block.text}<!-- dipread:end -->\n"


def _again(now: datetime) -> str:
    return f"\n*Exported again on {now:%d %b %Y %H:%M} UTC; the part above was edited by hand and is kept.*\n\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
