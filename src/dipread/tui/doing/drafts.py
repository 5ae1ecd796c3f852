"""Notes that were begun and not saved; kept between sessions, for each archive and passage."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict, fields

from dipread.config import replace_text
from dipread.model import Quote, StoryId

if TYPE_CHECKING:
    from dipread.tui.screens.annotate import Written

DRAFTS = "drafts"


class Drafts:
    """What was written in a dialog that was left with Esc, until it is saved or emptied."""

    def __init__(self, folder: Path, archive: Path) -> None:
        self._path = folder / DRAFTS
        self._archive = str(archive)
        self._held: dict[str, Written | None] = {}

    def find(self, about: str) -> Written | None:
        """The draft of a note, or of a new note on a passage."""
        from dipread.tui.screens.annotate import Written

        if about in self._held:
            return self._held[about]
        told = self._read().get(self._archive, {}).get(about)
        known = {each.name for each in fields(Written)} - {"day", "save"}
        try:
            return Written(**{key: str(told[key]) for key in known}) if told else None  # type: ignore[arg-type]
        except (KeyError, TypeError):
            return None  # of another version of dipread

    def keep(self, about: str, written: Written | None) -> None:
        """Keep a draft, or forget it. One that can't be written down is kept for this session."""
        self._held[about] = written if written and written.note else None
        kept = self._read()
        mine = kept.setdefault(self._archive, {})
        mine.pop(about, None)
        if written and written.note:
            mine[about] = {
                key: value for key, value in asdict(written).items() if key not in ("day", "save")
            }
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_text(self._path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            if isinstance(kept, dict) and all(isinstance(each, dict) for each in kept.values()):
                return kept
        return {}


def passage(story: StoryId, quote: Quote | None) -> str:
    """What a draft of a new note is known by."""
    return f"{story}" if quote is None else f"{story} {quote.field} {quote.start}-{quote.end}"
