"""A cell of a chart in words: what it counts, how unusual that is, and what its stories have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dipread.model import Vocabulary
from dipread.store import Term
from dipread.store.insights import usual
from dipread.tui.typeset.paint import thousands
from dipread.tui.widgets.chart import Chart
from dipread.tui.widgets.heat_map import HeatMap, period_words
from dipread.tui.widgets.pair_matrix import PairMatrix
from dipread.tui.widgets.timeline import Timeline

Words = Iterator[tuple[str, str]]
"""Words, each with its ink."""


def cell_words(chart: Chart, vocabulary: Vocabulary) -> Words:
    """What is under the cursor of a chart."""
    count = chart.count if isinstance(chart, HeatMap | PairMatrix | Timeline) else 0
    expected = 0.0
    if isinstance(chart, HeatMap):
        row, column = chart.cursor
        period = chart.grid.periods[column]
        yield chart.label(row), "sector"
        yield f" · {period_words(period.first, period.last)} · ", "dim"
        expected = usual(chart.grid.counts[row], column)
    elif isinstance(chart, PairMatrix):
        names = (vocabulary.label("country", each) for each in chart.here or ())
        yield "–".join(names), "country"
        yield " · both named · ", "dim"
    elif isinstance(chart, Timeline):
        periods = [chart.grid.periods[place] for place in chart.brushed]
        yield period_words(periods[0].first, periods[-1].last), "ground"
        yield " · ", "dim"
        others = [c for p, c in enumerate(chart.grid.whole) if p not in chart.brushed]
        expected = sum(others) / len(others) * len(periods) if others else 0.0
    yield thousands(count), "strong"
    yield " story" if count == 1 else " stories", "dim"
    if expected and count:
        yield f", {count / expected:.1f}× usual", "dim"


def terms_words(terms: Sequence[Term], vocabulary: Vocabulary) -> Words:
    """What the stories of a cell have more often than the others."""
    yield "   more than elsewhere: ", "dim"
    for number, each in enumerate(terms):
        label = vocabulary.short(each.kind, each.code)
        yield f"{', ' if number else ''}{label} {each.stories}", "ground"
