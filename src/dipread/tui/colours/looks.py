"""The looks of dipread: ink (dark), paper (light), contrast, and the terminal's own colours. NO_COLOR takes them out.

Text stands at 7:1 or more on the background; dim text and accents at 4.5:1 or more on every ground
they are painted on. Tests keep it so. Nothing here knows Textual: the first frame stands before it.
"""

from __future__ import annotations

from typing import NamedTuple


def rgb(colour: str) -> tuple[int, int, int]:
    """A colour as red, green and blue.

    >>> rgb("#13151a")
    (19, 21, 26)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


class Look(NamedTuple):
    """The colours of a theme, as #rrggbb."""

    name: str
    dark: bool
    background: str
    text: str
    dim: str
    rule: str
    row: str
    bar: str
    primary: str
    country: str
    sector: str
    event: str
    note: str
    error: str

    @property
    def noted(self) -> str:
        """The ground of a noted passage."""
        return self._over(self.note, 0.22)

    @property
    def selected(self) -> str:
        """The ground of selected text."""
        return self._over(self.primary, 0.32)

    @property
    def found(self) -> str:
        """The ground of words that were sought."""
        return self._over(self.event, 0.34)

    @property
    def meter(self) -> str:
        """The bars beside the counts: seen, not read."""
        return self._over(self.primary, 0.55)

    @property
    def heats(self) -> tuple[str, ...]:
        """The grounds of a chart's cells, from none to many; on the last the paper is the ink."""
        return tuple(self._over(self.primary, share) for share in (0.0, 0.15, 0.3, 0.45, 0.9))

    def _over(self, colour: str, share: float) -> str:
        below, above = rgb(self.background), rgb(colour)
        mixed = (int(b + (a - b) * share) for b, a in zip(below, above, strict=True))
        return "#" + "".join(f"{each:02X}" for each in mixed)

    def variables(self) -> dict[str, str]:
        """Our own names for the style sheet."""
        return {
            "dim": self.dim,
            "rule": self.rule,
            "row": self.row,
            "bar": self.bar,
            "country": self.country,
            "sector": self.sector,
            "event": self.event,
            "note": self.note,
            "noted": self.noted,
            "selected": self.selected,
            "found": self.found,
            "meter": self.meter,
            **{f"heat{step}": ground for step, ground in enumerate(self.heats)},
            "ink": self.text,
            "paper": self.background,
        }


INK = Look(
    name="ink",
    dark=True,
    background="#13151a",
    text="#d5d8de",
    dim="#949dab",
    rule="#2b303a",
    row="#262b35",
    bar="#1a1d24",
    primary="#7fa6d9",
    country="#6dbab0",
    sector="#93b56b",
    event="#b79ad6",
    note="#d8a657",
    error="#e07a7a",
)
PAPER = Look(
    name="paper",
    dark=False,
    background="#faf8f3",
    text="#26251f",
    dim="#5f5a50",
    rule="#d9d3c4",
    row="#ece7da",
    bar="#f1ede2",
    primary="#2a5a99",
    country="#0f655f",
    sector="#3c6525",
    event="#71469a",
    note="#7d4d00",
    error="#ad2f2f",
)
CONTRAST = Look(
    name="contrast",
    dark=True,
    background="#000000",
    text="#ffffff",
    dim="#d0d0d0",
    rule="#ffffff",
    row="#000000",
    bar="#1a1a1a",
    primary="#ffff00",
    country="#00ffff",
    sector="#66ff66",
    event="#ff99ff",
    note="#ffd000",
    error="#ff6666",
)
LOOKS = {look.name: look for look in (INK, PAPER, CONTRAST)}

TERMINAL = "terminal"
"""The terminal's own sixteen colours; the row and the selection are told by reverse video."""
TERMINAL_COLOURS = {
    **dict.fromkeys(("dim", "rule", "row", "bar", "noted", "selected", "found", "ink", "paper"), "ansi_default"),
    "primary": "ansi_blue",
    "country": "ansi_cyan",
    "sector": "ansi_green",
    "event": "ansi_magenta",
    "note": "ansi_yellow",
    "error": "ansi_red",
    "meter": "ansi_blue",
    **{f"heat{step}": "ansi_default" for step in range(5)},
}  # fmt: skip
NAMES = (*LOOKS, TERMINAL, "mono")
