"""A chart taken along: as a table of text, as CSV, as a picture in SVG. Every number is written out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from msgspec import Struct
from rich.cells import cell_len

from dipread.export.escape import guarded

_CELL, _LINE, _LABEL = 26, 22, 160
_STEPS = ("#eef2f8", "#c9d7ea", "#94b2d8", "#5d88bf", "#2a5a99")


class Chart(Struct, frozen=True):
    """A table of counts: what it shows, its columns, and its rows with their counts; None is no cell."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    totals: bool = True

    @property
    def most(self) -> int:
        """The greatest count."""
        return max((each for _, counts in self.rows for each in counts if each), default=0)


def levels(most: int) -> tuple[int, int, int, int]:
    """From which counts the four darker steps begin: low counts are many, so they are told apart finer.

    >>> levels(40), levels(3)
    ((1, 5, 14, 26), (1, 2, 3, 4))
    """
    bounds = [1]
    for share in (0.125, 0.354, 0.65):
        bounds.append(max(bounds[-1] + 1, round(most * share)))
    return bounds[0], bounds[1], bounds[2], bounds[3]


def step(count: int, bounds: Sequence[int]) -> int:
    """Which of the five steps a count is painted in, 0 for none at all."""
    return sum(count >= bound for bound in bounds)


def chart_text(chart: Chart) -> str:
    """A table that can be read aloud or pasted into a letter."""
    lines = [chart.title, ""]
    table = _table(chart)
    widths = [max(cell_len(row[place]) for row in table) for place in range(len(table[0]))]
    for row in table:
        first, *cells = row
        label = first + " " * (widths[0] - cell_len(first))
        numbers = (" " * (w - cell_len(c)) + c for w, c in zip(widths[1:], cells, strict=True))
        lines.append("  ".join((label, *numbers)).rstrip())
    return "\n".join(lines) + "\n"


def chart_csv(chart: Chart) -> str:
    """The same for a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [guarded(each) for each in row] for row in _table(chart)
    )
    return out.getvalue()


def _table(chart: Chart) -> list[list[str]]:
    total = ["total"] if chart.totals else []
    table = [["", *chart.columns, *total]]
    for label, counts in chart.rows:
        cells = ["" if each is None else str(each) for each in counts]
        table.append([label, *cells, *([str(sum(filter(None, counts)))] if total else [])])
    return table


def chart_svg(chart: Chart) -> str:
    """A picture: a square for each cell, darker for more stories, with its number in it."""
    bounds = levels(chart.most)
    width = _LABEL + _CELL * len(chart.columns) + 70
    height = 90 + _LINE * len(chart.rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f"<title>{escape(chart.title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _words(12, 22, chart.title, size=14),
    ]
    for place, name in enumerate(chart.columns):
        left = _LABEL + _CELL * place + _CELL // 2
        parts.append(
            f'<text transform="translate({left + 4} 78) rotate(-60)" fill="#444">{escape(name)}</text>'
        )
    for number, (label, counts) in enumerate(chart.rows):
        top = 84 + _LINE * number
        parts.append(_words(_LABEL - 8, top + 15, label, anchor="end"))
        for place, count in enumerate(counts):
            if count is not None:
                parts += _square(_LABEL + _CELL * place, top, count, step(count, bounds))
        if chart.totals:
            total = f"{sum(filter(None, counts)):,}"
            parts.append(_words(_LABEL + _CELL * len(counts) + 8, top + 15, total))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _square(left: int, top: int, count: int, darkness: int) -> list[str]:
    side, tall = _CELL - 2, _LINE - 2
    ink = "#ffffff" if darkness > 2 else "#222222"
    square = (
        f'<rect x="{left}" y="{top}" width="{side}" height="{tall}" fill="{_STEPS[darkness]}"/>'
    )
    number = _words(left + side // 2, top + 14, str(count), anchor="middle", ink=ink)
    return [square, number] if count else [square]


def _words(
    x: int, y: int, text: str, anchor: str = "start", ink: str = "#222222", size: int = 11
) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{ink}" font-size="{size}">'
        f"{escape(text)}</text>"
    )
