"""The keys, all of them, from the bindings themselves; type to search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from dipread.tui.bind import key
from dipread.tui.screens.dialog import Dialog
from dipread.tui.typeset.lines import fit, wrap
from dipread.tui.widgets.leaf import Leaf, Stretches

_KEYS_CELLS = 11
_GAP = 3
_LEAST_COLUMN = 28

Entry = list[Stretches]
"""What may not be broken between two columns."""
Placed = tuple[str, Entry]
"""An entry, and the place whose key it is."""


class KeyLine(Struct, frozen=True):
    """One thing to press: its id for keys.toml, its keys as written on them, and what it does."""

    id: str
    keys: str
    sentence: str


class Section(Struct, frozen=True):
    """The keys of one place."""

    title: str
    keys: tuple[KeyLine, ...]


class HelpDialog(Dialog[None]):
    """Lists the keys of every place, those of the focused pane first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "scroll_by(1)", "help.down", "scroll", "Scroll down"),
        key("up", "scroll_by(-1)", "help.up", "up", "Scroll up", show=False),
        key("pagedown,ctrl+d", "scroll_by(10)", "help.page-down", "page", "A page down"),
        key("pageup,ctrl+u", "scroll_by(-10)", "help.page-up", "page up", "A page up", show=False),
    ]

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__("Keys", "type to search · ↓ ↑ scroll · Esc")
        self._sections = sections
        self._wanted = Input(placeholder="type to search", compact=True, id="wanted")
        self._wanted.cursor_blink = False
        self._leaf = Leaf(
            lambda width: listing(self._sections, self._wanted.value, width), id="leaf"
        )

    def fields(self) -> list[Widget]:
        """The search and the list."""
        return [self._wanted, self._leaf]

    def on_mount(self) -> None:
        """Type at once."""
        self.begin(self._wanted)

    @on(Input.Changed)
    def _show(self) -> None:
        self._leaf.show()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll the list while the search has the focus."""
        self._leaf.scroll(0, lines)


def listing(sections: Iterable[Section], wanted: str, width: int) -> list[Stretches]:
    """The keys whose line holds the words searched for: two columns from 70 cells, three from 90."""
    count = 3 if width >= 90 else 2 if width >= 70 else 1
    cells = max(_LEAST_COLUMN, (width - _GAP * (count - 1)) // count)
    columns = _columns(list(_entries(sections, wanted.casefold().split(), cells)), count)
    if not columns:
        return [[("No key does that.", "bar")]]
    rows: list[Stretches] = []
    for number in range(max(map(len, columns))):
        row: list[tuple[str, str]] = []
        for column in columns:
            cell = column[number] if number < len(column) else ()
            used = sum(cell_len(text) for text, _ in cell)
            gap = " " * (cells + _GAP - used)
            # As few stretches as there are inks: each is painted on its own.
            row += [*cell[:-1], (cell[-1][0] + gap, cell[-1][1])] if cell else [(gap, "dim")]
        words, ink = row[-1]
        rows.append([*row[:-1], (words.rstrip(), ink)])
    return rows


def _entries(sections: Iterable[Section], words: Sequence[str], cells: int) -> Iterator[Placed]:
    """The keys, the first of a place with its heading."""
    for section in sections:
        kept = [
            each
            for each in section.keys
            if all(word in f"{each.keys} {each.sentence}".casefold() for word in words)
        ]
        heading: Entry = [(), [(section.title, "key")]]
        for each in kept:
            yield section.title, [*heading, *_entry(each, cells)]
            heading = []


@lru_cache(maxsize=1_024)  # the keys stay the same, and so mostly does the width
def _entry(each: KeyLine, cells: int) -> Entry:
    """Keys, and the sentence in as many lines as it takes."""
    sentence = [
        each.sentence[line.start : line.end].rstrip()
        for line in wrap(each.sentence, cells - _KEYS_CELLS - 1)
    ]
    names = [fit(each.keys, _KEYS_CELLS), *[" " * _KEYS_CELLS] * (len(sentence) - 1)]
    return [
        [(name, "bar"), (" " + words, "dim")] for name, words in zip(names, sentence, strict=True)
    ]


def _columns(entries: Sequence[Placed], count: int) -> list[Entry]:
    """Entries one below the other, spread over columns of about the same height; each says where its keys act."""
    height = -(-sum(len(entry) for _, entry in entries) // count)
    columns: list[Entry] = []
    for title, each in entries:
        full = columns and len(columns[-1]) + len(each) > height and len(columns) < count
        if columns and not full:
            columns[-1] += each
        elif each[0]:
            columns.append([[(f"{title}, continued", "key")], *each])
        else:
            columns.append(each[1:])  # no blank line at the top
    return columns
