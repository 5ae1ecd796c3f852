"""Insights: the stories of the filter counted, and from every number the way to its stories."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.reactive import reactive

from dipread.export.chart import chart_csv, chart_svg, chart_text
from dipread.library import Library
from dipread.model import Query
from dipread.model.question import all_of, clauses
from dipread.query import print_query
from dipread.store import Store, Term, Unit
from dipread.store.insights import KINDS, UNITS
from dipread.text.plural import plural
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.cell_words import cell_words, terms_words
from dipread.tui.messages import AskAsked
from dipread.tui.rows.counted import Counted, counted
from dipread.tui.screens.room import SideRoom
from dipread.tui.shape import Shape, is_tiny, shape_for
from dipread.tui.telling import telling
from dipread.tui.widgets.chart import Chart
from dipread.tui.widgets.heat_map import HeatMap
from dipread.tui.widgets.pair_matrix import PairMatrix
from dipread.tui.widgets.said_line import SaidLine
from dipread.tui.widgets.timeline import Timeline
from dipread.tui.widgets.title_rule import TitleRule

REST = 0.08
_TALL = 40
_TERMS_SHOWN = 4
_SAID = {"sector": "SECTOR", "event": "EVENT", "country": "COUNTRY", "pair": "PAIR", "forum": "FORUM"}  # fmt: skip


class InsightsScreen(SideRoom):
    """Three charts of one question; `kind` are the rows of the heat map, `unit` the columns."""

    AUTO_FOCUS = "#heat"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "rows", "insights.rows", "rows", "Other rows: sectors, events, countries, pairs, forums"),
        key("c", "columns", "insights.columns", "columns", "Other columns: days, weeks, months"),
        key("n", "normalise", "insights.normalise", "normalise", "Stories, or their share of the period"),
        key("z", "zoom", "insights.zoom", "zoom", "Give the chart the whole window, and back", show=False),
    ]  # fmt: skip

    kind: reactive[str] = reactive("sector", init=False)
    unit: reactive[Unit | None] = reactive(None, init=False)
    zoomed: reactive[bool] = reactive(False, init=False)

    def __init__(
        self,
        library: Library,
        desk: Desk,
        now: Callable[[], datetime],
        asked: Callable[[], Query],
    ) -> None:
        super().__init__("insights", now)
        self._library = library
        self._desk = desk
        self._now = now
        self._asked = asked
        self._counted: Counted | None = None
        self._shares = False
        self._told: tuple[str | None, Query] | None = None
        self.heat = HeatMap(library.vocabulary, id="heat")
        self.pairs = PairMatrix(library.vocabulary, id="pairs")
        self.timeline = Timeline(id="timeline")
        self.rules = {
            "heat": TitleRule("SECTOR × WEEK", id="heat-rule"),
            "pairs": TitleRule("PAIRS", id="pairs-rule"),
            "timeline": TitleRule("TIMELINE", id="timeline-rule"),
        }
        self._question = SaidLine(id="question")
        self.cell_line = SaidLine(id="cell")
        self.more_line = SaidLine(id="more")

    def compose(self) -> ComposeResult:
        """The question, the charts, the cell in words."""
        yield self.top_bar
        yield self._question
        with Container(id="charts"):
            with Vertical(id="heat-side"):
                yield self.rules["heat"]
                yield self.heat
            with Container(id="below"):
                with Vertical(id="pairs-side"):
                    yield self.rules["pairs"]
                    yield self.pairs
                with Vertical(id="timeline-side"):
                    yield self.rules["timeline"]
                    yield self.timeline
        yield self.cell_line
        yield self.more_line
        yield self.footer
        yield self.over

    def on_screen_resume(self) -> None:
        """Count what is asked now."""
        self._count()

    def refresh_ended(self) -> None:
        """Count what has come too."""
        self._count()

    # ------------------------------------------------------------------------------------ counting

    def watch_kind(self) -> None:
        """Other rows."""
        self._count()

    def watch_unit(self) -> None:
        """Other columns."""
        self._count()

    @work(exclusive=True, group="insights")
    async def _count(self) -> None:
        """Have everything counted, and show it at once."""
        asked, kind, unit = self._asked(), self.kind, self.unit

        with telling(self.app):
            found = await self._desk.counter.ask(lambda store: counted(store, asked, kind, unit))
            if (found, self.heat.normal) == (self._counted, self._shares):
                return  # what the reader comes back to stands there already
            self._counted, self._shares, self._told = found, self.heat.normal, None
            self.heat.show(found.grid)
            self.pairs.show(found.pairs)
            self.timeline.show(found.line)
            self._title(found)

    def _title(self, found: Counted) -> None:
        asked, grid, _, line, total = found
        self.rules["heat"].retitle(f"{_SAID[grid.kind]} × {grid.unit.upper()}")
        share = "· share of the period" if self.heat.normal else "· stories"
        self.rules["heat"].detail = share
        self.rules["heat"].right = self.heat.legend() if grid.rows else ""
        self.rules["pairs"].detail = "· both named"
        self.rules["timeline"].detail = f"· stories a {line.unit}"
        spikes = len(self.timeline.spikes)
        self.rules["timeline"].right = f"▲ {plural(spikes, 'spike')}" if spikes else ""
        words = print_query(asked) or "every story"
        first = f"{grid.periods[0].first} – {grid.periods[-1].last}" if grid.periods else ""
        of_all = f"   {sum(grid.whole):,} of {total:,}"
        self._question.say(
            ("/ ", "dim"), (words, "country"), (of_all, "dim"), (f"   {first}", "dim")
        )

    # ---------------------------------------------------------------------------- the cell in words

    @on(Chart.Moved)
    def _moved(self) -> None:
        self._tell_cell()

    def on_descendant_focus(self) -> None:
        """Another chart has the focus."""
        self._lay_out()
        self._tell_cell()

    @property
    def chart(self) -> Chart:
        """The chart that has the focus, or had it last."""
        focused = self.focused
        return focused if isinstance(focused, Chart) else self.heat

    @work(exclusive=True, group="cell")
    async def _tell_cell(self) -> None:
        """Say what the cell is, how unusual, and what its stories have in common."""
        chart, shown = self.chart, self._counted
        parts = chart.query_of_cell()
        if shown is None or not parts:
            self.cell_line.say()
            self.more_line.say()
            return
        asked = shown.asked
        stretch = all_of((*clauses(asked), *parts))
        if self._told == (chart.id, stretch):
            return
        self._told = None
        vocabulary = self._library.vocabulary
        self.cell_line.say(*cell_words(chart, vocabulary))
        await asyncio.sleep(REST)  # whoever runs over the cells asks for none of them

        def look(store: Store) -> tuple[list[Term], list[str]]:
            terms = store.insights.terms(asked, stretch, _TERMS_SHOWN)
            newest = store.stories.find(stretch)[:3]
            return terms, [row.title for row in store.stories.rows(newest)]

        with telling(self.app):
            terms, titles = await self._desk.counter.ask(look)
            if terms:
                self.cell_line.say(*cell_words(chart, vocabulary), *terms_words(terms, vocabulary))
            self.more_line.say((" · ".join(titles), "dim"))
            self._told = chart.id, stretch

    # ---------------------------------------------------------------------------------- the layout

    def on_resize(self) -> None:
        """Side by side, or one above the others."""
        self._lay_out()

    def watch_zoomed(self) -> None:
        """One chart, or all."""
        self._lay_out()

    @property
    def shape(self) -> Shape:
        """The layout by size."""
        return shape_for(self.app.size.width)

    def _lay_out(self) -> None:
        columns, rows = self.app.size
        alone = self.zoomed or is_tiny(columns, rows)
        wanted = {f"-{self.shape}"} | ({"-tall"} if rows >= _TALL else set())
        wanted |= {"-alone", f"-zoom-{self.chart.id}"} if alone else set()
        ours = {name for name in self.classes if name.startswith("-")} & _CLASSES
        if ours != wanted:
            self.remove_class(*(ours - wanted), update=False)
            self.add_class(*wanted, update=False)
            self.update_node_styles(animate=False)

    # ---------------------------------------------------------------------------------- the actions

    @on(Chart.Opened)
    def _opened(self, event: Chart.Opened) -> None:
        parts = event.chart.query_of_cell()
        asked = self._counted.asked if self._counted else self._asked()
        self.post_message(AskAsked(all_of((*clauses(asked), *parts))))

    def action_rows(self) -> None:
        """The next kind of rows."""
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]

    def action_columns(self) -> None:
        """The next kind of columns."""
        shown = self.heat.grid.unit
        self.unit = UNITS[(UNITS.index(shown) + 1) % len(UNITS)]

    def action_normalise(self) -> None:
        """Stories, or shares."""
        self.heat.normal = not self.heat.normal
        self._count()

    def action_zoom(self) -> None:
        """This chart alone, or all."""
        self.zoomed = not self.zoomed

    def stepped_back(self) -> bool:
        """Leave the zoom."""
        zoomed, self.zoomed = self.zoomed, False
        return zoomed

    @on(Chart.TableAsked)
    def _table_asked(self) -> None:
        from dipread.tui.screens.text import TextDialog

        table = self.chart.table()
        _, _, rows = chart_text(table).split("\n", 2)
        self.open_dialog(TextDialog(table.title, rows))

    @on(Chart.ExportAsked)
    @work(exclusive=True, group="export")
    async def _export_asked(self) -> None:
        """Ask in which form, and write the chart that has the focus."""
        from dipread.tui.screens.chart_export import ChartExportDialog, write_chart

        table = self.chart.table()
        folder = self._library.config.export_folder
        wanted = await self.open_dialog(ChartExportDialog(table, folder, self._now()))
        if wanted is None:
            return
        text = {"text": chart_text, "csv": chart_csv, "svg": chart_svg}[wanted.form](table)
        with telling(self.app):
            await self._desk.exporter.ask(lambda store: write_chart(wanted.path, text))
            self.notify(f"Chart written to {wanted.path}", markup=False)


_CLASSES = {
    *("-narrow", "-medium", "-wide", "-tall", "-alone"),
    *("-zoom-heat", "-zoom-pairs", "-zoom-timeline"),
}
