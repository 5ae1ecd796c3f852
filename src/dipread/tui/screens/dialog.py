"""A dialog: one box over the screen, which gives the focus back when it goes."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from dipread.tui.bind import key

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """Its title and its keys stand in the border."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "dialog.close", "close", "Close the dialog", show=False)
    ]

    def __init__(self, heading: str, keys: str) -> None:
        super().__init__()
        self._heading = heading
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The box and what is in it."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._heading)
            box.border_subtitle = Content(self._keys)
            yield from self.fields()

    def fields(self) -> list[Widget]:
        """What the box holds, top to bottom."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class Form(Dialog[Answer]):
    """A dialog of fields: Enter in any of them answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "answer", "dialog.answer", "do it", "Answer with what is written and chosen"),
    ]

    def action_answer(self) -> None:
        """Answer, or say what is wrong."""
        raise NotImplementedError

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_answer()
