"""The line over a pane: its name, and at the right what there is to say about it."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.tui.typeset.paint import title_rule
from dipread.tui.widgets.pane import LineWidget


class TitleRule(LineWidget):
    """Bold, with a bar before it, when its pane has the focus."""

    detail: reactive[str] = reactive("")
    right: reactive[str] = reactive("")
    focused_pane: reactive[bool] = reactive(False)

    class Pressed(Message):
        """The right end of the rule was clicked."""

        def __init__(self, rule: TitleRule) -> None:
            super().__init__()
            self.rule = rule

        @property
        def control(self) -> TitleRule:
            """The rule that was clicked."""
            return self.rule

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(id=id)
        self._title = title

    def retitle(self, title: str) -> None:
        """Call the pane something else."""
        self._title = title
        self.refresh()

    def paint(self, width: int) -> Strip:
        """Name, rule and what is at the right."""
        return title_rule(self._title, self.detail, self.right, self.focused_pane, width, self.inks)

    def on_click(self, event: events.Click) -> None:
        """A click on the words at the right."""
        if event.x >= self.size.width - len(self.right) - 2:
            self.post_message(self.Pressed(self))
