"""The label dialog: one tag that a story should have, or should not."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input

from dipread.errors import UsageError
from dipread.model import Vocabulary
from dipread.query import JUDGED, Said
from dipread.tui.screens.dialog import Dialog
from dipread.tui.widgets.words import Words


class LabelDialog(Dialog[Said]):
    """Asks until what is written names a tag, or until it is closed."""

    def __init__(self, reads: Callable[[str], Said], vocabulary: Vocabulary) -> None:
        super().__init__("Label this story", "Enter say so · → take what is offered · Esc close")
        self._reads = reads
        known = [
            f"{kind}:{code}" for kind in JUDGED for code in sorted(vocabulary.labels.get(kind, ()))
        ]
        self._input = Input(
            placeholder="sector:trade holds · -country:GE does not",
            suggester=SuggestFromList(known + [f"-{each}" for each in known], case_sensitive=False),
            id="label",
        )
        self._input.cursor_blink = False
        self._fault = Words(id="fault")

    def fields(self) -> list[Widget]:
        """The tag, and what is wrong with it."""
        return [self._input, self._fault]

    def on_mount(self) -> None:
        """Write at once."""
        self.begin(self._input)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._fault.say("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        try:
            said = self._reads(event.value)
        except UsageError as fault:
            self._fault.say(Content(". ".join(filter(None, (fault.message, fault.hint)))))
        else:
            self.dismiss(said)
