"""What a refresh brings: how it goes, in words, and where its stories go in the list."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dipread.model import Feed, Outcome
from dipread.tui.paint import plural

_FAILED = ("error", "gone")


@dataclass
class Refreshing:
    """A refresh as it goes, feed by feed; `asked` when the reader named the feed."""

    total: int
    asked: bool
    done: int = 0
    new: int = 0
    failed: list[tuple[Feed, str]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one feed."""
        self.done += 1
        self.new += outcome.new
        if outcome.status in _FAILED:
            self.failed.append((outcome.feed, outcome.problem))

    @property
    def progress(self) -> str:
        """While it runs: ↻ 7/24 feeds."""
        return f"↻ {self.done}/{plural(self.total, 'feed')}"

    def result(self, now: datetime) -> str:
        """When it has ended: ✓ 14:05 · 37 new."""
        return f"✓ {now:%H:%M} · {self.new:,} new"
