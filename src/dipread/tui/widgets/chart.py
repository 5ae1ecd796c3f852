"""What the charts share: cells with a cursor on one, a first line that stays, and words for the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.export.chart import Chart as Table
from dipread.model import Query
from dipread.tui.bind import key
from dipread.tui.typeset.paint import line
from dipread.tui.widgets.pane import Pane

RAMP = "·░▒▓█"
LABEL = 11


class Chart(Pane):
    """Cells by row and column. Its first line is a head that does not scroll away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("right,l", "go(0, 1)", "chart.right", "cell", "The cell at the right", as_="←↓↑→"),
        key("enter", "open", "chart.open", "these stories", "Show the stories of the cell"),
        key("T", "table", "chart.table", "table", "The chart as a table"),
        key("E", "export", "chart.export", "export", "Export the charts"),
        key("left,h", "go(0, -1)", "chart.left", "left", "The cell at the left", show=False),
        key("down,j", "go(1, 0)", "chart.down", "down", "The cell below", show=False),
        key("up,k", "go(-1, 0)", "chart.up", "up", "The cell above", show=False),
        key("home,0", "go(0, -999)", "chart.first", "first", "The first cell of the row", show=False),
        key("end,dollar_sign", "go(0, 999)", "chart.last", "last", "The last cell of the row", show=False),
        key("g", "go(-999, 0)", "chart.top", "top", "The first row", show=False),
        key("G", "go(999, 0)", "chart.bottom", "end", "The last row", show=False),
    ]  # fmt: skip

    cursor: reactive[tuple[int, int]] = reactive((0, 0), repaint=False, init=False)

    @dataclass(eq=False, repr=False)
    class Moved(Message):
        """The cursor is on another cell, or there are other numbers in it."""

        chart: Chart

    @dataclass(eq=False, repr=False)
    class Opened(Message):
        """The stories of the cell are wanted."""

        chart: Chart

    class TableAsked(Message):
        """The chart is wanted as a table."""

    class ExportAsked(Message):
        """The charts are to be written to a file."""

    @property
    def also(self) -> tuple[str, ...]:
        """The way to the next chart."""
        return ("any.next-pane",)

    @property
    def ramp(self) -> bool:
        """Whether steps are told by glyphs, for want of colours."""
        return self.app.no_color or self.app.native_ansi_color

    # ---------------------------------------------------------------------- what a chart must say

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        raise NotImplementedError

    def query_of_cell(self) -> tuple[Query, ...]:
        """What the stories of the cell have besides what is asked; none without a cell."""
        raise NotImplementedError

    def table(self) -> Table:
        """The whole chart in numbers."""
        raise NotImplementedError

    def head(self, width: int) -> Strip:
        """The first line."""
        raise NotImplementedError

    def cell_place(self) -> int:
        """The column of the screen where the cell under the cursor begins."""
        return LABEL

    def cell_at(self, x: int, row: int) -> tuple[int, int] | None:
        """The cell at a place that was clicked."""
        return None

    # ---------------------------------------------------------------------------------- painting

    def tile(self, words: str, level: int) -> tuple[str, Style]:
        """A cell of one step: a ground, or a glyph where there are no colours."""
        if self.ramp and not words.strip():
            return RAMP[level] * len(words), self.inks["dim" if level < 2 else "ground"]
        return words, self.inks[f"heat{level}"]

    def render_line(self, y: int) -> Strip:
        """The head, and below it the lines that are scrolled to."""
        return self.head(self.width) if y == 0 else super().render_line(y - 1)

    def blank(self, width: int) -> Strip:
        """A line with nothing in it."""
        return Strip([Segment(" " * width, self.inks["ground"])])

    def nothing(self, width: int) -> Strip:
        """What to say when there is nothing to count."""
        return line([(" no stories to count", self.inks["dim"])], width, self.inks["ground"])

    def repaint(self, *indexes: int) -> None:
        """Paint all of it: a cell has neighbours."""
        super().repaint()

    def set_length(self, lines: int) -> None:
        """The head is a line too."""
        super().set_length(lines + 1)

    def bring(self, index: int) -> None:
        """Scroll no further than needed for a line to be in sight below the head."""
        top, height = self.scroll_offset.y, max(1, self.size.height - 1)
        if index < top:
            self.jump(index)
        elif index >= top + height:
            self.jump(index - height + 1)

    def cursor_cell(self) -> Offset:
        """The cell under the cursor, for screen readers."""
        return Offset(self.cell_place(), self.cursor[0] + 1)

    # ---------------------------------------------------------------------------------- the cursor

    def changed(self) -> None:
        """There are other numbers."""
        self.set_length(self.lines_needed())
        self.set_reactive(Chart.cursor, self.validate_cursor(self.cursor))
        self.repaint()
        self.place_cursor()
        self.post_message(self.Moved(self))

    def lines_needed(self) -> int:
        """How many lines there are below the head."""
        return self.shape[0]

    def validate_cursor(self, cursor: tuple[int, int]) -> tuple[int, int]:
        """Within the cells."""
        rows, columns = self.shape
        return max(0, min(rows - 1, cursor[0])), max(0, min(columns - 1, cursor[1]))

    def watch_cursor(self) -> None:
        """Show where it is, and say so."""
        self.repaint()
        self.bring(self.cursor[0])
        self.place_cursor()
        self.post_message(self.Moved(self))

    def resized(self) -> None:
        """Other cells fit."""
        self.set_length(self.lines_needed())
        self.bring(self.cursor[0])

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked cell; its stories on the second click."""
        cell = self.cell_at(event.x, event.y - 1 + self.scroll_offset.y) if event.y else None
        if cell is not None:
            self.cursor = cell
            if event.chain == 2:
                self.action_open()

    def action_go(self, down: int, right: int) -> None:
        """To another cell."""
        self.cursor = self.cursor[0] + down, self.cursor[1] + right

    def action_open(self) -> None:
        """Ask for the stories of the cell."""
        if self.query_of_cell():
            self.post_message(self.Opened(self))

    def action_table(self) -> None:
        """Ask for the table."""
        self.post_message(self.TableAsked())

    def action_export(self) -> None:
        """Ask for the export."""
        self.post_message(self.ExportAsked())
