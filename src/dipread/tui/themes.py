"""The looks as Textual wants them."""

from __future__ import annotations

from textual.theme import Theme

from dipread.tui.looks import Look


def theme(look: Look) -> Theme:
    """A look as a theme of Textual's."""
    return Theme(
        name=look.name,
        dark=look.dark,
        primary=look.primary,
        secondary=look.event,
        accent=look.country,
        warning=look.note,
        error=look.error,
        success=look.sector,
        foreground=look.text,
        background=look.background,
        surface=look.background,
        panel=look.bar,
        boost=look.row,
        variables=look.variables(),
    )
