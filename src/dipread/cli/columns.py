"""Columns of a table for people, in the cells of a terminal: signs of Chinese or Japanese take two."""

from __future__ import annotations

from collections.abc import Iterator


def in_cells(text: str, width: int, *, right: bool = False) -> str:
    """A text with spaces behind it, or before it, up to so many cells; a longer one as it is.

    >>> in_cells("外務省", 8) + "|", in_cells("12", 4, right=True)
    ('外務省  |', '  12')
    """
    room = " " * (width - cells_of(text))
    return room + text if right else text + room


def shortened(text: str, width: int) -> str:
    """A text in no more than so many cells, with … where it was longer.

    >>> shortened("外務省の発表", 8), shortened("Talks", 5)
    ('外務省 …', 'Talks')
    """
    from rich.cells import set_cell_size

    return text if cells_of(text) <= width else set_cell_size(text, width - 1) + "…"


def cells_of(text: str) -> int:
    """How many cells a text takes."""
    from rich.cells import cell_len  # only tables for people need it

    return cell_len(text)


def columns(rows: list[tuple[str, ...]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows as lines, each column as wide as its widest cell; those of `right` end in line."""
    widths = [max(map(cells_of, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            in_cells(cell, width, right=at in right)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
