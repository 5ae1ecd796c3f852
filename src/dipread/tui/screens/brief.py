"""The basket of the brief: its stories and quotes below their headings, in an order that can be changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence, Set
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from dipread.library import Library
from dipread.library.briefing import Placed, headed, in_order, moved, numbered, placed
from dipread.model import Item, StoryId
from dipread.store import Store
from dipread.text.plural import plural
from dipread.tui.behind.desk import Desk
from dipread.tui.bind import key
from dipread.tui.screens.dialog import Dialog
from dipread.tui.telling import telling
from dipread.tui.typeset.page import quoted
from dipread.tui.typeset.paint import one_line
from dipread.tui.widgets.ledger import Entry, Ledger
from dipread.tui.widgets.words import Words

EMPTY = "Nothing in the brief yet: b puts the story at hand into it, & all stories found."


class BriefDialog(Dialog[StoryId]):
    """Answers with the story to go to. Every change is one step that undo takes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "open", "brief.open", "go there", "Go to the story"),
        key("J", "shift(1)", "brief.down", "down", "Move it down", as_="J/K"),
        key("K", "shift(-1)", "brief.up", "up", "Move it up", show=False),
        key("e", "heading", "brief.heading", "heading", "Put it below another heading"),
        key("x", "remove", "brief.remove", "out", "Take it out of the brief"),
        key("w", "write", "brief.write", "write", "Write the brief to a file"),
    ]

    def __init__(
        self,
        library: Library,
        desk: Desk,
        wrote: Callable[[], object],
        writes: Callable[[], Awaitable[str]],
    ) -> None:
        super().__init__("Brief", "Enter go there · J/K move · e heading · x out · w write · Esc")
        self._library = library
        self._desk = desk
        self._wrote = wrote
        self._writes = writes
        self._items: list[Placed] = []
        self.ledger = Ledger(id="ledger")
        self._words = Input(placeholder="heading; empty for its pair and sector", compact=True)
        self._words.cursor_blink = False
        self._words.display = False
        self._said = Words(id="about")

    def fields(self) -> list[Widget]:
        """How much there is, the list, and a line to type a heading in."""
        return [self._said, self.ledger, self._words]

    def on_mount(self) -> None:
        """Read the basket."""
        self.begin(self.ledger)
        self._read()

    @work(exclusive=True, group="brief")
    async def _read(self) -> None:
        with telling(self.app):
            vocabulary = self._library.vocabulary
            self._show(await self._desk.reader.ask(lambda store: placed(store, vocabulary)))

    def _show(self, items: Sequence[Placed], at: int | None = None) -> None:
        self._items = list(items)
        here = numbered_item(self._items, at)
        self.ledger.show(list(_entries(self._items)), here)
        quotes = sum(each.note is not None for each in items)
        count = f"{plural(len(items) - quotes, 'story', 'stories')} and {plural(quotes, 'quote')}"
        self._said.say(count if items else EMPTY)

    @property
    def _at(self) -> int | None:
        item = self.ledger.item
        return item if isinstance(item, int) else None

    def action_open(self) -> None:
        """Answer with the story."""
        if self._at is not None:
            self.dismiss(self._items[self._at].detail.id)

    def action_shift(self, step: int) -> None:
        """Further down or up."""
        at = self._at
        if at is None:
            return
        after = moved(self._items, at, step)
        crossed = 0 <= at + step < len(after) and after[at].item.story == self._items[at].item.story
        self._keep(
            after, at if crossed else max(0, min(at + step, len(after) - 1)), "brief reordered"
        )

    def action_remove(self) -> None:
        """Out of the basket."""
        if self._at is not None:
            rest = [each for number, each in enumerate(self._items) if number != self._at]
            self._keep(rest, min(self._at, len(rest) - 1), "taken out of the brief")

    def action_heading(self) -> None:
        """Type a heading."""
        if self._at is not None:
            self._words.value = self._items[self._at].heading
            self._words.display = True
            self.begin(self._words)

    @on(Input.Submitted)
    def _headed(self, event: Input.Submitted) -> None:
        event.stop()
        at = self._at
        self._words.display = False
        self.begin(self.ledger)
        if at is None:
            return
        wanted = " ".join(self._words.value.split())
        order = list(self._items)
        order[at] = headed(order[at], wanted)
        self._keep(in_order(order) if wanted else order, None, "heading changed")

    def action_leave(self) -> None:
        """Leave the heading as it is, or the dialog."""
        if self._words.display:
            self._words.display = False
            self.begin(self.ledger)
        else:
            self.dismiss(None)

    @work(exclusive=True, group="write-brief")
    async def action_write(self) -> None:
        """Have the brief written to a file."""
        with telling(self.app):
            self.app.notify(f"Brief written to {await self._writes()}", markup=False)

    def _keep(self, after: Sequence[Placed], at: int | None, what: str) -> None:
        shown = frozenset((each.item.story, each.item.note) for each in self._items)
        self._show(after, at)
        self._write(shown, numbered(after), what)
        self._wrote()

    @work(group="write")
    async def _write(
        self, shown: Set[tuple[StoryId, str]], after: Sequence[Item], what: str
    ) -> None:
        """Have the things that were shown as they are now; what is not shown, such as a deleted quote, stays."""

        def write(store: Store) -> None:
            before = [each for each in store.basket.items() if (each.story, each.note) in shown]
            store.basket.keep(before, after, what)

        with telling(self.app):
            await self._desk.writer.ask(write)
        self._read()


def numbered_item(items: Sequence[Placed], at: int | None) -> int | None:
    """The number of a thing, if there is one of that number."""
    return at if at is not None and 0 <= at < len(items) else None


def _entries(items: Sequence[Placed]) -> Iterator[Entry]:
    heading = ""
    for number, each in enumerate(items):
        if each.heading != heading:
            heading = each.heading
            yield Entry([(heading, "heading")])
        when = f"{each.detail.when.day:>2} {each.detail.when:%b}"
        words = one_line(each.detail.story.title)
        if each.note is not None and each.note.quote is not None:
            words = quoted(one_line(each.note.quote.exact))
        mark = "✎" if each.note is not None else " "
        yield Entry([(f"  {when} ", "dim"), (f"{mark} ", "note"), (words, "unread")], number)
