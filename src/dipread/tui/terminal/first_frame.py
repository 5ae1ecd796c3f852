"""The newest stories as plain text, on the screen before Textual is even imported.

It stands where the list will stand and in its colours, so that the live screen only fills in the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from rich.cells import cell_len

from dipread.store import Glimpse
from dipread.tui.colours.looks import Look, rgb
from dipread.tui.shape import is_short, is_tiny, shape_for
from dipread.tui.typeset.lines import fit, seen

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_RESET = "\x1b[0m"
_FEED_CELLS = 20


class Place(NamedTuple):
    """Where the list is on the screen, its rule not counted."""

    left: int
    top: int
    width: int
    height: int


def list_place(columns: int, rows: int) -> Place:
    """Where the rows of the list are in each layout (dipread.tcss says the same to Textual).

    >>> list_place(120, 36)
    Place(left=28, top=3, width=92, height=12)
    """
    body = rows - 3
    if is_tiny(columns, rows):
        return Place(0, 3, columns, body - 1)
    match shape_for(columns):
        case "narrow":
            return Place(0, 3, columns, (5 if is_short(rows) else 9) - 1)
        case "medium":
            return Place(28, 3, columns - 28, body * 2 // 5 - 1)
        case _:
            return Place(32, 3, 71, body - 1)


def first_frame(stories: Sequence[Glimpse], columns: int, rows: int, look: Look | None) -> str:
    """What to write to a terminal of this size; without a look, in its own colours."""
    place = list_place(columns, rows)
    paint = _Paint(look)
    day = ""
    lines = {0: paint.bar(fit(" dipread", columns))}
    for number, story in enumerate(stories[: place.height]):
        when = datetime.fromtimestamp(story.when, UTC)
        new_day, day = f"{when:%F}" != day, f"{when:%F}"
        row = "".join(_row(story, when, new_day, place.width, paint, here=number == 0))
        lines[place.top + number] = paint.ground(" " * place.left) + row
    blank = paint.ground(" " * columns)
    return (
        ENTER
        + "".join(
            f"\x1b[{number + 1};1H{blank}\x1b[{number + 1};1H{lines.get(number, '')}"
            for number in range(rows)
        )
        + _RESET
    )


def _row(
    story: Glimpse, when: datetime, new_day: bool, width: int, paint: _Paint, here: bool
) -> Iterator[str]:
    """One row as paint.story_line paints it: state, time, countries, title, feed."""
    time = f"{when.day} {when:%b}" if new_day else f"{when:%H:%M}"
    time = time if story.dated else f"~{when:%H:%M}"
    states = ("●" if not story.read else " ") + ("★" if story.starred else " ")
    feed = fit(seen(story.feed), _FEED_CELLS) if width >= 90 else ""
    before = f"{time.rjust(6)} "
    countries = fit(" ".join(story.countries[:2]), 5) + " "
    room = width - 3 - cell_len(before) - cell_len(countries) - cell_len(feed) - (1 if feed else 0)
    title = fit(seen(story.title), max(0, room))
    ground = "row" if here else "background"
    yield paint.ink("primary", "▌" if here else " ", ground)
    yield paint.ink("text", states, ground)
    yield paint.ink("dim", before, ground)
    yield paint.ink("country", countries, ground)
    yield paint.ink("dim" if story.read else "text", title, ground)
    yield paint.ink("dim", (" " if feed else "") + feed, ground)


class _Paint:
    """Text in the colours of a look, or plain."""

    def __init__(self, look: Look | None) -> None:
        self._look = look

    def ink(self, ink: str, text: str, ground: str = "background") -> str:
        """Text in one of the look's colours on another."""
        if self._look is None:
            return text
        fore, back = (rgb(getattr(self._look, each)) for each in (ink, ground))
        return f"\x1b[38;2;{_numbers(fore)};48;2;{_numbers(back)}m{text}"

    def ground(self, text: str) -> str:
        """Text on the background."""
        return self.ink("text", text)

    def bar(self, text: str) -> str:
        """Text on the bar at the top."""
        return self.ink("text", text, "bar")


def _numbers(colour: tuple[int, int, int]) -> str:
    return ";".join(map(str, colour))


def has_true_colour(env: Mapping[str, str]) -> bool:
    """Whether the terminal says that it shows every colour; in others the frame is plain."""
    return env.get("COLORTERM", "").lower() in ("truecolor", "24bit")
