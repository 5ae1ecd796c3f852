"""What a refresh brings: how it goes, in words, and where its stories go in the list."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from dipread.model import Feed, Outcome
from dipread.text.plural import plural

_FAILED = ("error", "gone")


class NewsState(Struct, frozen=True):
    """How the news stands: `progress` is how a refresh goes or went, `refreshed` when the last one was."""

    progress: str = ""
    refreshed: datetime | None = None
    failing: int = 0
    offline: bool = False
    sample: bool = False

    def told(self, now: datetime) -> tuple[str, ...]:
        """It in words, the longest first; the last is the least that must be said."""
        if self.progress:
            return (self.progress,)
        last = short = "not refreshed yet"
        if self.refreshed is not None:
            today = self.refreshed.date() == now.date()
            short = f"{'' if today else f'{self.refreshed.day} {self.refreshed:%b} '}{self.refreshed:%H:%M}"
            last = f"refreshed {short} UTC"
        if self.offline and self.refreshed is None:
            return "offline, showing saved stories", "offline"
        if self.offline:
            return (
                f"offline, showing saved stories · last refresh {short}",
                f"offline · {last}",
                f"offline · {short}",
            )
        if self.sample:
            return f"sample desk · {last}", "sample desk", "sample", ""
        return last, short, ""

    @property
    def trouble(self) -> tuple[str, ...]:
        """What fails, in words, the longest first; empty when nothing does."""
        if not self.failing:
            return ("",)
        return (
            f"! {plural(self.failing, 'feed')} failing",
            f"! {self.failing} failing",
            f"! {self.failing}",
        )


class Refreshing(Struct):
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
