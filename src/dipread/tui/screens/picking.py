"""Filtering by two keys: `f` and a letter, which the footer names when the second is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from dipread.library import Library
from dipread.model import EVERYTHING, Has, Query
from dipread.model.question import all_of, clauses
from dipread.query import Mode, toggle
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key, key_name
from dipread.tui.picking import Entry, Spellings, entries, spellings
from dipread.tui.screens.renewing import RenewingScreen

WHICH_KEY = 0.3


class PickingScreen(RenewingScreen):
    """`prefixed` while the letter after `f` is waited for; any other key ends that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "prefix", "any.filter", "filter", "Filter: then a letter", as_="f…"),
    ]

    prefixed: reactive[bool] = reactive(False, repaint=False, init=False)
    _PREFIXED = ("pick", "only_state", "no_filter", "filters")

    def __init__(
        self, library: Library, desk: Desk, now: Callable[[], datetime], query: Query
    ) -> None:
        super().__init__(library, desk, now, query)
        self._spellings: dict[str, Spellings] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The letters act after `f` alone."""
        return action not in self._PREFIXED or self.prefixed

    def watch_prefixed(self) -> None:
        """The footer names the letters once the reader seems to wait for it."""
        if self.prefixed:
            self.after("which-key", WHICH_KEY, self.show_keys)
        else:
            self.not_after("which-key")
            self.show_keys()

    def active_keys(self) -> Iterator[tuple[str, str]]:
        """The letters after `f`, or what acts otherwise."""
        if not self.prefixed:
            yield from super().active_keys()
            return
        for name, bindings in self.prefix_keys._bindings.key_to_bindings.items():
            for binding in bindings:
                if (binding.id or "").startswith("prefix."):
                    yield key_name(name), binding.description
        yield "Esc", "leave"

    def action_prefix(self) -> None:
        """Wait for a letter."""
        self.prefixed = True

    def end_prefix(self) -> bool:
        """Wait no longer; whether a letter was waited for."""
        prefixed, self.prefixed = self.prefixed, False
        return prefixed

    def action_filters(self) -> None:
        """To the pane of filters."""
        self.prefixed = False
        self.go_to("filters")

    def action_only_state(self, state: str) -> None:
        """Only stories that are so, or all again."""
        self.prefixed = False
        only = Has("is", (state,))
        parts = clauses(self.asked)
        rest = tuple(each for each in parts if each != only)
        self.ask(all_of(rest if only in parts else (*parts, only)))

    def action_no_filter(self) -> None:
        """Every story."""
        self.prefixed = False
        self.ask(EVERYTHING)

    def action_pick(self, kind: str) -> None:
        """Find a value of a kind."""
        from dipread.tui.screens.picker import Picker

        self.prefixed = False
        picker = Picker(kind, self.asked, self._listed, self._picked)
        self.on_counted = picker.show
        self.open_dialog(picker).add_done_callback(lambda _: self._picking_over())

    def _picking_over(self) -> None:
        self.on_counted = None

    def _listed(self, kind: str) -> Sequence[Entry]:
        vocabulary, known = self.library.vocabulary, self.library.known
        if kind not in self._spellings:
            self._spellings[kind] = spellings(kind, vocabulary, known)
        counts = self.facets.counts.get(kind, {})
        return entries(kind, counts, vocabulary, known, self._spellings[kind])

    def _picked(self, kind: str, code: str, mode: Mode) -> None:
        if kind == "since" and mode != "off":
            mode = "only"
        self.ask(toggle(self.asked, kind, code, mode))
