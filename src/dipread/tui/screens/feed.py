"""The feed dialog: what a feed is called, where it is, and how often it is asked."""

from __future__ import annotations

from msgspec.structs import replace
from textual import on
from textual.widget import Widget
from textual.widgets import Input

from dipread.config import INTERVALS
from dipread.model import Feed
from dipread.text.cleaning import clean_line
from dipread.tui.screens.dialog import Form
from dipread.tui.widgets.words import FieldName, Words


class FeedDialog(Form[Feed]):
    """Answers with the feed as it should be; its stories and notes stay in any case."""

    def __init__(self, feed: Feed, moved_to: str) -> None:
        super().__init__("Change this feed", "Enter save · Tab field · Esc")
        self._feed = feed
        self._moved_to = moved_to
        self._called = _line(feed.title, "name")
        self._address = _line(moved_to or feed.url, "address")
        self._group = _line(feed.group, "group")
        self._minutes = _line(str(feed.interval_minutes), "minutes")
        self._fault = Words(id="fault")

    def fields(self) -> list[Widget]:
        """Its name, address, group and interval."""
        moved = f"Its server says that it has moved for good: {self._moved_to}"
        return [
            Words(moved if self._moved_to else self._feed.url, id="about"),
            *(FieldName("Name"), self._called),
            *(FieldName("Address"), self._address),
            *(FieldName("Group"), self._group),
            *(FieldName("Asked every … minutes"), self._minutes),
            self._fault,
        ]

    def on_mount(self) -> None:
        """Begin where there is most likely something to change."""
        self.begin(self._address if self._moved_to else self._called)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._fault.say("")

    def action_answer(self) -> None:
        """Answer, or say what is missing."""
        name, address, group = (
            clean_line(each.value) for each in (self._called, self._address, self._group)
        )
        minutes = self._minutes.value.strip()
        if not (name and address and group):
            self._fault.say("A feed has a name, an address and a group.")
        elif not minutes.isdecimal() or int(minutes) not in INTERVALS:
            self._fault.say(
                f"Every {INTERVALS.start} to {INTERVALS[-1]} minutes: an hour is 60, a day 1440."
            )
            self.begin(self._minutes)
        else:
            self.dismiss(
                replace(
                    self._feed,
                    title=name,
                    url=address,
                    group=group,
                    interval_minutes=int(minutes),
                )
            )


def _line(text: str, id: str) -> Input:
    line = Input(text, compact=True, id=id, select_on_focus=False)
    line.cursor_blink = False
    return line
