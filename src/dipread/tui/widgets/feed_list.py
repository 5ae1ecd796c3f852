"""The feeds: what state each is in, how much it has brought, how often it is asked, and how that went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from dipread.model import FeedHealth
from dipread.text.days import lasting
from dipread.tui.bind import key
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.typeset.paint import thousands
from dipread.tui.widgets.row_list import Parts, RowList

_COUNT = 7
_LANGUAGE = 6
_WIDE = 140  # cells, from where group and address have room beside the state
_STATE = 44
_GROUP = 20


class FeedList(RowList[FeedHealth]):
    """A feed a line. `fetching` are the addresses of those that are being asked now, `off` of those taken off the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("plus", "screen.tend('add')", "feeds.add", "add", "Add a feed, or a site that has one"),
        key("r", "screen.tend('refresh')", "feeds.refresh", "refresh", "Refresh this feed"),
        key("e", "screen.tend('edit')", "feeds.edit", "edit", "Change this feed"),
        key("d", "screen.tend('disable')", "feeds.disable", "disable", "Take it off the list; again, put it back"),
        key("s", "screen.tend('stories')", "feeds.stories", "its stories", "Show the stories of this feed"),
        key("i", "screen.tend('import')", "feeds.import", "import", "Import feeds from OPML, or from newsboat's urls"),
        key("D", "screen.tend('remove')", "feeds.remove", "remove", "Remove it with its stories, but for what is yours"),
        key("f", "screen.tend('failing')", "feeds.failing", "failing", "Only those that fail or are silent, or all"),
    ]  # fmt: skip

    def __init__(self, now: Callable[[], datetime], *, id: str) -> None:
        super().__init__(id=id)
        self._now = now
        self.fetching: frozenset[str] = frozenset()
        self.off: frozenset[str] = frozenset()

    def name_of(self, item: FeedHealth) -> object:
        """Its address."""
        return item.feed.url

    def parts(self, item: FeedHealth, line: int, here: bool, width: int) -> Parts:
        """State, title, stories, interval, and how it fares in words."""
        inks = self.inks
        sign, words, ink = fares(item, self._now(), item.feed.url in self.fetching)
        if item.feed.url in self.off:
            sign, words, ink = "✕", "off your list; d puts it back", "dim"
        title = max(16, min(34, width // 3))
        how = f"every {minutes(item.feed.interval_minutes)}"
        shown = [
            (f"{sign} ", inks[ink]),
            (fit(seen(item.feed.title), title), inks["unread" if here else "ground"]),
            (f"{thousands(item.stories):>{_COUNT}}  ", inks["dim"]),
        ]
        room = width - 2 - title - _COUNT - 2
        if width >= 76:
            shown.append((fit(how, 14), inks["dim"]))
            room -= 14
        if width >= 100:
            shown.append((fit(seen(item.feed.language), _LANGUAGE), inks["dim"]))
            room -= _LANGUAGE
        state = _STATE if width >= _WIDE else room
        shown.append((fit(seen(words), max(0, state)), inks[ink if ink == "error" else "dim"]))
        if width >= _WIDE:
            group = fit("  " + seen(item.feed.group), _GROUP)
            shown.append((fit(group + seen(item.feed.url), room - state), inks["dim"]))
        return shown


def fares(item: FeedHealth, now: datetime, fetching: bool) -> tuple[str, str, str]:
    """How a feed fares: a sign, words, and the ink of both."""
    if fetching:
        return "↻", "fetching…", "primary"
    match item.state:
        case "new":
            return "·", "not fetched yet", "dim"
        case "gone":
            return "!", "gone: its server says that it is no more", "error"
        case "silent":
            return "?", _silence(item, now), "note"
        case "waiting" if item.held_until and not item.problem:
            return "·", f"asked to wait until {_day(item.held_until, now)}", "dim"
    if item.problem:
        since = f" since {_day(item.failing_since, now)}" if item.failing_since else ""
        again = f", next try {_day(item.held_until, now)}" if item.held_until else ""
        return "!", f"{item.problem}{since}{again}", "error"
    return "✓", f"ok {_day(item.last_fetched, now)}" if item.last_fetched else "ok", "sector"


def _silence(item: FeedHealth, now: datetime) -> str:
    """For how long it has brought nothing, and how long its gaps used to be."""
    if item.newest is None or item.usual_gap is None:
        return "silent: it answers, and brings nothing"
    return f"silent for {lasting(now - item.newest)}, usually every {lasting(item.usual_gap)}"


def _day(when: datetime, now: datetime) -> str:
    return f"{when:%H:%M}" if when.date() == now.date() else f"{when.day} {when:%b %H:%M}"


def minutes(count: int) -> str:
    """An interval in words.

    >>> minutes(30), minutes(60), minutes(1440), minutes(90)
    ('30 min', 'hour', 'day', '90 min')
    """
    return {60: "hour", 1440: "day", 10_080: "week"}.get(count, f"{count} min")
