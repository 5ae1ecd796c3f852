"""The dialog in which a feed goes with its stories: how many they are, and what stays."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from dipread.model import Removal
from dipread.store import KEPT
from dipread.text.plural import plural
from dipread.tui.screens.dialog import Form
from dipread.tui.typeset.lines import seen
from dipread.tui.widgets.words import Words

YES = "y"


class RemoveDialog(Form[Removal]):
    """Enter alone is never yes. It is there before the stories are counted; `counted` says how many they are."""

    def __init__(self, title: str) -> None:
        super().__init__("Remove a feed with its stories", "y and Enter remove it · Esc")
        self._title = title
        self._removal: Removal | None = None
        self._goes = Words("Counting its stories …", id="goes")
        self._stays = Words(id="stays")
        self._line = Input(placeholder="type y", compact=True, id="yes", max_length=3)
        self._line.cursor_blink = False
        self._fault = Words(id="fault")

    def fields(self) -> list[Widget]:
        """What goes, what stays, for how long it can be undone, and where to say yes."""
        undo = f"u brings all of it back for {KEPT.days} days; only then are the stories deleted."
        return [
            Words(Content.styled(seen(self._title), "bold")),
            *(self._goes, self._stays, Words(Content.styled(undo, "$dim"))),
            *(Words(), self._line, self._fault),
        ]

    def on_mount(self) -> None:
        """Wait for the yes."""
        self.begin(self._line)

    def counted(self, removal: Removal) -> None:
        """Say what goes and what stays."""
        self._removal = removal
        self._goes.say(f"{plural(removal.stories, 'story goes', 'stories go')} with it.")
        stay = []
        if removal.kept:
            stay.append(f"{removal.kept:,} that you annotated, starred or tagged")
        if removal.shared:
            stay.append(f"{removal.shared:,} that other feeds brought too")
        self._stays.say(
            f"What stays: {'; '.join(stay)}." if stay else "Nothing of yours is on them."
        )

    @on(Input.Changed)
    def _changed(self) -> None:
        self._fault.say("")

    def action_answer(self) -> None:
        """Answer when the reader says yes and knows to what."""
        if self._line.value.strip().lower() != YES:
            self._fault.say("Type y to remove it, or press Esc to keep it.")
        elif self._removal is None:
            self._fault.say("The stories are still being counted.")
        else:
            self.dismiss(self._removal)
