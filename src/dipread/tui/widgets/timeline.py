"""The timeline: all stories by period as bars, those that stand out marked, and a span to brush."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip

from dipread.export.chart import Chart as Table
from dipread.model import Has, Query
from dipread.store import Grid
from dipread.store.insights import spikes
from dipread.tui.bind import key
from dipread.tui.typeset.lines import fit
from dipread.tui.typeset.paint import brief, line
from dipread.tui.widgets.chart import Chart
from dipread.tui.widgets.dates import dates_beside
from dipread.tui.widgets.heat_map import FEWEST, NO_GRID, WIDEST

_AXIS = 7
_TALLEST = 14
_EIGHTHS = " ▁▂▃▄▅▆▇█"


class Timeline(Chart):
    """One bar a period. `v` begins a span at the cursor; Enter asks for the stories of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("v", "brush", "chart.brush", "span", "Begin a span here, or drop it"),
        key("n", "spike(1)", "chart.next-spike", "next spike", "Go to the next spike"),
        key("p", "spike(-1)", "chart.previous-spike", "spike", "Go to the spike before", show=False),
        key("escape", "drop", "chart.drop", "drop", "Drop the span", show=False),
    ]  # fmt: skip

    begun: reactive[int] = reactive(-1, init=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.grid = NO_GRID
        self.spikes: Sequence[int] = ()

    def show(self, grid: Grid) -> None:
        """Show other counts, from the last period on."""
        if self.grid.periods != grid.periods:
            self.set_reactive(Chart.cursor, (0, len(grid.periods) - 1))
            self.set_reactive(Timeline.begun, -1)
        self.grid = grid
        self.spikes = spikes(grid.whole)
        self.changed()

    def watch_begun(self) -> None:
        """A span began or ended."""
        self.repaint()
        self.refresh_bindings()
        self.post_message(self.Moved(self))

    # ------------------------------------------------------------------------------- what it says

    @property
    def shape(self) -> tuple[int, int]:
        """One row of periods."""
        return 1, len(self.grid.periods)

    @property
    def brushed(self) -> range:
        """The periods of the span, or the one under the cursor."""
        here = self.cursor[1]
        anchor = here if self.begun < 0 else self.begun
        return range(min(here, anchor), max(here, anchor) + 1) if self.grid.periods else range(0)

    @property
    def count(self) -> int:
        """The stories of the span."""
        return sum(self.grid.whole[place] for place in self.brushed)

    def query_of_cell(self) -> tuple[Query, ...]:
        """The dates of the span."""
        places = self.brushed
        if not places:
            return ()
        first, last = self.grid.periods[places.start], self.grid.periods[places.stop - 1]
        name = first.name if first == last else f"{first.first}..{last.last}"
        return (Has("date", (name,)),)

    def table(self) -> Table:
        """The counts of all periods, with what stands out said beside them."""
        rows = [
            (each.name + (" ▲ spike" if place in self.spikes else ""), (self.grid.whole[place],))
            for place, each in enumerate(self.grid.periods)
        ]
        return Table(f"Stories by {self.grid.unit}", ("stories",), tuple(rows), False)

    # ---------------------------------------------------------------------------------- painting

    def lines_needed(self) -> int:
        """All that fits."""
        return 1

    def bring(self, index: int) -> None:
        """Nothing scrolls here."""

    def _shown(self) -> tuple[range, int]:
        room = max(1, self.width - _AXIS - 1)
        count = len(self.grid.periods)
        wide = max(1, min(WIDEST, room // max(1, min(count, FEWEST))))
        first = max(0, min(count - room // wide, self.cursor[1]))
        return range(first, min(count, first + room // wide)), wide

    def head(self, width: int) -> Strip:
        """A sign over each period that stands out."""
        places, wide = self._shown()
        signs = "".join(("▲" if place in self.spikes else " ").ljust(wide) for place in places)
        return line([(" " * _AXIS + signs, self.inks["note"])], width, self.inks["ground"])

    def paint(self, index: int, width: int) -> Strip:
        """A slice of the bars, or below them the dates."""
        inks, height = self.inks, max(1, min(_TALLEST, self.size.height - 2))
        if not self.grid.periods:
            return self.nothing(width) if index == 0 else self.blank(width)
        if index >= height:
            return self._dates(width) if index == height else self.blank(width)
        places, wide = self._shown()
        most = max(self.grid.whole, default=1) or 1
        above = height - 1 - index
        label = brief(most) if index == 0 else "0" if above == 0 else ""
        shown: list[tuple[str, Style]] = [(f"{label.rjust(_AXIS - 2)} ┤", inks["dim"])]
        for place in places:
            eighths = round(self.grid.whole[place] / most * height * 8)
            if self.grid.whole[place]:
                eighths = max(1, eighths)
            glyph = _EIGHTHS[max(0, min(8, eighths - above * 8))]
            ink = "note" if place in self.brushed else "meter"
            if place in self.brushed and glyph == " ":
                glyph = "┊" if self.has_focus else " "
            shown.append(
                (glyph * (wide - 1 if wide > 1 else 1) + (" " if wide > 1 else ""), inks[ink])
            )
        return line(shown, width, inks["ground"])

    def _dates(self, width: int) -> Strip:
        places, wide = self._shown()
        days = [self.grid.periods[place].first for place in places]
        text = dates_beside(days, self.grid.unit, wide)
        shown = " " * (_AXIS - 1) + "└" + fit(text, max(1, width - _AXIS))
        return line([(shown, self.inks["dim"])], width, self.inks["ground"])

    def cell_place(self) -> int:
        """Where the bar under the cursor stands."""
        places, wide = self._shown()
        return _AXIS + max(0, self.cursor[1] - places.start) * wide

    def cell_at(self, x: int, row: int) -> tuple[int, int] | None:
        """The period that was clicked."""
        places, wide = self._shown()
        place = (x - _AXIS) // wide
        return (0, places[place]) if x >= _AXIS and 0 <= place < len(places) else None

    # ---------------------------------------------------------------------------------- the keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a span to drop only after one was begun."""
        return action != "drop" or self.begun >= 0

    def action_brush(self) -> None:
        """Begin a span, or drop it."""
        self.begun = self.cursor[1] if self.begun < 0 else -1

    def action_drop(self) -> None:
        """Drop the span."""
        self.begun = -1

    def action_spike(self, way: int) -> None:
        """The next spike (1) or the one before (-1)."""
        here = self.cursor[1]
        there = [each for each in self.spikes if (each - here) * way > 0]
        if there:
            self.cursor = 0, min(there, key=lambda each: abs(each - here))
        else:
            self.notify(f"No spike {'after' if way > 0 else 'before'} this", markup=False)
