"""Where a query is typed: coloured by what its parts do, and completed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from dipread.errors import QueryError
from dipread.query import FIELDS, Completion, Known, complete
from dipread.query.lexer import Token, tokens
from dipread.tui.bind import key
from dipread.tui.widgets.candidates import CandidateList
from dipread.tui.widgets.one_line import OneLine

EXAMPLE = "search, or ask country:Japan sector:trade since:7d"
_NAMES = frozenset(FIELDS)
_NOTHING = Completion(0, 0, ())
_INKS = {"tag": "note", "at": "note", "phrase": "sector"}


class QueryInks(Highlighter):
    """Colours fields, values and operators, what is left out in one colour, and underlines the fault."""

    def __init__(self) -> None:
        self.fault: tuple[int, int] | None = None
        self.colours: dict[str, str] = {}

    def highlight(self, text: Text) -> None:
        """Called by the input with its value."""
        for ink, start, end in inked(text.plain):
            text.stylize(self.colours.get(ink, ""), start, end)
        if self.fault is not None:
            text.stylize(f"underline {self.colours.get('error', '')}", *self.fault)


def inked(text: str) -> Iterator[tuple[str, int, int]]:
    """The inks of a query's parts, and from where to where.

    >>> list(inked('country:JP -rice OR "trade talks"'))[:4]
    [('primary', 0, 8), ('country', 8, 10), ('error', 11, 12), ('error', 12, 16)]
    """
    out = False
    for token in _tokens(text):
        if token.kind == "not":
            yield "error", token.start, token.end
        elif token.kind in ("and", "or", "(", ")"):
            yield "event", token.start, token.end
        elif out:
            yield "error", token.start, token.end
        elif token.kind == "field":
            colon = token.start + len(token.text) + 1
            yield "primary", token.start, colon
            yield "country", colon, token.end
        elif token.kind in _INKS:
            yield _INKS[token.kind], token.start, token.end
        out = token.kind == "not"


def _tokens(text: str) -> list[Token]:
    """The tokens of a query that may still lack the end of a quote."""
    try:
        return tokens(text, _NAMES)
    except QueryError as open_quote:
        rest = Token("phrase", "", open_quote.start, len(text))
        return [*tokens(text[: open_quote.start], _NAMES)[:-1], rest]


class QueryInput(OneLine):
    """A text field that leaves to the screen what Enter and Escape mean, once nothing is offered.

    `column` tells on which column of the screen a place in the query stands.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "keep", "query.keep", "keep", "Keep this filter and go to the stories"),
        key(
            "tab",
            "take",
            "query.take",
            "take",
            "Take what is offered; with nothing offered, go to the stories",
        ),
        key(
            "down",
            "choose(1)",
            "query.next-offer",
            "choose",
            "Choose among what is offered; with nothing offered, go to the stories",
        ),
        key("up", "choose(-1)", "query.previous-offer", "choose", "The offer before"),
        key("right", "right", "query.right", "right", "Right; at the end, take what is offered"),
        key(
            "escape",
            "restore",
            "query.restore",
            "as before",
            "Close the offers; then go back to the filter from before",
        ),
    ]

    @dataclass(eq=False, repr=False)
    class Kept(Message):
        """Enter: the query stays as it is now."""

        text: str

    class Restored(Message):
        """Escape: the query from before is wanted back."""

    class Offered(Message):
        """Something is offered now, or no longer."""

    def __init__(self, offers: CandidateList, column: Callable[[int], int]) -> None:
        self.highlights = QueryInks()
        super().__init__(placeholder=EXAMPLE, highlighter=self.highlights, select_on_focus=False)
        self.known: Known | None = None
        self._offers = offers
        self._column = column
        self._completion = _NOTHING

    @on(Input.Changed)
    def _look_up(self) -> None:
        """Offer what may stand where the cursor is: two milliseconds among nine thousand names."""
        if self.known is None:
            return
        found = complete(self.value, self.cursor_position, self.known)
        typed = self.value[found.start : found.end].casefold()
        better = [each for each in found.candidates if each.text.casefold() != typed]
        # What is typed may be a value as it stands; then its longer namesakes are of no interest.
        complete_as_it_is = len(better) < len(found.candidates)
        self._offer(_NOTHING if complete_as_it_is else found)

    def _offer(self, found: Completion) -> None:
        was_open = self._offers.is_open
        self._completion = found
        self._offers.offer(found.candidates, self._column(found.start))
        if self._offers.is_open != was_open:
            self.post_message(self.Offered())

    def close_offers(self) -> None:
        """Offer nothing."""
        self._offer(_NOTHING)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab takes what is offered, and only then."""
        return action != "take" or self._offers.is_open

    def action_take(self) -> None:
        """Write what is chosen, or the first that is offered."""
        start, end = self._completion.start, self._completion.end
        text = self._offers.best.text
        gap = "" if text.endswith(":") or self.value[end:].startswith(" ") else " "
        self.value = self.value[:start] + text + gap + self.value[end:]
        self.cursor_position = start + len(text) + len(gap)
        self.close_offers()

    def action_right(self) -> None:
        """One to the right, or what Tab does."""
        if self._offers.is_open and self.cursor_position == len(self.value):
            self.action_take()
        else:
            self.action_cursor_right()

    def action_choose(self, step: int) -> None:
        """Go through what is offered, or down to the stories."""
        if self._offers.is_open:
            self._offers.choose(step)
        elif step > 0:
            self.post_message(self.Kept(self.value))

    def action_keep(self) -> None:
        """Take what was chosen, or keep the query."""
        if self._offers.is_open and self._offers.chosen >= 0:
            self.action_take()
        else:
            self.post_message(self.Kept(self.value))

    def action_restore(self) -> None:
        """Close what is offered, or give the query up."""
        if self._offers.is_open:
            self.close_offers()
        else:
            self.post_message(self.Restored())

    def on_focus(self) -> None:
        """Go on after what is there."""
        if self.value and not self.value.endswith(" "):
            with self.prevent(Input.Changed):
                self.value += " "
        self.cursor_position = len(self.value)

    def on_blur(self) -> None:
        """Whoever leaves wants nothing offered."""
        self.close_offers()
