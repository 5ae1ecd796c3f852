"""The style sheet, read once for each set of colours."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Sheet(Stylesheet):
    """A style sheet that is read anew only in other colours.

    Textual reads the whole of it twice at a start, the second time when the theme is told to its watchers.
    """

    def __init__(self, colours: dict[str, str]) -> None:
        super().__init__(variables=colours)
        self._colours = colours
        self._recoloured = False

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take these colours; the same again change nothing."""
        if variables != self._colours:
            super().set_variables(variables)
            self._colours, self._recoloured = variables, True

    def reparse(self) -> None:
        """Read it anew where the colours are others; raises what Textual raises for a faulty sheet."""
        if self._recoloured:
            super().reparse()
            self._recoloured = False
