"""What the charts show: the stories of a question, counted."""

from __future__ import annotations

from typing import NamedTuple

from dipread.model import Query
from dipread.store import Grid, Pairs, Store, Unit

MOST_PERIODS = 60
MOST_COUNTRIES = 14
_UNIT_DAYS = {"day": 45, "week": 500}


class Counted(NamedTuple):
    """The question, the grid of the heat map, the pairs, and the grid of the timeline; `total` are all stories."""

    asked: Query
    grid: Grid
    pairs: Pairs
    line: Grid
    total: int


def counted(store: Store, asked: Query, kind: str, unit: Unit | None) -> Counted:
    """Everything, by periods of a `unit`, or by those that suit the stories."""
    insights = store.insights
    chosen = unit or fitting(insights.days(asked))
    grid = insights.grid(asked, kind, chosen, MOST_PERIODS)
    days = insights.grid(asked, kind, "day", MOST_PERIODS) if chosen == "week" else grid
    return Counted(asked, grid, insights.pairs(asked, MOST_COUNTRIES), days, store.stories.count())


def fitting(days: int) -> Unit:
    """The unit in which the stories of so many days fill a chart: a month by days, a year by weeks.

    >>> fitting(31), fitting(365), fitting(1_000)
    ('day', 'week', 'month')
    """
    if days <= _UNIT_DAYS["day"]:
        return "day"
    return "week" if days <= _UNIT_DAYS["week"] else "month"
