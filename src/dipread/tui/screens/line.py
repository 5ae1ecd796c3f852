"""A dialog with one line to type in."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from dipread.tui.screens.dialog import Form
from dipread.tui.widgets.words import Words


class LineDialog(Form[str]):
    """Answers with what is typed; an empty line is an answer too."""

    def __init__(self, heading: str, example: str, about: str = "", value: str = "") -> None:
        super().__init__(heading, "Enter do it · Esc")
        self._about = about
        self._line = Input(value, placeholder=example, compact=True, id="line")
        self._line.cursor_blink = False

    def fields(self) -> list[Widget]:
        """The line, and a word about it."""
        about = Words(Content.styled(self._about, "$dim"))
        return [self._line, about] if self._about else [self._line]

    def on_mount(self) -> None:
        """Type at once."""
        self.begin(self._line)

    def action_answer(self) -> None:
        """Answer with the line."""
        self.dismiss(self._line.value.strip())
