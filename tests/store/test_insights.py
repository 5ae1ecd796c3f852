"""Every number of a chart is the length of the list that its cell opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from dipread.model import EVERYTHING, And, Evidence, FeedId, Has, Not, Query, Story, Tag, TagKind
from dipread.store import Store
from dipread.store.insights import KINDS, UNITS, period_of, spikes, usual
from tests.store.conftest import make_story

NEWEST = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
COUNTRIES = ("JP", "IN", "IT", "FR")
SECTORS = ("trade", "energy", "law")


def tagged(story: Story) -> tuple[Tag, ...]:
    """Tags by the number of the story: always the same ones, spread unevenly."""
    number = int(story.uid)
    evidence = (Evidence("title", 0, 1, "r"),)

    def tag(kind: TagKind, code: str) -> Tag:
        return Tag(kind, code, 1.0, 0.9, evidence, "actor" if kind == "country" else None)

    kinds = [tag("country", COUNTRIES[number % 4]), tag("sector", SECTORS[number % 3])]
    if number % 2:
        kinds.append(tag("country", COUNTRIES[(number + 1) % 3]))
    if number % 5 == 0:
        kinds += [tag("event", "summit"), tag("pair", "IT-JP"), tag("forum", "g7")]
    unique = {(each.kind, each.code): each for each in kinds}
    return tuple(unique.values())


@pytest.fixture
def archive(store: Store, wire: FeedId) -> Store:
    """Ninety stories over seven weeks, eight more on one day."""
    times = [NEWEST - timedelta(hours=13 * number) for number in range(90)]
    times += [NEWEST - timedelta(days=20, minutes=number) for number in range(8)]
    stories = [
        replace(make_story(str(n)), published=when, link=f"https://wire.example/{n}")
        for n, when in enumerate(times)
    ]
    store.ingest.save(wire, stories, tagged, "rules")
    return store


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_counts_what_its_query_finds(archive: Store, kind: str, unit: str) -> None:
    asked: Query = Not(Has("country", ("FR",)))
    grid = archive.insights.grid(asked, kind, unit, 40)  # type: ignore[arg-type]
    assert grid.rows
    for code, counts in zip(grid.rows, grid.counts, strict=True):
        for period, count in zip(grid.periods, counts, strict=True):
            cell = And((asked, Has(kind, (code,)), Has("date", (period.name,))))
            assert len(archive.stories.find(cell)) == count
    for period, count in zip(grid.periods, grid.whole, strict=True):
        assert len(archive.stories.find(And((asked, Has("date", (period.name,)))))) == count


def test_periods_follow_one_another_and_end_with_the_newest(archive: Store) -> None:
    grid = archive.insights.grid(EVERYTHING, "sector", "week", 4)
    assert [each.name for each in grid.periods] == ["2026-W33", "2026-W34", "2026-W35", "2026-W36"]
    assert grid.periods[-1].first == date(2026, 8, 31)
    whole = archive.insights.grid(EVERYTHING, "sector", "day", 400)
    assert sum(whole.whole) == archive.stories.count()
    for before, after in zip(whole.periods, whole.periods[1:], strict=False):
        assert after.first - before.last == timedelta(days=1)


def test_rows_come_in_the_order_of_their_counts(archive: Store) -> None:
    grid = archive.insights.grid(EVERYTHING, "country", "month", 12)
    sums = [sum(each) for each in grid.counts]
    assert sums == sorted(sums, reverse=True)
    assert set(grid.rows) == set(COUNTRIES)


def test_pairs_count_the_stories_that_name_both(archive: Store) -> None:
    pairs = archive.insights.pairs(EVERYTHING, 3)
    assert len(pairs.totals) == 3
    for one in pairs.totals:
        assert pairs.totals[one] == len(archive.stories.find(Has("country", (one,))))
        for other in pairs.totals:
            if one != other:
                both = And((Has("country", (one,)), Has("country", (other,))))
                assert pairs.count(one, other) == len(archive.stories.find(both))


def test_an_archive_without_stories_has_empty_charts(store: Store) -> None:
    grid = store.insights.grid(EVERYTHING, "sector", "week", 10)
    assert (grid.rows, grid.periods, grid.whole) == ((), (), ())
    assert store.insights.pairs(EVERYTHING, 10).totals == {}
    assert store.insights.terms(EVERYTHING, Has("date", ("2026-W01",)), 3) == []


def test_a_stretch_is_told_by_what_it_has_more_often(
    store: Store, wire: FeedId, now: Callable[[], datetime]
) -> None:
    def tag(story: Story) -> tuple[Tag, ...]:
        code = "earthquake" if "quake" in story.title else "trade"
        return (Tag("sector", code, 1.0, 0.9, (Evidence("title", 0, 1, "r"),)),)

    stories = [
        make_story(str(n), "quake" if n < 6 else "talks", published=NEWEST - timedelta(days=n))
        for n in range(40)
    ]
    store.ingest.save(wire, stories, tag, "rules")
    (term, *others) = store.insights.terms(EVERYTHING, Has("date", ("2026-08-27..2026-09-01",)), 5)
    assert (term.kind, term.code, term.stories) == ("sector", "earthquake", 6)
    assert term.times > 10
    assert not others
    assert store.insights.terms(EVERYTHING, Has("sector", ("earthquake",)), 5) == []


def test_usual_leaves_the_place_itself_out() -> None:
    assert usual([2, 2, 2, 100], 3) == 2
    assert usual([5], 0) == 0


def test_a_spike_is_far_above_the_others() -> None:
    assert spikes([3, 4, 2, 19, 3, 4]) == [3]
    assert spikes([3, 3, 4, 3]) == []
    assert spikes([0, 0, 2, 0]) == []
    assert spikes([]) == []


def test_a_week_may_lie_in_two_years() -> None:
    week = period_of("week", date(2027, 1, 2))
    assert week == ("2026-W53", date(2026, 12, 28), date(2027, 1, 3))
