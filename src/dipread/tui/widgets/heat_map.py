"""The heat map: what stories are about, by period; the last periods that fit."""

from __future__ import annotations

from datetime import date

from rich.cells import cell_len
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from dipread.export.chart import Chart as Table
from dipread.export.chart import levels, step
from dipread.model import Has, Query, Vocabulary
from dipread.store import Grid
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.typeset.paint import BAR, line, thousands
from dipread.tui.widgets.chart import LABEL, RAMP, Chart
from dipread.tui.widgets.dates import dates_beside

NO_GRID = Grid("sector", "week", (), (), (), ())
FEWEST = 46  # so many periods are wanted before cells are made wider
WIDEST = 6
_ROOMY = 90
_WIDE = 3  # cells get no wider than this at the cost of names
_TOTAL = 8
_BARS = "▁▂▃▄▅▆▇█"


class HeatMap(Chart):
    """A row for each value, darker for more stories; the last row is all stories as bars.

    `normal` shows shares of a period's stories instead of their number.
    """

    normal: reactive[bool] = reactive(False, init=False)

    def __init__(self, vocabulary: Vocabulary, *, id: str) -> None:
        super().__init__(id=id)
        self._vocabulary = vocabulary
        self.grid = NO_GRID
        self._longest = 0

    def show(self, grid: Grid) -> None:
        """Show other counts; the cursor stays on its row, and goes to the last period of new ones."""
        again = self.grid.periods == grid.periods and self.grid.kind == grid.kind
        self.grid = grid
        names = (self.label(row) for row in range(len(grid.rows)))
        self._longest = max(map(cell_len, names), default=0)
        if not again:
            self.set_reactive(Chart.cursor, (0, len(grid.periods) - 1))
            self.jump(0)
        self.changed()

    def watch_normal(self) -> None:
        """Other steps."""
        self.changed()

    # ------------------------------------------------------------------------------- what it says

    @property
    def shape(self) -> tuple[int, int]:
        """The values and the periods."""
        return len(self.grid.rows), len(self.grid.periods)

    def lines_needed(self) -> int:
        """The values, and a line for all."""
        return len(self.grid.rows) + 1 if self.grid.rows else 1

    def label(self, row: int) -> str:
        """What a row is called."""
        return seen(self._vocabulary.short(self.grid.kind, self.grid.rows[row]))

    @property
    def count(self) -> int:
        """The stories of the cell."""
        row, column = self.cursor
        return self.grid.counts[row][column] if self.grid.rows else 0

    def query_of_cell(self) -> tuple[Query, ...]:
        """The value and the period."""
        if not self.grid.rows:
            return ()
        row, column = self.cursor
        period = self.grid.periods[column]
        return Has(self.grid.kind, (self.grid.rows[row],)), Has("date", (period.name,))

    def table(self) -> Table:
        """All rows and all periods."""
        grid = self.grid
        rows = [(self.label(row), counts) for row, counts in enumerate(grid.counts)]
        title = f"Stories by {grid.kind} and {grid.unit}"
        return Table(title, tuple(each.name for each in grid.periods), (*rows, ("all", grid.whole)))

    # ---------------------------------------------------------------------------------- painting

    def _shown(self) -> tuple[range, int]:
        """The periods that fit, the last ones or those round the cursor, and how wide each is."""
        room = max(1, self.width - self._label_cells - _TOTAL)
        count = len(self.grid.periods)
        wide = max(1, min(WIDEST, room // max(1, min(count, FEWEST))))
        first = max(0, min(count - room // wide, self.cursor[1]))
        return range(first, min(count, first + room // wide)), wide

    @property
    def _label_cells(self) -> int:
        """Whole names where the periods leave room for them."""
        least = LABEL if self.width < _ROOMY else LABEL + 5
        spare = self.width - _TOTAL - _WIDE * min(len(self.grid.periods), FEWEST)
        return max(least, min(self._longest + 3, spare))

    def head(self, width: int) -> Strip:
        """The months or days that the columns stand for."""
        places, wide = self._shown()
        days = [self.grid.periods[place].first for place in places]
        text = fit(dates_beside(days, self.grid.unit, wide), len(days) * wide) if days else ""
        return line(
            [(" " * self._label_cells + text, self.inks["dim"])], width, self.inks["ground"]
        )

    def paint(self, index: int, width: int) -> Strip:
        """A row, or all stories as bars."""
        grid, inks = self.grid, self.inks
        if not grid.rows:
            return self.nothing(width) if index == 0 else self.blank(width)
        if index > len(grid.rows):
            return self.blank(width)
        if index == len(grid.rows):
            return line(self._whole(), width, inks["ground"])
        here = index == self.cursor[0]
        name = inks["strong"] if here else inks["dim"]
        bar = BAR if here and self.has_focus else " "
        label = [(bar, inks["here"]), (fit(self.label(index), self._label_cells - 2) + " ", name)]
        total = thousands(sum(grid.counts[index])).rjust(_TOTAL - 1)
        return line(
            [*label, *self._cells(index, here), (total, inks["dim"])], width, inks["ground"]
        )

    def _cells(self, row: int, here: bool) -> list[tuple[str, Style]]:
        places, wide = self._shown()
        bounds = levels(self._most)
        cells = [self.tile(" " * wide, step(self._weight(row, p), bounds)) for p in places]
        if not here:
            return cells
        at = self.cursor[1] - places.start
        words = f"{self.grid.counts[row][self.cursor[1]]:,}"
        words = f"[{words}]" if self.ramp else words.rjust(wide)
        over = -(-len(words) // wide)  # how many cells the number covers
        start = max(0, min(at - (over - 1) // 2, len(places) - over))
        number = (words.ljust(over * wide), self.inks["picked" if self.has_focus else "row"])
        return [*cells[:start], number, *cells[start + over :]]

    def _whole(self) -> list[tuple[str, Style]]:
        places, wide = self._shown()
        whole = self.grid.whole
        most = max(whole, default=1) or 1
        bars = "".join(
            (_BARS[min(7, whole[place] * 8 // (most + 1))] if whole[place] else " ") * wide
            for place in places
        )
        total = thousands(sum(whole)).rjust(_TOTAL - 1)
        dim = self.inks["dim"]
        return [(fit(" all", self._label_cells), dim), (bars, self.inks["meter"]), (total, dim)]

    def _weight(self, row: int, place: int) -> int:
        """What a cell's step is taken from: its stories, or their share in per mille."""
        count = self.grid.counts[row][place]
        return count * 1000 // max(1, self.grid.whole[place]) if self.normal else count

    @property
    def _most(self) -> int:
        rows, columns = self.shape
        return max((self._weight(r, c) for r in range(rows) for c in range(columns)), default=0)

    def legend(self) -> str:
        """What the five steps stand for, with their glyphs where there are no colours."""
        one, two, three, four = levels(self._most)
        if self.normal:
            told = ["0", *(f"{each / 10:g} %+" for each in (one, two, three, four))]
        else:
            spans = ((one, two - 1), (two, three - 1), (three, four - 1))
            some = (str(low) if low == high else f"{low}–{high}" for low, high in spans)
            told = ["0", *some, f"{four}+"]
        if self.ramp:
            return "  ".join(f"{glyph} {words}" for glyph, words in zip(RAMP, told, strict=True))
        return " · ".join(told[2:] if self.normal else told)

    # ---------------------------------------------------------------------------------- the place

    def cell_place(self) -> int:
        """Where the cell under the cursor begins."""
        places, wide = self._shown()
        return self._label_cells + max(0, self.cursor[1] - places.start) * wide

    def cell_at(self, x: int, row: int) -> tuple[int, int] | None:
        """The cell that was clicked."""
        places, wide = self._shown()
        place = (x - self._label_cells) // wide
        inside = x >= self._label_cells and place < len(places) and row < len(self.grid.rows)
        return (row, places[place]) if inside else None


def period_words(first: date, last: date) -> str:
    """A stretch of days in words.

    >>> period_words(date(2026, 8, 3), date(2026, 8, 9)), period_words(date(2026, 8, 1), date(2026, 8, 31))
    ('week of 3 Aug 2026', 'August 2026')
    """
    if first == last:
        return f"{first.day} {first:%b %Y}"
    days = (last - first).days + 1
    if days == 7 and first.weekday() == 0:
        return f"week of {first.day} {first:%b %Y}"
    if first.day == 1 and 28 <= days <= 31 and last.month == first.month:
        return f"{first:%B %Y}"
    return f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
