"""The query line: the filter in words, changed while it is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import Input

from dipread.tui.bind import key
from dipread.tui.paint import line, thousands
from dipread.tui.widgets.pane import LineWidget

PAUSE = 0.06
EXAMPLE = "search, or ask country:Japan sector:trade since:7d"
_CLAUSE = re.compile(r'-?[\w]+:(?:"[^"]*"?|\S)*|@\S+|#\S+')


class QueryInks(Highlighter):
    """Colours clauses by what they do, and underlines the fault."""

    def __init__(self) -> None:
        self.fault: tuple[int, int] | None = None
        self.include = self.exclude = self.wrong = ""

    def highlight(self, text: Text) -> None:
        """Called by the input with its value."""
        for clause in _CLAUSE.finditer(text.plain):
            text.stylize(
                self.exclude if clause[0].startswith("-") else self.include, *clause.span()
            )
        if self.fault is not None:
            text.stylize(self.wrong, *self.fault)


class QueryInput(Input):
    """A text field that leaves to the screen what Enter and Escape mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,down", "keep", "query.keep", "keep", "Keep this filter and go to the stories"),
        key("escape", "restore", "query.restore", "as before", "Go back to the filter from before"),
    ]

    def action_keep(self) -> None:
        """Tell the line."""
        self.post_message(QueryLine.Kept(self.value))

    def action_restore(self) -> None:
        """Tell the line."""
        self.post_message(QueryLine.Restored())

    def on_focus(self) -> None:
        """Go on after what is there."""
        if self.value and not self.value.endswith(" "):
            with self.prevent(Input.Changed):
                self.value += " "
        self.cursor_position = len(self.value)


class Tally(LineWidget):
    """How many stories match, of how many."""

    found: reactive[int] = reactive(0)
    stories: reactive[int] = reactive(0)
    busy: reactive[bool] = reactive(False)

    def paint(self, width: int) -> Strip:
        """Right-aligned; an ellipsis while the answer is awaited."""
        count = "…" if self.busy else thousands(self.found)
        rest = f" of {thousands(self.stories)} "
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
    """Slash, query, count. Typing is passed on after a pause of 60 ms."""

    @dataclass
    class Typed(Message):
        """The query as it is now."""

        text: str

    @dataclass
    class Kept(Message):
        """Enter: the query stays as it is now."""

        text: str

    class Restored(Message):
        """Escape: the query from before is wanted back."""

    class Entered(Message):
        """The line has been given the focus."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._highlighter = QueryInks()
        self._pause: Timer | None = None
        self._input = QueryInput(
            placeholder=EXAMPLE, compact=True, highlighter=self._highlighter, select_on_focus=False
        )
        self._input.cursor_blink = False
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

    def enter(self) -> None:
        """Type here from now on: the very next key, so the focus moves at once."""
        self.screen.set_focus(self._input)

    def show(self, text: str) -> None:
        """Show a query that was not typed."""
        self.fault(None)
        with self._input.prevent(Input.Changed):
            self._input.value = text

    def fault(self, where: tuple[int, int] | None) -> None:
        """Underline a part of the text, or nothing."""
        highlighter, theme = self._highlighter, self.app.theme_variables
        highlighter.include, highlighter.exclude = theme["country"], theme["error"]
        highlighter.wrong = f"underline {theme['error']}"
        highlighter.fault = where
        self._input.refresh()

    @on(events.DescendantFocus)
    def _entered(self) -> None:
        self.post_message(self.Entered())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._settled)

    @on(Kept)
    def _kept(self) -> None:
        if self._pause is not None:  # Enter does not wait for the pause, nor is it followed by it
            self._pause.stop()

    def _settled(self) -> None:
        self.post_message(self.Typed(self._input.value))
