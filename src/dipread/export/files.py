"""Files in a folder: what they are called, which are ours, and how they are replaced."""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Literal

from dipread.config import replace_text
from dipread.errors import DipreadError
from dipread.export.blocks import Document, holds, merged
from dipread.export.groups import Bundle
from dipread.model import Exported

Did = Literal["written", "rewritten", "unchanged", "appended", "beside"]
NAME_BYTES = 120
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")


def write_document(
    bundle: Bundle, document: Document, folder: Path, now: datetime, *, dry: bool = False
) -> Exported:
    """Write a file into `folder`, made if need be; `dry` only tells what would be.

    Raises DipreadError when that can't be done.
    """
    try:
        if not dry:
            folder.mkdir(parents=True, exist_ok=True)
        path, theirs = _own_path(folder, file_name(bundle), document.id)
        before = _text(path)
        text: str
        did: Did
        if before is None:
            text, did = document.whole(), "beside" if theirs else "written"
        else:
            text, did = merged(before, document, now)
        if text != before and not dry:
            replace_text(path, text)
    except OSError as fault:
        raise DipreadError(
            f"{folder}: can't be written to: {fault.strerror}", "Choose another folder with -o."
        ) from None
    return Exported(str(path), did, len(bundle.details), before or "", text)


def difference(exported: Exported) -> str:
    """What an export changes in a file, as `diff -u` shows it; empty when nothing."""
    before, after = (each.splitlines(keepends=True) for each in (exported.before, exported.text))
    old = exported.path if exported.before else "/dev/null"
    return "".join(difflib.unified_diff(before, after, old, exported.path))


def file_name(bundle: Bundle) -> str:
    """A name that any system takes, of at most 120 bytes: day, words of the title, number of the story."""
    if not bundle.id.startswith("story-"):
        return f"{slug(bundle.id, NAME_BYTES - 3)}.md"
    (detail,) = bundle.details
    head, tail = f"{detail.when:%Y-%m-%d}-", f"-{detail.id}.md"
    return head + slug(detail.story.title, NAME_BYTES - len(head) - len(tail)) + tail


def slug(title: str, room: int) -> str:
    """Words of a title, of any script, joined by hyphens, in at most `room` bytes.

    >>> slug("../日伊首脳: 160 years?", 40), slug("con", 40)
    ('日伊首脳-160-years', 'untitled')
    """
    words = unicodedata.normalize("NFC", title.casefold())
    words = re.sub(r"[^\w]+", "-", words).strip("-_")
    words = "untitled" if not words or _RESERVED.fullmatch(words) else words
    return words.encode()[:room].decode(errors="ignore").rstrip("-_")


def _own_path(folder: Path, name: str, id: str) -> tuple[Path, bool]:
    """The file to write, and whether another's file stood in the way."""
    stem, suffix = name.rsplit(".", 1)
    path, number = folder / name, 1
    while (text := _text(path)) is not None and not holds(text, id):
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
