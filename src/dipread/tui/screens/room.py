"""One of the four screens: the top bar above, and below the keys that act where the focus is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar, Literal

from textual import events, on
from textual.binding import BindingType
from textual.message import Message

from dipread.model import Outcome
from dipread.tui.bind import key, key_name
from dipread.tui.screens.ground import Ground
from dipread.tui.widgets.footer import Footer
from dipread.tui.widgets.pane import Pane
from dipread.tui.widgets.title_rule import TitleRule
from dipread.tui.widgets.top_bar import RoomName, TopBar


class Room(Ground):
    """What the four have in common. `room` is its name in the top bar."""

    def __init__(self, room: RoomName, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.room = room
        self.top_bar = TopBar(room, now, id="top")
        self.footer = Footer(id="footer")
        self._keys: dict[tuple[str, str], str] = {}

    @property
    def place(self) -> str:
        """Where keys act now, as the ids of keys begin."""
        return self.room

    @on(Footer.Pressed)
    def _key_pressed(self, event: Footer.Pressed) -> None:
        """A key of the footer acts as if it had been typed."""
        self.app.simulate_key(self._keys.get(event.key, "question_mark"))

    @on(events.ScreenResume)
    def _shown_again(self) -> None:
        self.show_keys()

    def show_keys(self) -> None:
        """The keys that act now, in the footer; a dialog names its own, and these stay meanwhile."""
        if self.is_active and self.dialog is None:
            self.footer.keys = tuple(self.active_keys())

    def active_keys(self) -> Iterator[tuple[str, str]]:
        """Keys and words of the focused pane, then those of the screen that it asks for."""
        shown: dict[str, tuple[str, str]] = {}
        for name, active in self.active_bindings.items():
            binding = active.binding
            if binding.show and binding.id and active.enabled:
                each = (binding.key_display or key_name(name), binding.description)
                if binding.id not in shown:
                    shown[binding.id] = each
                    self._keys[each] = name
        own = [each for each in shown if not each.startswith("any.")]
        pane = self.focused if isinstance(self.focused, Pane) else None
        first, also = (pane.foremost, pane.also) if pane else ((), ())
        order = dict.fromkeys((*first, *own, *also))
        yield from (shown[each] for each in order if each in shown)

    def end_prefix(self) -> bool:
        """Wait no longer for the second of two keys; whether one was waited for."""
        return False

    def refresh_bindings(self) -> None:
        """Textual says that other keys act now."""
        super().refresh_bindings()
        self.call_next(self.show_keys)


class SideRoom(Room):
    """A screen beside the stories: `q` and Esc go back to them, and undo acts on what was done there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("u", "undo", "any.undo", "undo", "Undo the last change", show=False),
        key("U", "redo", "any.redo", "redo", "Do again what was undone", show=False),
        key("R", "refresh_all", "any.refresh-all", "refresh all", "Refresh all feeds", show=False),
        key("escape", "step_back", "any.step-back", "back", "One step back", show=False),
        key("q", "leave", "any.leave", "back", "Back to the stories", show=False),
        key("tab,l,right", "pane(1)", "any.next-pane", "next", "Go to the next pane", as_="Tab"),
        key("shift+tab,h,left", "pane(-1)", "any.previous-pane", "pane", "Go to the pane before", show=False),
    ]  # fmt: skip

    class Done(Message):
        """The reader wants one of the deeds of the stories screen done."""

        def __init__(self, deed: Literal["undo", "redo", "refresh_all", "leave"]) -> None:
            super().__init__()
            self.deed = deed

    def __init__(self, room: RoomName, now: Callable[[], datetime]) -> None:
        super().__init__(room, now)
        self.rules: dict[str, TitleRule] = {}

    @property
    def ring(self) -> list[Pane]:
        """The panes in the order in which Tab goes round."""
        return [each for each in self.query(Pane) if each.can_focus and each.display]

    def on_mount(self) -> None:
        """Say which pane has the focus from the start."""
        self.call_after_refresh(self._show_focus)

    @on(events.DescendantFocus)
    def _show_focus(self) -> None:
        for pane in self.query(Pane):
            if pane.id in self.rules:
                self.rules[pane.id].focused_pane = pane is self.focused
        self.show_keys()

    def action_pane(self, step: int) -> None:
        """Round the panes."""
        ring = self.ring
        if ring:
            here = ring.index(self.focused) if self.focused in ring else -step
            self.set_focus(ring[(here + step) % len(ring)])

    def action_step_back(self) -> None:
        """Close what is open, else back to the stories."""
        if not self.stepped_back():
            self.post_message(self.Done("leave"))

    def stepped_back(self) -> bool:
        """Close what is open over the panes; False when nothing is."""
        return False

    def feed_done(self, outcome: Outcome) -> None:
        """One feed of a running refresh is done, while this screen is shown."""

    def refresh_ended(self) -> None:
        """The refresh is over, while this screen is shown."""

    def marks_changed(self) -> None:
        """What the reader wrote is otherwise now, while this screen is shown."""

    def action_leave(self) -> None:
        """Back to the stories."""
        self.action_step_back()

    def action_undo(self) -> None:
        """Take back the last change."""
        self.post_message(self.Done("undo"))

    def action_redo(self) -> None:
        """Do it again."""
        self.post_message(self.Done("redo"))

    def action_refresh_all(self) -> None:
        """Fetch every feed."""
        self.post_message(self.Done("refresh_all"))
