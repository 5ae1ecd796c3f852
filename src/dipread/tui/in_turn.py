"""Keys in turn: each has acted before the next is looked at, however fast they were typed."""

from __future__ import annotations

import asyncio

from textual import events
from textual.widget import Widget

from dipread.tui.behind.refreshing import RefreshingApp
from dipread.tui.screens.room import Room
from dipread.tui.widgets.pane import Pane


class InTurnApp(RefreshingApp):
    """The app as the one that keys come to first."""

    @property
    def _here(self) -> Room:
        """The screen that is shown, whatever lies over it."""
        return next(each for each in reversed(self.screen_stack) if isinstance(each, Room))

    async def on_event(self, event: events.Event) -> None:
        """Let a key act where the focus is.

        Textual sends a key up through every container first, and meanwhile sends the next one to
        what had the focus before: of `/sector:trade`, typed fast, letters would act as keys of the
        list, and of Tab and a word the word would be written into the field before. Keys that are
        typed while a dialog is being laid out wait for its fields.
        """
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if (dialog := self._here.dialog) is not None:
            await dialog.ready.wait()
        if self.focused is None:
            await super().on_event(event)
        elif not await self._check_bindings(event.key, priority=True):
            await self._act(self.focused, event)

    async def _act(self, field: Widget, event: events.Key) -> None:
        """Write the key into a field, or do what is bound to it."""
        if isinstance(field, Pane):  # knows keys by its bindings alone
            if self._here.end_prefix():
                return
        elif await _takes(field, event):
            return
        await self._check_bindings(event.key)
        # What it began may open a dialog, for which the next key is meant.
        await asyncio.sleep(0)

    def type_ahead(self, typed: bytes) -> None:
        """Let the keys act that were typed before there was a screen to see them."""
        from textual._xterm_parser import XTermParser

        for each in XTermParser().feed(typed.decode(errors="replace")):
            self.post_message(each)


async def _takes(field: Widget, event: events.Key) -> bool:
    """Let a field have a key at once; whether it wants nobody else to act on it."""
    event._set_forwarded()
    event.bubble = False  # type: ignore[misc]
    with field._context():
        await field.on_event(event)
    return event._stop_propagation
