"""What dialogs are laid over: a screen that keeps its look, and its place, while one has the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from textual import events, on
from textual.containers import Vertical
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from dipread.tui.screens.composition import Composition
from dipread.tui.screens.dialog import Answer, Dialog
from dipread.tui.widgets.settled import Settled

FRAME_WAITS = 0.1


class Over(Vertical, Settled):
    """Where dialogs lie: in a container of their own, since what gets a child is painted anew."""

    def render(self) -> str:
        """Nothing, and of no size, as long as no dialog lies here."""
        return ""

    @on(Message)
    def _keep_within(self, message: Message) -> None:
        """What is said in a dialog is said to it, and not to the screen below; keys go on to the app."""
        if not isinstance(message, events.InputEvent):
            message.stop()


class Ground(Screen[None], Settled):
    """`dialog` is the one that has the keys and the mouse; below it may lie others, out of sight."""

    # Textual repaints the whole screen when the focus moves; our panes repaint the lines that change.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._compositor = self._composition = Composition()
        self.over = Over(id="over")
        self._dialogs: list[Dialog[Any]] = []
        self._below: list[tuple[Widget | None, Widget | None]] = []
        self._one_frame = ExitStack()
        self._once_seen: list[Callable[[], object]] | None = []
        self._worn = ""

    def on_mount(self) -> None:
        """All is dressed as it is made."""
        self._worn = self.app.theme

    @on(events.ScreenResume)
    def _dress(self, event: events.ScreenResume) -> None:
        """Textual dresses a screen anew each time it comes up; only another theme makes that needed."""
        event.refresh_styles = self._worn != self.app.theme
        self._worn = self.app.theme

    @property
    def dialog(self) -> Dialog[Any] | None:
        """The uppermost, if there is one."""
        return self._dialogs[-1] if self._dialogs else None

    def open_dialog(self, dialog: Dialog[Answer]) -> asyncio.Future[Answer | None]:
        """Lay a dialog over all; what it answers comes with the future, None when it is just closed."""
        answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()

        def end(answer: Answer | None) -> None:
            self._close(dialog)
            if not answered.done():
                answered.set_result(answer)

        dialog.ends = end
        if self.dialog is not None:
            self.dialog.display = False
        # What had the focus isn't told that it has lost it: nothing below a dialog changes its look.
        self._below.append((self.focused, self.focused))
        self._dialogs.append(dialog)
        self._composition.top = dialog
        self.set_reactive(Ground.focused, None)
        self.in_one_frame()
        self.over.set_class(dialog.LOW, "-low")
        self.over.mount(dialog)
        self.over.call_next(self.painted_now)
        return answered

    def _close(self, dialog: Dialog[Any]) -> None:
        """Take a dialog away; the keys are again where they were, or where they were sent meanwhile."""
        if dialog not in self._dialogs:
            return
        self._dialogs.remove(dialog)
        self._composition.top = self.dialog
        had, wanted = self._below.pop()
        if self.dialog is not None:
            self.dialog.display = True
        self.set_reactive(Ground.focused, had)
        self.set_focus(wanted)
        dialog.remove()

    def in_one_frame(self) -> None:
        """Paint nothing until `painted_now`, or until it has taken too long."""
        self._one_frame.enter_context(self.app.batch_update())
        self.set_timer(FRAME_WAITS, self._one_frame.close)

    def painted_now(self) -> None:
        """All that belongs into the frame is known."""
        self._one_frame.close()

    def _compositor_refresh(self) -> None:
        """Compose what is to be seen. Textual composes in a batch too, shows it to nobody, and thinks it was seen."""
        if self.app._batch_count:
            self.refresh()
        else:
            # What a layout has changed is painted with it, and not once more.
            self._composition.update_widgets(set(self._composition.visible_widgets))
            super()._compositor_refresh()
            for each in self._once_seen or ():
                self.call_later(each)
            self._once_seen = None

    def once_seen(self, then: Callable[[], object]) -> None:
        """Do what the first sight of the screen need not wait for; at once when that is past."""
        if self._once_seen is None:
            self.call_after_refresh(then)
        else:
            self._once_seen.append(then)

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Give a widget the focus; one below a dialog has it once the dialog is gone."""
        if self.dialog is None or widget is None or self.dialog in widget.ancestors_with_self:
            super().set_focus(widget, scroll_visible, from_app_focus)
        else:
            self._below[0] = (self._below[0][0], widget)

    # ------------------------------------------------------------------------------------- the mouse

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        """What the mouse is on; beside a dialog that is the dialog, so that nothing below is pressed."""
        widget, region = super().get_widget_at(x, y)
        if self.dialog is None or self.dialog in widget.ancestors_with_self:
            return widget, region
        return self.dialog, self.dialog.region

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Where the mouse would select from; nowhere beside a dialog."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        if self.dialog is None or (widget and self.dialog in widget.ancestors_with_self):
            return widget, offset
        return None, None
