"""Where the reader was: the filter, the story, the panes; kept between sessions, for each archive."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from dipread.config import replace_text

SESSION = "session"
KEPT = 20


class Session(Struct, frozen=True):
    """A place to come back to; `shape` is a layout that was chosen by hand, else empty."""

    query: str = ""
    story: int = 0
    pane: str = "list"
    shape: str = ""
    zoomed: bool = False


def read_session(folder: Path, archive: Path) -> Session:
    """Where the reader left this archive; the beginning when that is not known."""
    kept = _read(folder / SESSION).get(str(archive), {})
    known = {name: type(value) for name, value in asdict(Session()).items()}
    told = kept if isinstance(kept, dict) else {}
    return Session(**{k: v for k, v in told.items() if k in known and type(v) is known[k]})


def keep_session(folder: Path, archive: Path, session: Session) -> None:
    """Keep it. A state that can't be written is a place lost and nothing else, so nobody is told."""
    kept = _read(folder / SESSION)
    kept.pop(str(archive), None)
    kept[str(archive)] = asdict(session)
    newest = dict(list(kept.items())[-KEPT:])
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_text(folder / SESSION, json.dumps(newest, ensure_ascii=False, indent=1) + "\n")


def _read(path: Path) -> dict[str, Any]:
    """What is kept; nothing when it can't be read, for it may be deleted at any time."""
    with suppress(OSError, ValueError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(kept, dict):
            return kept
    return {}
