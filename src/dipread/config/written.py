"""Files that a person edits: read, parsed, replaced, and faults in them told with file and line."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from dipread.errors import ConfigError


def read_bytes(path: Path) -> bytes:
    """What a file holds; raises ConfigError."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _unreadable(path, fault) from None


def read_text(path: Path) -> str:
    """A file's text, UTF-8 with or without a byte order mark; raises ConfigError."""
    written = read_bytes(path)
    try:
        return written.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = written[: fault.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: not UTF-8 text", "Save the file as UTF-8.") from None


_UNFINISHED = re.compile(r"\.dipread-[a-z0-9_]{8}")
_GIVEN_UP = timedelta(hours=1)


def unfinished(folder: Path) -> tuple[int, str]:
    """A new file of a hidden name to write into before it takes its place: handle and path; raises OSError."""
    import tempfile

    return tempfile.mkstemp(dir=folder, prefix=".dipread-")


def clear_unfinished(folder: Path, now: datetime) -> None:
    """Take away what writers left behind that were killed before they were done.

    Whoever writes still has touched their file within the hour.
    """
    with suppress(OSError):  # no such folder, or not ours to clear: writing will tell
        for each in folder.iterdir():
            if _UNFINISHED.fullmatch(each.name) and each.is_file() and not each.is_symlink():
                touched = datetime.fromtimestamp(each.stat().st_mtime, UTC)
                if now - touched > _GIVEN_UP:
                    each.unlink()


def replace_text(path: Path, text: str) -> None:
    """The whole new text or, if anything fails, the old one; raises OSError."""
    handle, name = unfinished(path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def is_there(path: Path) -> bool:
    """Whether there is such a file; raises ConfigError when that can't be known."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as fault:
        raise _unreadable(path, fault) from None
    return True


def expanded(folder: str, setting: str) -> Path:
    """A folder as a person names it, with `~` for their own."""
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        raise ConfigError(
            f"{setting}: no such person's folder: {folder}", "Write the path out in full."
        ) from None


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """What TOML text says; `name` is what errors call it. Raises ConfigError with line and column."""
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError(
            f"{name}:1: not valid TOML: nested too deeply",
            "Tables look like [[feed]] or [[sector]].",
        ) from None
    except ValueError as fault:  # beside TOMLDecodeError, what a date or number is refused with
        said = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(fault))
        where = f"{said[2]}:{said[3]}" if said else str(text.rstrip().count("\n") + 1)
        raise ConfigError(
            f"{name}:{where}: not valid TOML: {said[1] if said else fault}",
            "Texts need quotes, tables look like [[feed]] or [[sector]].",
        ) from None


class Place(NamedTuple):
    """Some numbered lines of a file, to say where in it a fault is."""

    name: str
    lines: Sequence[tuple[int, str]]

    def at(self, key: str) -> str:
        """`file:line` of a key or table among these lines, else of the first of them."""
        wanted = re.compile(rf"""\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]""")
        for number, line in self.lines:
            if wanted.match(line):
                return f"{self.name}:{number}"
        return f"{self.name}:{self.lines[0][0] if self.lines else 1}"


def places_of(text: str, name: str) -> tuple[Place, list[Place]]:
    """The outermost keys and headings of a file, and the lines of each [[feed]]."""
    lines = list(enumerate(text.split("\n"), 1))
    headings = [at for at, (_, line) in enumerate(lines) if re.match(r"\s*\[", line)]
    first = headings[0] if headings else len(lines)
    top = lines[:first] + [lines[at] for at in headings]
    starts = [at for at in headings if re.match(r"\s*\[\[\s*feed\s*\]\]", lines[at][1])]
    ends = [*starts, len(lines)][1:]
    return Place(name, top), [
        Place(name, lines[start:end]) for start, end in zip(starts, ends, strict=True)
    ]


def _unreadable(path: Path, fault: OSError) -> ConfigError:
    return ConfigError(
        f"{path}: can't be read: {fault.strerror}", "Check its name and its permissions."
    )
