"""The inks that everything of ours is painted with: each a rule of the style sheet, `.ink--NAME`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, cast

from rich.style import Style
from textual.app import App
from textual.widget import Widget

INKS = (
    *("ground", "row", "row-away", "here", "read", "unread", "dim", "rule", "title", "title-here"),
    *("primary", "country", "sector", "event", "note", "error", "noted", "selected", "focus"),
    *("cursor", "meter", "heading", "key", "bar", "strong", "found", "picked", "link"),
    *("heat0", "heat1", "heat2", "heat3", "heat4"),
)


class InkedApp(App[None]):
    """Holds the inks of the theme: their rules are applied to it, and not to every widget at every change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"ink--{name}" for name in INKS}

    _inks: Mapping[str, Style] | None = None

    @property
    def inks(self) -> Mapping[str, Style]:
        """Each ink as the attributes its rule sets and no others."""
        if self._inks is None:
            self._inks = {
                name: self.get_component_styles(f"ink--{name}").partial_rich_style for name in INKS
            }
        return self._inks

    def notify_style_update(self) -> None:
        """Called when the app is styled anew, as for another theme."""
        super().notify_style_update()
        self._inks = None


class Inked(Widget):
    """A widget that paints with named inks."""

    _theme = ""

    @property
    def inks(self) -> Mapping[str, Style]:
        """Those of the theme."""
        app = cast(InkedApp, self.app)
        self._theme = app.theme
        return app.inks

    def notify_style_update(self) -> None:
        """Called for every focus and layout change; only another theme means other inks."""
        super().notify_style_update()
        if self._theme not in ("", self.app.theme):
            self._theme = self.app.theme
            self.inks_changed()

    def inks_changed(self) -> None:
        """Forget what was painted in the old inks."""
        self.refresh()
