"""Three panes and the lines round them: how they are laid out, and where the focus goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.reactive import reactive
from textual.widget import Widget

from dipread.tui.bind import key
from dipread.tui.screens.room import Room
from dipread.tui.shape import Shape, is_short, is_tiny, next_shape, shape_for
from dipread.tui.widgets.filter_find import FilterFind
from dipread.tui.widgets.pane import Pane
from dipread.tui.widgets.prefix_keys import PrefixKeys
from dipread.tui.widgets.query_input import QueryInput
from dipread.tui.widgets.query_line import QueryLine
from dipread.tui.widgets.title_rule import TitleRule
from dipread.tui.widgets.why_strip import WhyStrip

RING = ("list", "story", "filters")
_TYPING_KEYS = (("Enter", "keep"), ("Esc", "as before"))
_OFFERED_KEYS = (("Tab", "take"), ("↓ ↑", "choose"), ("Enter", "keep"), ("Esc", "close"))
_FINDING_KEYS = (("Enter", "to these"), ("Esc", "all filters"))


class PanesScreen(Room):
    """List, story and filters; narrow, medium or wide; one of them alone when zoomed or tiny."""

    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab,l,right", "pane(1)", "any.next-pane", "pane", "Go to the next pane", as_="Tab"),
        key(
            "shift+tab,h,left",
            "pane(-1)",
            "any.previous-pane",
            "pane",
            "Go to the pane before",
            show=False,
        ),
        key(
            "z", "zoom", "any.zoom", "zoom", "Give the pane the whole window, and back", show=False
        ),
        key(
            "backslash", "layout", "any.layout", "layout", "Another layout of the panes", show=False
        ),
    ]

    zoomed: reactive[bool] = reactive(False, repaint=False, init=False)
    chosen_shape: reactive[Shape | None] = reactive(None, repaint=False, init=False)

    def __init__(
        self, stories: Pane, story: Pane, filters: Pane, why: WhyStrip, now: Callable[[], datetime]
    ) -> None:
        super().__init__("stories", now)
        self.panes: dict[str, Pane] = {"list": stories, "story": story, "filters": filters}
        self._why = why
        self.rules = {
            "list": TitleRule("STORIES", id="list-rule"),
            "story": TitleRule("STORY", id="story-rule"),
            "filters": TitleRule("FILTERS", id="filters-rule"),
        }
        self._pane = "list"
        self.query_line = QueryLine(id="query")
        self.prefix_keys = PrefixKeys(id="body")
        self.find = FilterFind(id="find")

    def compose(self) -> ComposeResult:
        """Top bar, query, panes, footer; styled for the size of the terminal from the first."""
        self._lay_out()
        yield self.top_bar
        yield self.query_line
        with self.prefix_keys:
            with Vertical(id="filters-side"):
                yield self.rules["filters"]
                yield self.find
                yield self.panes["filters"]
            with Container(id="reading"):
                with Vertical(id="list-side"):
                    yield self.rules["list"]
                    yield self.panes["list"]
                with Vertical(id="story-side"):
                    yield self.rules["story"]
                    yield self.panes["story"]
                    yield self._why
        yield self.footer
        yield self.over
        yield self.query_line.offers

    # ---------------------------------------------------------------------------------------- layout

    @property
    def shape(self) -> Shape:
        """The layout now: by hand, else by size."""
        return self.chosen_shape or shape_for(self.app.size.width)

    def on_resize(self) -> None:
        """Lay out for the new size."""
        self._lay_out()

    def watch_zoomed(self) -> None:
        """One pane, or all."""
        self._lay_out()

    def watch_chosen_shape(self) -> None:
        """The layout was changed by hand."""
        self._lay_out()

    def _lay_out(self) -> None:
        columns, rows = self.app.size
        alone = self.zoomed or is_tiny(columns, rows)
        wanted = {f"-{self.shape}"}
        wanted |= {"-short"} if is_short(rows) else set()
        wanted |= {"-alone", f"-zoom-{self._pane}"} if alone else set()
        over = self.shape == "narrow" and self._pane == "filters" and not alone
        wanted |= {"-filtering"} if over else set()
        ours = {name for name in self.classes if name.startswith("-")} & _CLASSES
        if ours != wanted:
            self.remove_class(*(ours - wanted), update=False)
            self.add_class(*wanted, update=False)
            if self.is_mounted:
                self.update_node_styles(animate=False)

    # ----------------------------------------------------------------------------------------- focus

    @property
    def pane(self) -> str:
        """The pane that has the focus, or had it before a strip or a line took it."""
        return self._pane

    @property
    def place(self) -> str:
        """Where keys act now, as the ids of keys begin: a pane, or the why strip."""
        return "why" if self._why.has_focus else self._pane

    def go_to(self, pane: str) -> None:
        """Give a pane the focus."""
        self._pane = pane
        self._lay_out()
        if self.focused is not self.panes[pane]:
            # What changes is painted in one frame, once the pane knows that it has the focus.
            self.in_one_frame()
        self.set_focus(self.panes[pane])
        self._show_focus(self.panes[pane])

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        """A pane, the why strip or the query line has the focus now, or has lost it again meanwhile."""
        if event.widget is not self.focused:
            return
        name = next((n for n, pane in self.panes.items() if pane is event.widget), "")
        if name:
            self._pane = name
            self._lay_out()
        self._show_focus(event.widget)
        self.painted_now()

    def _show_focus(self, widget: Widget) -> None:
        """Say in titles and footer who has the focus."""
        here = self.panes["filters"] if widget is self.find else widget
        for each, rule in self.rules.items():
            rule.focused_pane = self.panes[each] is here
        self.show_keys()

    @on(QueryInput.Offered)
    def show_keys(self) -> None:
        """The keys that act now, in the footer."""
        self.footer.typing = self.query_line.typing or self.find.has_focus
        super().show_keys()

    def active_keys(self) -> Iterator[tuple[str, str]]:
        """Those of a line that is typed in, or those of the focused pane."""
        if self.query_line.typing:
            yield from _OFFERED_KEYS if self.query_line.offering else _TYPING_KEYS
        elif self.find.has_focus:
            yield from _FINDING_KEYS
        else:
            yield from super().active_keys()

    # --------------------------------------------------------------------------------------- actions

    def action_pane(self, step: int) -> None:
        """Round the panes; from the query line, to the list."""
        if self.query_line.typing:
            self.go_to("list")
            return
        ring = [each for each in RING if each != "filters" or self._shows_filters()]
        here = ring.index(self._pane) if self._pane in ring else 0
        self.go_to(ring[(here + step) % len(ring)])

    def _shows_filters(self) -> bool:
        return self.shape != "narrow" or self._pane == "filters" or self.has_class("-zoom-story")

    def action_zoom(self) -> None:
        """The focused pane alone, or all again."""
        self.zoomed = not self.zoomed

    def action_layout(self) -> None:
        """The next layout."""
        self.chosen_shape = next_shape(self.chosen_shape, self.app.size.width)

    def focused_pane(self) -> Widget:
        """The pane itself."""
        return self.panes[self._pane]


_CLASSES = {
    *("-narrow", "-medium", "-wide", "-short", "-filtering", "-alone"),
    *(f"-zoom-{each}" for each in RING),
}
