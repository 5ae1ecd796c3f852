"""The pair matrix: how many stories name two countries, for those that are named most."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip

from dipread.export.chart import Chart as Table
from dipread.export.chart import levels, step
from dipread.model import Has, Query, Vocabulary
from dipread.store import Pairs
from dipread.tui.bind import key
from dipread.tui.typeset.paint import BAR, brief, line
from dipread.tui.widgets.chart import Chart

_LABEL, _WIDE = 5, 5
ORDERS = ("total", "name")


class PairMatrix(Chart):
    """A half table: every pair once. Sorted by how often a country is named, or by its name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("s", "sort", "chart.sort", "sort", "Countries by number or by name"),
    ]

    order: reactive[str] = reactive("total", init=False)

    def __init__(self, vocabulary: Vocabulary, *, id: str) -> None:
        super().__init__(id=id)
        self._vocabulary = vocabulary
        self.pairs = Pairs({}, {})
        self._named: list[str] = []

    def show(self, pairs: Pairs) -> None:
        """Show other counts."""
        self.pairs = pairs
        self._sort()
        if len(self._named) > 1 and self.cursor == (0, 0):
            self.set_reactive(Chart.cursor, (1, 0))
        self.changed()

    def _sort(self) -> None:
        self._named = list(self.pairs.totals)
        if self.order == "name":
            self._named.sort(key=lambda code: self._vocabulary.label("country", code).casefold())
        fits = max(1, (self.width - _LABEL) // _WIDE)
        self._named = self._named[: fits + 1]

    def resized(self) -> None:
        """As many countries as fit."""
        self._sort()
        self.changed()

    def watch_order(self) -> None:
        """Sort anew."""
        self._sort()
        self.changed()

    def action_sort(self) -> None:
        """The other order."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]

    # ------------------------------------------------------------------------------- what it says

    @property
    def shape(self) -> tuple[int, int]:
        """As many rows as countries; a row is as long as its number."""
        return len(self._named), len(self._named)

    def validate_cursor(self, cursor: tuple[int, int]) -> tuple[int, int]:
        """Below the diagonal: the first country has no row of its own."""
        last = max(0, len(self._named) - 1)
        row = max(min(1, last), min(last, cursor[0]))
        return row, max(0, min(row - 1, cursor[1]))

    @property
    def here(self) -> tuple[str, str] | None:
        """The two countries of the cell."""
        row, column = self.cursor
        return (self._named[column], self._named[row]) if len(self._named) > 1 else None

    @property
    def count(self) -> int:
        """The stories of the cell."""
        return self.pairs.count(*self.here) if self.here else 0

    def query_of_cell(self) -> tuple[Query, ...]:
        """Both countries."""
        return tuple(Has("country", (code,)) for code in self.here or ())

    def table(self) -> Table:
        """The half that is shown, with the countries' names."""
        names = [self._vocabulary.label("country", code) for code in self._named]
        rows = []
        for row, one in enumerate(self._named[1:], 1):
            counts = [self.pairs.count(one, other) for other in self._named[:row]]
            blank: list[int | None] = [None] * (len(self._named) - 1 - row)
            rows.append((names[row], (*counts, *blank)))
        return Table("Stories that name both countries", tuple(names[:-1]), tuple(rows), False)

    # ---------------------------------------------------------------------------------- painting

    def head(self, width: int) -> Strip:
        """The countries of the columns."""
        codes = "".join(code.rjust(_WIDE) for code in self._named[:-1])
        return line([(" " * _LABEL + codes, self.inks["dim"])], width, self.inks["ground"])

    def paint(self, index: int, width: int) -> Strip:
        """One country and those before it; of the first country only its column is shown."""
        inks = self.inks
        if not self.here:
            return self.nothing(width) if index == 0 else self.blank(width)
        row = index + 1
        if row >= len(self._named):
            return self.blank(width)
        here = row == self.cursor[0]
        bar = BAR if here and self.has_focus else " "
        code = self._named[row]
        shown: list[tuple[str, Style]] = [
            (bar, inks["here"]),
            (code.ljust(_LABEL - 1), inks["strong" if here else "dim"]),
        ]
        bounds = levels(max(self.pairs.counts.values(), default=0))
        for column in range(row):
            count = self.pairs.count(code, self._named[column])
            words = brief(count) if count else "·"
            cell, style = self.tile(words.rjust(_WIDE - 1) + " ", step(count, bounds))
            if here and column == self.cursor[1]:
                style = inks["picked" if self.has_focus else "row"]
            shown.append((cell, style))
        return line(shown, width, inks["ground"])

    def lines_needed(self) -> int:
        """One less than there are countries."""
        return max(1, len(self._named) - 1)

    def bring(self, index: int) -> None:
        """The first country has no line."""
        super().bring(max(0, index - 1))

    def cell_place(self) -> int:
        """Where the cell under the cursor begins."""
        return _LABEL + self.cursor[1] * _WIDE

    def cell_at(self, x: int, row: int) -> tuple[int, int] | None:
        """The cell that was clicked."""
        column = (x - _LABEL) // _WIDE
        inside = x >= _LABEL and row + 1 < len(self._named) and column <= row
        return (row + 1, column) if inside else None
