"""The looks as Textual wants them."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

from dipread.tui.colours.looks import TERMINAL, TERMINAL_COLOURS, Look


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


def terminal_theme() -> Theme:
    """The terminal's own colours as a theme of Textual's."""
    colours = TERMINAL_COLOURS
    return Theme(
        name=TERMINAL,
        dark=True,
        ansi=True,
        primary=colours["primary"],
        secondary=colours["event"],
        accent=colours["country"],
        warning=colours["note"],
        error=colours["error"],
        success=colours["sector"],
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={**BUILTIN_THEMES["ansi-dark"].variables, **colours},
    )
