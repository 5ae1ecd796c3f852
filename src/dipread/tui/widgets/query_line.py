"""The query line: the filter in words, changed while it is typed."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import Input

from dipread.query import Known
from dipread.tui.typeset.paint import line, thousands
from dipread.tui.widgets.candidates import CandidateList
from dipread.tui.widgets.pane import LineWidget
from dipread.tui.widgets.query_input import QueryInput

PAUSE = 0.06
_COLOURS = ("primary", "country", "sector", "event", "note", "error")


class Tally(LineWidget):
    """How many stories match, of how many; None before that is known."""

    found: reactive[int] = reactive(0)
    stories: reactive[int | None] = reactive(None)
    busy: reactive[bool] = reactive(False)

    def paint(self, width: int) -> Strip:
        """Right-aligned; an ellipsis while the answer is awaited."""
        known = self.stories is not None
        count = thousands(self.found) if known and not self.busy else "…"
        rest = f" of {thousands(self.stories)} " if self.stories is not None else " "
        pad = " " * max(0, width - len(count) - len(rest))
        inks = self.inks
        return line(
            [(pad, inks["dim"]), (count, inks["strong"]), (rest, inks["dim"])],
            width,
            inks["ground"],
        )


class Slash(LineWidget):
    """The key that leads here."""

    def paint(self, width: int) -> Strip:
        """A slash."""
        return line([(" / ", self.inks["dim"])], width, self.inks["ground"])


class QueryLine(Horizontal):
    """Slash, query, count. A letter is passed on at once, those typed within 60 ms of another after a pause."""

    @dataclass(eq=False, repr=False)
    class Typed(Message):
        """The query as it is now."""

        text: str

    class Entered(Message):
        """The line has been given the focus."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._pause: Timer | None = None
        self._waiting = False
        self.offers = CandidateList(id="offers")
        self._input = QueryInput(self.offers, self._column)
        self.tally = Tally(id="tally")

    def compose(self) -> ComposeResult:
        """Three in a row."""
        yield Slash(id="slash")
        yield self._input
        yield self.tally

    @property
    def typing(self) -> bool:
        """Whether keys go into the query now."""
        return self._input.has_focus

    @property
    def offering(self) -> bool:
        """Whether something is offered to complete the query with."""
        return self.offers.is_open

    def know(self, known: Known) -> None:
        """Complete with these from now on."""
        self._input.known = known

    def _column(self, place: int) -> int:
        """The column of the screen on which a place in the query stands."""
        before = cell_len(self._input.value[:place])
        return self._input.content_region.x + before - self._input.scroll_offset.x

    def enter(self) -> None:
        """Type here from now on: the very next key, so the focus moves at once."""
        self.screen.set_focus(self._input)

    def show(self, text: str) -> None:
        """Show a query that was not typed."""
        self.fault(None)
        self._input.close_offers()
        with self._input.prevent(Input.Changed):
            self._input.value = text

    def fault(self, where: tuple[int, int] | None) -> None:
        """Underline a part of the text, or nothing."""
        theme = self.app.theme_variables
        self._input.highlights.colours = {
            name: theme[name].removeprefix("ansi_") for name in _COLOURS
        }  # as Rich calls them
        self._input.highlights.fault = where
        self._input.refresh()

    @on(events.DescendantFocus)
    def _entered(self) -> None:
        self.post_message(self.Entered())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        more = event.value != self._input.value  # of which the news is on its way
        self._waiting = more or self._pause is not None
        if self._pause is not None:
            self._pause.stop()
        elif not more:
            self.post_message(self.Typed(event.value))
        self._pause = self.set_timer(PAUSE, self._rested)

    @on(QueryInput.Kept)
    def _kept(self) -> None:
        self._waiting = False  # Enter does not wait for the pause, nor is it followed by it

    def _rested(self) -> None:
        self._pause = None
        if self._waiting:
            self._waiting = False
            self.post_message(self.Typed(self._input.value))
