"""The filters: what the stories are about, with counts, and how each value stands in the query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.model import Facets, Query, Vocabulary
from dipread.tui.bind import key
from dipread.tui.rows.filters import Filters, Heading, Kept, More, Named, Row, Value, named
from dipread.tui.rows.views import Standing
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.typeset.paint import BAR, brief, line, meter
from dipread.tui.widgets.pane import Pane

_METER = 4
_LEAST_COUNT = 2
_FAILING = "error"
_SIGNS = {"in": "✓", "out": "✕", "": " "}

Mode = Literal["include", "exclude", "only", "off"]
Wish = Literal["ask", "change", "remove", "down", "up"]
_STOPS = Value | Kept | More


class FilterPane(Pane):
    """Saved views above, and what stories are about below. Counts follow the query. While the pane has the focus its rows keep their order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "choose('include')", "filters.include", "include", "Include, or take out again"),
        key("minus", "choose('exclude')", "filters.exclude", "exclude", "Exclude, or let in again"),
        key("enter", "choose('only')", "filters.only", "only this", "Only this one of its kind"),
        key("slash", "find", "filters.find", "find", "Find a filter by typing its name"),
        key("e", "view('change')", "filters.change-view", "change", "Change this view"),
        key("d", "view('remove')", "filters.remove-view", "remove", "Remove this view"),
        key("J", "view('down')", "filters.view-down", "move", "Move this view down", as_="J/K"),
        key("K", "view('up')", "filters.view-up", "up", "Move this view up", show=False),
        key("x", "clear", "filters.clear", "clear all", "Clear all filters"),
        key("j,down", "move(1)", "filters.next", "down", "Go down", show=False),
        key("k,up", "move(-1)", "filters.previous", "up", "Go up", show=False),
        key("pagedown,ctrl+d", "move(10)", "filters.page-down", "page", "Ten down", show=False),
        key("pageup,ctrl+u", "move(-10)", "filters.page-up", "page up", "Ten up", show=False),
        key("g,home", "move(-100000)", "filters.top", "top", "Go to the first", show=False),
        key("G,end", "move(100000)", "filters.bottom", "end", "Go to the last", show=False),
    ]  # fmt: skip

    cursor: reactive[int] = reactive(1, repaint=False, init=False)

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """A value is to be included, excluded, alone, or off."""

        pane: FilterPane
        kind: str
        code: str
        mode: Mode

        @property
        def control(self) -> FilterPane:
            """The pane it happened in."""
            return self.pane

    @dataclass(eq=False, repr=False)
    class ViewPressed(Message):
        """A saved view is to be asked, changed, removed or moved."""

        pane: FilterPane
        name: str
        wish: Wish

    @dataclass(eq=False, repr=False)
    class Cleared(Message):
        """Every filter is to go."""

        pane: FilterPane

    class FindAsked(Message):
        """A filter is to be found by its name."""

    def __init__(self, vocabulary: Callable[[], Vocabulary], *, id: str) -> None:
        super().__init__(id=id)
        self._vocabulary = vocabulary
        self._filters = Filters()
        self._count_cells = _LEAST_COUNT
        self.rows: list[Row] = []

    @property
    def also(self) -> tuple[str, ...]:
        """Other ways to filter, and the way back."""
        return ("any.drop-last", "any.next-pane")

    # ------------------------------------------------------------------------------------- the rows

    def show(
        self,
        query: Query,
        facets: Facets | None = None,
        failing: Collection[str] | None = None,
        views: Sequence[Standing] | None = None,
    ) -> None:
        """Show how values stand in the query; new counts, failing feeds and views when there are any."""
        self._filters.query = query
        if facets is not None:
            self._filters.facets = facets
        if failing is not None:
            self._filters.failing = failing
        if views is not None:
            self._filters.views = views
        here = named(self._here())
        self._set_rows(self._order() if self.has_focus else ())
        if here:
            self._go_to(here)

    def find(self, name: str) -> None:
        """List only what is called so, in any language; everything again when `name` is empty."""
        self._filters.sought = name
        self._set_rows(())
        self.cursor = self.validate_cursor(1)
        self.bring(0)

    def _order(self) -> list[Named]:
        return [name for row in self.rows if isinstance(row, Value) and (name := named(row))]

    def _set_rows(self, order: Sequence[Named]) -> None:
        self.rows = list(self._filters.rows(self._vocabulary(), order))
        counts = (len(_count(row)) for row in self.rows if isinstance(row, Value))
        self._count_cells = 1 + max((_LEAST_COUNT, *counts))
        self.set_length(len(self.rows))
        self.set_reactive(FilterPane.cursor, self.validate_cursor(self.cursor))
        self.repaint()

    @property
    def on(self) -> int:
        """How many values are asked for or left out."""
        return self._filters.on

    def _here(self) -> Row:
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def _go_to(self, name: Named) -> None:
        for index, row in enumerate(self.rows):
            if named(row) == name:
                self.set_reactive(FilterPane.cursor, index)
                self.bring(index)
                self.place_cursor()

    # ------------------------------------------------------------------------------------- painting

    def paint(self, index: int, width: int) -> Strip:
        """A heading, a view, a value with its bar and count, or what is left out."""
        inks = self.inks
        row = self.rows[index] if index < len(self.rows) else None
        here = index == self.cursor
        ground = inks["row" if self.has_focus else "row-away"] if here else inks["ground"]
        bar = (BAR if here and self.has_focus else " ", inks["here"])
        if isinstance(row, Heading):
            return line([(" " + row.name, inks["heading"])], width, inks["ground"])
        if isinstance(row, More):
            return line([bar, (f"  … {row.count:,} more", inks["dim"])], width, ground)
        if isinstance(row, Kept):
            return line([bar, *self._view(row, width - 1)], width, ground)
        if isinstance(row, Value):
            return line([bar, *self._value(row, width - 1)], width, ground)
        return Strip.blank(width, inks["ground"])

    def _value(self, row: Value, width: int) -> list[tuple[str, Style]]:
        inks = self.inks
        name_ink = {
            "in": inks["country"] + inks["strong"],
            "out": inks["error"],
            "": inks["ground"],
        }
        sign = (_SIGNS[row.choice], inks["error" if row.choice == "out" else "country"])
        if row.failing and not row.choice:
            sign = ("!", inks["error"])
        count = _count(row).rjust(self._count_cells)
        # A feed has no bar: its name needs the room, and how much it brings says little.
        bar = "" if row.kind == "feed" else " " + meter(row.count, row.most, _METER)
        name = fit(seen(row.label), max(4, width - len(bar) - self._count_cells - 3))
        style = name_ink[row.choice]
        plain = Style(color=style.color, bold=style.bold, strike=style.strike)
        return [
            sign,
            (" ", inks["dim"]),
            (name, plain),
            (bar, inks["meter"]),
            (count, inks["error" if row.failing else "dim"]),
            (" ", inks["dim"]),
        ]

    def _view(self, row: Kept, width: int) -> list[tuple[str, Style]]:
        inks, each = self.inks, row.standing
        sign, ink = " ", "dim"
        if each.problem:
            sign, ink = "!", "error"
        elif each.fresh:
            sign, ink = "▲", "note"
        elif row.here:
            sign, ink = "✓", "country"
        bell = "♪ " if each.view.alert else ""
        count = _FAILING if each.problem else f"{brief(each.unread)}/{brief(len(each.found))}"
        name = fit(seen(each.view.name), max(4, width - len(bell) - len(count) - 4))
        plain = inks["country"] + inks["strong"] if row.here else inks["ground"]
        if each.fresh:
            plain = inks["note"] + inks["strong"]
        return [
            (sign + " ", inks[ink]),
            (name, Style(color=plain.color, bold=plain.bold)),
            (" " + bell, inks["note" if each.fresh else "dim"]),
            (count + " ", inks["error" if each.problem else "dim"]),
        ]

    def cursor_cell(self) -> Offset:
        """The first column of the cursor's line."""
        return Offset(0, self.cursor)

    # ------------------------------------------------------------------------------------ the cursor

    def validate_cursor(self, cursor: int) -> int:
        """On a value or a "more", never between."""
        stops = [i for i, row in enumerate(self.rows) if isinstance(row, _STOPS)]
        return min(stops, key=lambda stop: abs(stop - cursor), default=0)

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint two lines and scroll if need be, headings with the first of their values."""
        self.repaint(before, after)
        self.bring(after if after > 1 else 0)
        self.place_cursor()
        self.refresh_bindings()

    def resized(self) -> None:
        """Keep the cursor in sight."""
        self.set_length(len(self.rows))
        self.bring(self.cursor if self.cursor > 1 else 0)

    def on_click(self, event: events.Click) -> None:
        """Include, or take out again."""
        index = event.y + self.scroll_offset.y
        if index < len(self.rows) and isinstance(self.rows[index], _STOPS):
            self.cursor = index
            self.action_choose("include")

    def action_move(self, step: int) -> None:
        """Down or up by values."""
        stops = [i for i, row in enumerate(self.rows) if isinstance(row, _STOPS)]
        if stops:
            here = stops.index(self.cursor) if self.cursor in stops else 0
            self.cursor = stops[max(0, min(len(stops) - 1, here + step))]

    def action_choose(self, mode: Mode) -> None:
        """Choose the value under the cursor, ask its view, or list the rest of its kind."""
        row = self._here()
        if isinstance(row, Kept) and mode != "exclude":
            self.action_view("ask")
        if isinstance(row, More):
            self._filters.opened.add(row.kind)
            self._set_rows(self._order())
        elif isinstance(row, Value):
            stands = {"include": "in", "exclude": "out"}.get(mode)
            self.post_message(
                self.Chosen(self, row.kind, row.code, "off" if row.choice == stands else mode)
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of views act on views."""
        return action != "view" or isinstance(self._here(), Kept)

    def action_view(self, wish: Wish) -> None:
        """Say what is wanted of the view under the cursor."""
        row = self._here()
        if isinstance(row, Kept):
            self.post_message(self.ViewPressed(self, row.standing.view.name, wish))

    def action_find(self) -> None:
        """Ask for a name to find."""
        self.post_message(self.FindAsked())

    def action_clear(self) -> None:
        """Clear every filter."""
        self.post_message(self.Cleared(self))


def _count(row: Value) -> str:
    return _FAILING if row.failing else f"{row.count:,}"
