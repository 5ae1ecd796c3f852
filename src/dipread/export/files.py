"""Files that dipread shares with the person who edits them.

What dipread wrote stands between two marks; the first holds the hash of what stood there. So the next
export knows whether a person changed it: untouched text is rewritten, edited text stays and a dated
block is added below, text outside the marks is never touched, and a file without our mark is another's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from dipread.config import replace_text
from dipread.errors import DipreadError
from dipread.export.markdown import front_matter, story_document
from dipread.model import Exported, StoryDetail, Vocabulary

NAME_BYTES = 120
_BLOCK = re.compile(
    r"<!-- dipread:begin id=(?P<id>[\w-]+) sha256=(?P<hash>[0-9a-f]{64}) -->\n(?P<text>.*?)<!-- dipread:end -->\n?",
    re.DOTALL,
)
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")


def write_story(
    detail: StoryDetail, folder: Path, vocabulary: Vocabulary, now: datetime
) -> Exported:
    """Write one story's Markdown into `folder`, made if need be. Raises DipreadError when that can't be done."""
    block = _Block(f"story-{detail.id}", story_document(detail, vocabulary))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path, theirs = _own_path(folder, file_name(detail), block.id)
        before = _text(path)
        text, did = _merged(before, block, front_matter(detail, now), now)
        if before is None or text != before:
            replace_text(path, text)
    except OSError as fault:
        raise DipreadError(
            f"{folder}: can't be written to: {fault.strerror}", "Choose another folder with -o."
        ) from None
    if did == "written" and theirs:
        did = "beside"
    return Exported(detail.id, str(path), did)


def file_name(detail: StoryDetail) -> str:
    """A name that any system takes, of at most 120 bytes: day, words of the title, number of the story."""
    words = unicodedata.normalize("NFC", detail.story.title.casefold())
    words = re.sub(r"[^\w]+", "-", words).strip("-_")
    words = "untitled" if not words or _RESERVED.fullmatch(words) else words
    head, tail = f"{detail.when:%Y-%m-%d}-", f"-{detail.id}.md"
    room = NAME_BYTES - len(head) - len(tail)
    return head + words.encode()[:room].decode(errors="ignore").rstrip("-_") + tail


class _Block(NamedTuple):
    id: str
    text: str

    @property
    def marked(self) -> str:
        return f"<!-- dipread:begin id={self.id} sha256={_hash(self.text)} -->\n{self.text}<!-- dipread:end -->\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _own_path(folder: Path, name: str, block_id: str) -> tuple[Path, bool]:
    """The file to write, and whether another's file stood in the way."""
    stem, suffix = name.rsplit(".", 1)
    path, number = folder / name, 1
    while (text := _text(path)) is not None and not any(
        each["id"] == block_id for each in _BLOCK.finditer(text)
    ):
        number += 1
        path = folder / f"{stem}-{number}.{suffix}"
    return path, number > 1


def _text(path: Path) -> str | None:
    """What a file holds, None when there is none; a file that is not text is another's."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (UnicodeDecodeError, IsADirectoryError):
        return ""


Did = Literal["written", "rewritten", "unchanged", "appended", "beside"]


def _merged(before: str | None, block: _Block, header: str, now: datetime) -> tuple[str, Did]:
    if before is None:
        return header + "\n" + block.marked, "written"
    ours = [each for each in _BLOCK.finditer(before) if each["id"] == block.id]
    if any(each["text"] == block.text for each in ours):
        return before, "unchanged"
    last = ours[-1]
    if _hash(last["text"]) == last["hash"]:
        return before[: last.start()] + block.marked + before[last.end() :], "rewritten"
    added = f"\n*Exported again on {now:%d %b %Y %H:%M} UTC; the part above was edited by hand and is kept.*\n\n"
    return before.rstrip("\n") + "\n" + added + block.marked, "appended"
