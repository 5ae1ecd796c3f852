"""Two short dialogs: the name of a saved view, and the reader's own tags of a story."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input

from dipread.model import View
from dipread.text.cleaning import clean_line
from dipread.tui.doing.own_tags import print_tags, read_tags
from dipread.tui.screens.dialog import Form
from dipread.tui.typeset.lines import seen
from dipread.tui.widgets.choice import Choice
from dipread.tui.widgets.words import FieldName, Words

_ALERT = ((False, "no"), (True, "yes: tell what newly matches after a refresh"))


class ViewDialog(Form[View]):
    """Names what a query asks; the same name again puts it in the place of the other."""

    def __init__(self, view: View, heading: str) -> None:
        super().__init__(heading, "Enter save · Tab field · Space other · Esc")
        self._query = view.query
        self._called = Input(view.name, placeholder="a name", compact=True, select_on_focus=False)
        self._called.cursor_blink = False
        self._alert = Choice(_ALERT, id="alert", chosen=int(view.alert))
        self._fault = Words(id="fault")

    def fields(self) -> list[Widget]:
        """The query, its name, and whether it is an alert."""
        return [
            Words(seen(self._query) or "every story", id="about"),
            FieldName("Name"),
            self._called,
            FieldName("Alert"),
            self._alert,
            self._fault,
        ]

    def on_mount(self) -> None:
        """Name it at once."""
        self.begin(self._called)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._fault.say("")

    def action_answer(self) -> None:
        """Answer with the view."""
        name = clean_line(self._called.value)
        if name and '"' not in name:
            self.dismiss(View(name, self._query, self._alert.what))
        else:
            self._fault.say('Give it a name, without a "')
            self.begin(self._called)


class TagDialog(Form[tuple[str, ...]]):
    """The tags of a story as one line of words; what is not in it any more is taken off."""

    def __init__(self, title: str, tags: tuple[str, ...], known: Sequence[str]) -> None:
        super().__init__("Your tags of this story", "Enter save · → take what is offered · Esc")
        self._about = title
        text = print_tags(tags)
        self._input = Input(
            f"{text} " if text else "",
            placeholder="#follow-up #brief",
            suggester=SuggestFromList([f"#{tag}" for tag in known], case_sensitive=False),
            compact=True,
            select_on_focus=False,
        )
        self._input.cursor_blink = False
        self._fault = Words(id="fault")

    def fields(self) -> list[Widget]:
        """The story and its tags."""
        title = Words(self._about, id="about")
        return [title, FieldName("Tags"), self._input, self._fault]

    def on_mount(self) -> None:
        """Write after what there is."""
        self.begin(self._input)
        self._input.cursor_position = len(self._input.value)

    def action_answer(self) -> None:
        """Answer with the tags."""
        tags = read_tags(self._input.value)
        if tags is None:
            self._fault.say('A tag is a word without ( ) " | @')
        else:
            self.dismiss(tags)
