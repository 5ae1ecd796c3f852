"""What can be read out of the stories found: what happened when, and who promised what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ClassVar, Generic, TypeVar, get_args

from msgspec.structs import replace
from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from dipread.export import day, gaps
from dipread.model import Commitment, Happening, Standing, StoryId, Vocabulary
from dipread.store import Store
from dipread.text.plural import plural
from dipread.tui.bind import key
from dipread.tui.screens.dialog import Dialog
from dipread.tui.telling import telling
from dipread.tui.typeset.lines import fit, wrap
from dipread.tui.typeset.page import quoted
from dipread.tui.typeset.paint import one_line
from dipread.tui.widgets.ledger import Entry, Ledger
from dipread.tui.widgets.words import Words

_WORDS_CELLS = 70
_MOST_SECTORS = 4
_STANDINGS: tuple[Standing, ...] = get_args(Standing)
Asks = Callable[[Callable[[Store], object]], Awaitable[object]]


Thing = TypeVar("Thing", Happening, Commitment)


class DossierDialog(Dialog[StoryId], Generic[Thing]):
    """A list made from stories, there before they are read; Enter answers with the story of a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "open", "dossier.open", "go there", "Go to the story"),
    ]

    def __init__(self, heading: str, keys: str) -> None:
        super().__init__(heading, keys)
        self.ledger = Ledger(id="ledger")
        self.said = Words("Reading the stories …", id="about")
        self.things: list[Thing] = []

    def fields(self) -> list[Widget]:
        """How much there is, and the list."""
        return [self.said, self.ledger]

    def on_mount(self) -> None:
        """Begin in the list."""
        self.begin(self.ledger)

    def tell(self, things: Sequence[Thing]) -> None:
        """Show what was found in the stories."""
        self.things = list(things)
        self.show()

    def show(self) -> None:
        """Fill the list."""
        raise NotImplementedError

    @property
    def at(self) -> int | None:
        """The number of the line under the cursor."""
        return self.ledger.item if isinstance(self.ledger.item, int) else None

    def action_open(self) -> None:
        """Answer with the story."""
        if self.at is not None:
            self.dismiss(self.things[self.at].story)


class ChronologyDialog(DossierDialog[Happening]):
    """What happened, oldest first; silences over six months are lines of their own."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__("Chronology", "j/k · Enter go there · Esc")
        self._vocabulary = vocabulary

    def show(self) -> None:
        """The lines, and how many there are."""
        undated = sum(not each.dated for each in self.things)
        also = f", {undated} of them without a date of their own" if undated else ""
        none = "In none of these stories something happened that the rules know."
        said = f"{plural(len(self.things), 'event')}{also}" if self.things else none
        self.said.say(said)
        self.ledger.show(list(self._entries()))

    def _entries(self) -> Iterator[Entry]:
        silent = {at: (start, end) for at, start, end in gaps(self.things)}
        for number, each in enumerate(self.things):
            if number in silent:
                start, end = silent[number]
                yield Entry([(f"  {start:%b %Y} – {end:%b %Y}: nothing, over six months", "error")])
            events = ", ".join(self._vocabulary.short("event", code) for code in each.events)
            when = day(each) if each.dated else "unknown"
            yield Entry(
                [
                    (f"{when:<10} ", "dim"),
                    (fit(" ".join(each.who[:3]), 9), "country"),
                    (fit(events, 20) + " ", "event"),
                    (one_line(each.title), "ground"),
                ],
                number,
            )
            codes = each.sectors[:_MOST_SECTORS]
            sectors = ", ".join(self._vocabulary.short("sector", code) for code in codes)
            yield Entry(
                [(" " * 12, "dim"), (sectors, "sector"), (f"  {one_line(each.feed)}", "dim")]
            )


class CommitmentsDialog(DossierDialog[Commitment]):
    """Promises, verbatim; Space says how one stands now, s where that is known from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "turn(1)", "dossier.status", "status", "The next status of a commitment"),
        key("s", "source", "dossier.source", "source", "Say where the status is known from"),
    ]

    def __init__(self, vocabulary: Vocabulary, asks: Asks, wrote: Callable[[], object]) -> None:
        super().__init__("Commitments", "Space status · s source · Enter go there · Esc")
        self._vocabulary = vocabulary
        self._asks = asks
        self._wrote = wrote
        self._source = Input(placeholder="where that is known from: a link, a paper", compact=True)
        self._source.cursor_blink = False
        self._source.display = False

    def fields(self) -> list[Widget]:
        """The list, and a line to type a source in."""
        return [*super().fields(), self._source]

    def show(self) -> None:
        """The lines, and how many there are."""
        said = (
            plural(len(self.things), "commitment")
            if self.things
            else "No commitment in these stories."
        )
        self.said.say(said)
        self.ledger.show(list(self._entries()), self.at)

    def _entries(self) -> Iterator[Entry]:
        for number, each in enumerate(self.things):
            grade = self._vocabulary.label("commitment", each.grade)
            yield Entry(
                [
                    (f"{each.when:%Y-%m-%d} ", "dim"),
                    (fit(" ".join(each.parties), 9), "country"),
                    (fit(each.status, 10), "note" if each.status != "announced" else "dim"),
                    (fit(grade, 13) + " ", "event"),
                    (f"due {each.due} " if each.due else "", "error"),
                    (f"({one_line(each.source)})" if each.source else "", "dim"),
                ],
                number,
            )
            words = quoted(one_line(each.words))
            for row in wrap(words, _WORDS_CELLS):
                yield Entry([("   " + words[row.start : row.end].rstrip(), "strong")])

    def action_turn(self, step: int) -> None:
        """The next status."""
        if self.at is not None:
            one = self.things[self.at]
            status = _STANDINGS[(_STANDINGS.index(one.status) + step) % len(_STANDINGS)]
            self._keep(self.at, replace(one, status=status))

    def action_source(self) -> None:
        """Type the source."""
        if self.at is not None:
            self._source.value = self.things[self.at].source
            self._source.display = True
            self.begin(self._source)

    @on(Input.Submitted)
    def _sourced(self, event: Input.Submitted) -> None:
        event.stop()
        self._source.display = False
        self.begin(self.ledger)
        if self.at is not None:
            one = self.things[self.at]
            self._keep(self.at, replace(one, source=" ".join(event.value.split())))

    def action_leave(self) -> None:
        """Leave the source as it is, or the dialog."""
        if self._source.display:
            self._source.display = False
            self.begin(self.ledger)
        else:
            self.dismiss(None)

    def _keep(self, at: int, one: Commitment) -> None:
        self.things[at] = one
        self.show()
        self._say(one)
        self._wrote()

    @work(group="write")
    async def _say(self, one: Commitment) -> None:
        with telling(self.app):
            await self._asks(
                lambda store: store.promises.say(
                    one.story, one.words, one.status, one.source, one.due
                )
            )
