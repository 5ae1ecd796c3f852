"""The bulk dialog: what is to be done with every story found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input

from dipread.text.plural import plural
from dipread.tui.doing.deeds import Deed, What
from dipread.tui.doing.own_tags import read_tag
from dipread.tui.screens.dialog import Form
from dipread.tui.widgets.choice import Choice
from dipread.tui.widgets.words import Words

CHOICES: tuple[tuple[What, str], ...] = (
    ("read", "read"),
    ("unread", "unread"),
    ("star", "star"),
    ("unstar", "star off"),
    ("tag", "tag"),
    ("untag", "tag off"),
    ("brief", "brief"),
    ("unbrief", "out of it"),
)


class BulkDialog(Form[Deed]):
    """Says the number before anything is done; it is there before the stories are counted that each deed changes."""

    def __init__(self, found: int, tags: Sequence[str], word: str = "found") -> None:
        super().__init__(
            f"All {plural(found, 'story', 'stories')} {word}", "Enter do it · Space other · Esc"
        )
        self._found = found
        self._changes: Mapping[What, int] = {}
        self._choice = Choice(CHOICES, id="what")
        self._tag = Input(
            placeholder="a tag of your own, as follow-up",
            suggester=SuggestFromList(tags, case_sensitive=False),
            compact=True,
            id="tag",
        )
        self._tag.cursor_blink = False
        self._said = Words(id="about")
        self._fault = Words(id="fault")

    def fields(self) -> list[Widget]:
        """What to do, which tag, and to how many."""
        return [self._choice, self._tag, Words(), self._said, self._fault]

    def on_mount(self) -> None:
        """Start with the choice."""
        self.begin(self._choice)
        self.watch(self._choice, "chosen", self._say)

    def counted(self, changes: Mapping[What, int]) -> None:
        """Say how many stories each deed changes."""
        self._changes = changes
        if self.is_mounted:
            self._say()

    @on(Input.Changed)
    def _say(self) -> None:
        what = self._choice.what
        self._tag.display = what in ("tag", "untag")
        self._fault.say("")
        tag = self._tag.value.strip().removeprefix("#") or "…"
        if self._tag.display:
            words = f"{plural(self._found, 'story', 'stories')}: {_DONE[what]} #{tag}"
        else:
            count = self._changes.get(what)
            others = "counting …" if count is None else "the others are so already"
            many = "those that are not so yet" if count is None else f"{count:,}"
            words = f"{many} of {self._found:,} {_DONE[what]}, {others}"
        self._said.say(f"{words}.\nOne u takes it back.")

    def action_answer(self) -> None:
        """Answer with the deed."""
        what = self._choice.what
        if what not in ("tag", "untag"):
            self.dismiss(Deed(what))
            return
        tag = read_tag(self._tag.value)
        if tag:
            self.dismiss(Deed(what, tag))
        else:
            self._fault.say("Name one tag: a word without spaces, commas or quotes.")
            self.begin(self._tag)


_DONE: Mapping[What, str] = {
    "read": "become read",
    "unread": "become unread",
    "star": "get a star",
    "unstar": "lose their star",
    "tag": "get the tag",
    "untag": "lose the tag",
    "brief": "go into the brief",
    "unbrief": "leave the brief",
}
