"""Where a quote that lost its place may stand in the words of now: nothing is guessed, a person confirms."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.widget import Widget

from dipread.model import Noted, Quote
from dipread.model.anchor import Candidate
from dipread.tui.screens.dialog import Dialog
from dipread.tui.typeset.lines import fit
from dipread.tui.typeset.page import quoted
from dipread.tui.typeset.paint import one_line
from dipread.tui.widgets.row_list import Parts, RowList
from dipread.tui.widgets.words import FieldName, Words


class PlaceList(RowList[Candidate]):
    """A place a line: how alike its words are, and the words."""

    def name_of(self, item: Candidate) -> object:
        """Where it is."""
        return item.quote.field, item.quote.start

    def parts(self, item: Candidate, line: int, here: bool, width: int) -> Parts:
        """How alike, and the words as they are now."""
        words = fit(quoted(one_line(item.quote.exact)), max(0, width - 7))
        return [
            (f"{item.alike:>5.0%}  ", self.inks["note"]),
            (words, self.inks["strong" if here else "ground"]),
        ]


class PlacesDialog(Dialog[Quote]):
    """The words that were quoted, and those of now; Enter confirms one."""

    def __init__(self, note: Noted, found: Sequence[Candidate]) -> None:
        super().__init__("Lost place", "Enter this is it · Esc leave it lost")
        self._note = note
        self._found = found
        self._list = PlaceList(id="places")

    def fields(self) -> list[Widget]:
        """Then and now."""
        quote = self._note.annotation.quote
        words = quoted(one_line(quote.exact)) if quote else ""
        return [
            FieldName("It was"),
            Words(words, id="quote"),
            FieldName("It may be"),
            self._list,
        ]

    def on_mount(self) -> None:
        """Choose at once."""
        notice = ("", "The text of now has no words like these.", "The note keeps its quote.")
        self._list.show(self._found, notice)
        self.begin(self._list)

    @on(RowList.Opened)
    def _chosen(self) -> None:
        each = self._list.item
        if each is not None:
            self.dismiss(each.quote)
