"""The feeds of a site: which of them to listen to."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget

from dipread.model import FoundFeed
from dipread.text.plural import plural
from dipread.tui.screens.dialog import Dialog
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.widgets.row_list import Parts, RowList
from dipread.tui.widgets.words import Words


class FoundList(RowList[FoundFeed]):
    """A feed a line: its title, how many stories it holds, its address; or why it can't be read."""

    def parts(self, item: FoundFeed, line: int, here: bool, width: int) -> Parts:
        """One feed."""
        inks, title = self.inks, max(12, width // 2 - 4)
        count = plural(item.stories, "story", "stories").rjust(14)
        told = item.problem or seen(item.url)
        return [
            (fit(seen(item.title) or "(no title)", title), inks["strong" if here else "ground"]),
            (" !".rjust(14) if item.problem else count, inks["error" if item.problem else "dim"]),
            ("  " + fit(told, max(0, width - title - 16)), inks["dim"]),
        ]


class FoundFeedsDialog(Dialog[FoundFeed]):
    """Enter takes one."""

    def __init__(self, site: str, found: Sequence[FoundFeed]) -> None:
        super().__init__("Feeds found", "Enter listen to this one · Esc")
        self._site = site
        self._found = found
        self._list = FoundList(id="found")

    def fields(self) -> list[Widget]:
        """Where, and which."""
        return [Words(Content.styled(seen(self._site), "$dim")), self._list]

    def on_mount(self) -> None:
        """Choose at once."""
        self._list.show(self._found)
        self.begin(self._list)

    @on(RowList.Opened)
    def _chosen(self) -> None:
        each = self._list.item
        if each is not None and each.problem:
            self.notify(f"It can't be read: {each.problem}", severity="error", markup=False)
        elif each is not None:
            self.dismiss(each)
