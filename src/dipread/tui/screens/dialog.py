"""A dialog: one box laid over a screen. It has the keys while it is there, and gives them back when it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from dipread.tui.bind import key
from dipread.tui.widgets.settled import Settled

Answer = TypeVar("Answer")


class Dialog(Vertical, Settled, Generic[Answer]):
    """Its title and its keys stand in the border.

    It is a widget and no screen of its own: to open one costs what is painted of it, where another
    screen would have everything below composed and sent again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "dialog.close", "close", "Close the dialog", show=False),
        key("tab", "field(1)", "dialog.field", "field", "The next field", show=False),
        key("shift+tab", "field(-1)", "dialog.field-before", "field", "The field before", show=False),
    ]  # fmt: skip

    LOW: ClassVar[bool] = False
    """Whether it lies at the bottom, so that the text stays in sight."""

    def __init__(self, heading: str, keys: str) -> None:
        super().__init__()
        self.border_title = Content(heading)
        self.border_subtitle = Content(keys)
        self.trap_focus()
        self.ready = asyncio.Event()
        """Set once a key would find its field."""
        self.ends: Callable[[Answer | None], object] = lambda answer: None
        """Told the answer, None when there is none; whoever opens the dialog says what comes of it."""

    @property
    def is_modal(self) -> bool:
        """The keys of what lies below don't act."""
        return True

    def compose(self) -> ComposeResult:
        """What is in the box."""
        yield from self.fields()

    def fields(self) -> list[Widget]:
        """What the box holds, top to bottom."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """The box alone: what lies between its first line and its last is the same in every line."""
        between = Region(crop.x, 1, crop.width, 1)
        same = super().render_lines(between) if crop.height > 1 else []
        last = self.outer_size.height - 1
        return [
            same[0] if same and 0 < y < last else super(Dialog, self).render_lines(row)[0]
            for y, row in ((y, Region(crop.x, y, crop.width, 1)) for y in crop.line_range)
        ]

    def on_mount(self) -> None:
        """Called after those of the dialogs, which begin in one of their fields."""
        if self.screen.focused not in self.walk_children(Widget):
            self.begin(self)
        self.ready.set()

    def begin(self, field: Widget) -> None:
        """Give a field the keys at once: those typed ahead are meant for it."""
        self.screen.set_focus(field)

    def dismiss(self, answer: Answer | None) -> None:
        """Close with an answer."""
        self.ends(answer)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_field(self, step: int) -> None:
        """Round the fields."""
        if step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


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
