"""Charts taken along say the same in every form, and no label can break out of its place."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

from dipread.export.chart import Chart, chart_csv, chart_svg, chart_text, levels, step

CHART = Chart(
    "Sector × week",
    ("2026-W30", "2026-W31"),
    (("trade", (4, 0)), ("=cmd|' /C calc'!A0", (1, 25)), ("日本 <b>", (None, 2))),
)


def test_the_text_lines_up_whatever_the_script() -> None:
    head, *rows = chart_text(CHART).splitlines()[2:]
    assert [row.split()[-1] for row in rows] == ["4", "26", "2"]
    assert head.split() == ["2026-W30", "2026-W31", "total"]


def test_the_csv_holds_every_number_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(chart_csv(CHART))))
    assert rows[0] == ["", "2026-W30", "2026-W31", "total"]
    assert rows[1] == ["trade", "4", "0", "4"]
    assert rows[2][0].startswith("'=")
    assert rows[3] == ["日本 <b>", "", "2", "2"]


def test_the_picture_is_well_formed_and_shows_every_count() -> None:
    root = ElementTree.fromstring(chart_svg(CHART))
    words = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"4", "1", "25", "2", "日本 <b>", "26"} <= set(words)
    assert "http" not in chart_svg(CHART).replace("http://www.w3.org/2000/svg", "")


def test_steps_rise_with_the_count() -> None:
    for most in (0, 1, 2, 5, 40, 10_000):
        bounds = levels(most)
        steps = [step(count, bounds) for count in range(most + 1)]
        assert steps == sorted(steps)
        assert steps[0] == 0
        assert list(bounds) == sorted(set(bounds))
