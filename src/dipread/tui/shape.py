"""How the panes are laid out, by the size of the terminal or by the reader's hand."""

from __future__ import annotations

from typing import Literal

Shape = Literal["narrow", "medium", "wide"]
SHAPES: tuple[Shape, ...] = ("narrow", "medium", "wide")


def shape_for(columns: int) -> Shape:
    """Filters over the list, beside it, or three panes side by side.

    >>> shape_for(80), shape_for(120), shape_for(200)
    ('narrow', 'medium', 'wide')
    """
    if columns < 100:
        return "narrow"
    return "medium" if columns < 160 else "wide"


def is_short(rows: int) -> bool:
    """Whether the list has to be shorter than usual."""
    return rows < 20


def is_tiny(columns: int, rows: int) -> bool:
    """Whether there is room for one pane only.

    >>> is_tiny(80, 24), is_tiny(58, 24), is_tiny(80, 14)
    (False, True, True)
    """
    return columns < 60 or rows < 15


def next_shape(chosen: Shape | None, columns: int) -> Shape | None:
    """The layout after this one; None is by size again.

    >>> next_shape(None, 120), next_shape("wide", 120), next_shape("narrow", 120)
    ('wide', 'narrow', None)
    """
    own = shape_for(columns)
    after: Shape = SHAPES[(SHAPES.index(chosen or own) + 1) % len(SHAPES)]
    return None if after == own else after
