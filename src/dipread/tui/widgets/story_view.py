"""The reading pane: a story read by scrolling, its marks looked into, its words quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message

from dipread.tui.bind import key
from dipread.tui.typeset.lines import line_at
from dipread.tui.widgets.page_view import GUTTER
from dipread.tui.widgets.selecting_view import SELECT_KEYS, SelectingView

_READING = ("line", "screenful", "ends", "mark", "look", "select", "marks", "found")
_SELECTED = tuple(
    f"select.{each}" for each in ("note", "copy", "anchor", "word", "sentence", "leave", "filter")
)
_SELECTING = ("motion", "anchor", "other_end", "annotate", "leave", "copy", "seek")


class StoryView(SelectingView):
    """Reads one story; says what the reader asks of its marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("j,down", "line(1)", "story.down", "scroll", "Scroll down", as_="j/k"),
        key("k,up", "line(-1)", "story.up", "up", "Scroll up", show=False),
        key(
            "pagedown,ctrl+d", "screenful(1)", "story.page-down", "page", "A page down", show=False
        ),
        key("pageup,ctrl+u", "screenful(-1)", "story.page-up", "page up", "A page up", show=False),
        key("g,home", "ends(0)", "story.top", "top", "Go to the headline", show=False),
        key("G,end", "ends(1)", "story.bottom", "end", "Go to the end", show=False),
        key(
            "right_square_bracket",
            "mark(1)",
            "story.next-mark",
            "marks",
            "Go to the next mark",
            as_="] [",
        ),
        key(
            "left_square_bracket",
            "mark(-1)",
            "story.previous-mark",
            "back",
            "Go to the mark before",
            show=False,
        ),
        key("enter", "look", "story.look", "why", "Why this tag; on a note, change it"),
        key(
            "plus", "filter('include')", "story.include", "filter", "Filter by the tag of the mark"
        ),
        key(
            "minus",
            "filter('exclude')",
            "story.exclude",
            "leave out",
            "Leave out stories with the tag of the mark",
        ),
        key("d", "delete", "story.delete-note", "delete note", "Delete the note at the mark"),
        key("v", "select", "story.select", "select", "Select words with the keyboard"),
        key(
            "right_curly_bracket",
            "found(1)",
            "story.next-found",
            "found",
            "Go to the next words found",
            show=False,
        ),
        key(
            "left_curly_bracket",
            "found(-1)",
            "story.previous-found",
            "found",
            "Go to the words found before",
            show=False,
        ),
        key("t", "marks", "story.marks", "hide marks", "Marks on or off", show=False),
        *SELECT_KEYS,
    ]

    @dataclass(eq=False, repr=False)
    class Scrolled(Message):
        """The reader has moved through the text."""

        view: StoryView

        @property
        def control(self) -> StoryView:
            """The pane it happened in."""
            return self.view

    @dataclass(eq=False, repr=False)
    class WhyAsked(Message):
        """Enter on words that earned a tag (its number within the story)."""

        view: StoryView
        tag: int

    class CopyAsked(Message):
        """The selected words are to be copied."""

    @dataclass(eq=False, repr=False)
    class FilterAsked(Message):
        """Stories with the tag of the mark (its number within the story) are wanted, or unwanted."""

        view: StoryView
        tag: int
        mode: Literal["include", "exclude"]

    @dataclass(eq=False, repr=False)
    class EditAsked(Message):
        """Enter on a note."""

        view: StoryView
        note: str

    @dataclass(eq=False, repr=False)
    class DeleteAsked(Message):
        """A note is to be deleted."""

        view: StoryView
        note: str

    _found_at: int | None = None

    @property
    def also(self) -> tuple[str, ...]:
        """What to do with a story, save while words of it are being selected."""
        if self.selecting:
            return ()
        return "any.step-back", "any.note", "any.read-on", "any.star", "any.browse"

    @property
    def foremost(self) -> tuple[str, ...]:
        """What to do with selected words, before the ways to select them."""
        return _SELECTED if self.selecting else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Select mode has keys of its own; a note can be deleted only when one is marked."""
        if action in _SELECTING:
            return super().check_action(action, parameters)
        if action == "delete":
            return not self.selecting and self.mark is not None and bool(self.mark.note)
        if action == "filter":
            return not self.selecting and self.mark is not None and not self.mark.note
        return action not in _READING or not self.selecting

    def action_line(self, step: int) -> None:
        """Scroll by lines."""
        self._read_on(step)

    def action_screenful(self, step: int) -> None:
        """Scroll by what fits, less two lines."""
        self._read_on(step * max(1, self.size.height - 2))

    def action_ends(self, end: int) -> None:
        """The headline (0) or the end (1)."""
        self._read_on(len(self.lines) if end else -len(self.lines))

    def _read_on(self, by: int) -> None:
        self.jump(min(self.scroll_offset.y + by, max(0, len(self.lines) - self.size.height)))
        self.place_cursor()
        self.post_message(self.Scrolled(self))

    def action_mark(self, step: int) -> None:
        """The next (1) or previous (-1) mark; from the top of the screen when none is focused."""
        places = sorted({(mark.start, mark.end) for mark in self.page.marks})
        if not places:
            return
        if self.mark is not None:
            here = places.index((self.mark.start, self.mark.end)) + step
        else:
            top = self.lines[min(self.scroll_offset.y, len(self.lines) - 1)].start
            after = next((i for i, place in enumerate(places) if place[0] >= top), len(places))
            here = after if step > 0 else after - 1
        place = places[max(0, min(len(places) - 1, here))]
        self.focus_mark(next(m for m in self.page.marks if (m.start, m.end) == place))

    def action_look(self) -> None:
        """Why this tag, or the note to change."""
        if self.mark is None:
            self.action_mark(1)
        elif self.mark.note:
            self.post_message(self.EditAsked(self, self.mark.note))
        else:
            self.post_message(self.WhyAsked(self, self.mark.tag))

    def action_filter(self, mode: Literal["include", "exclude"]) -> None:
        """Ask for stories with the focused tag, or without it."""
        if self.mark is not None:
            self.post_message(self.FilterAsked(self, self.mark.tag, mode))

    def action_delete(self) -> None:
        """Ask for the focused note to be deleted."""
        if self.mark is not None:
            self.post_message(self.DeleteAsked(self, self.mark.note))

    def action_found(self, step: int) -> bool:
        """The next (1) or previous (-1) words found, round and round; False when there are none."""
        if not self.words.places:
            return False
        starts = [start for start, _ in self.words.places]
        here = self._found_at if self._found_at in starts else None
        if here is None:
            top = self.lines[min(self.scroll_offset.y, len(self.lines) - 1)].start
            after = next((i for i, start in enumerate(starts) if start >= top), 0)
            place = after if step > 0 else after - 1
        else:
            place = (starts.index(here) + step) % len(starts)
        self._found_at = starts[place]
        index = line_at(self.lines, self._found_at)
        if not self.scroll_offset.y <= index < self.scroll_offset.y + self.size.height:
            self.jump(index - self.size.height // 3)
        self.app.cursor_position = self.content_region.offset + Offset(
            GUTTER + self.lines[index].column(self._found_at), index - self.scroll_offset.y
        )
        return True

    def action_copy(self) -> None:
        """Ask for the selection to be copied."""
        self.post_message(self.CopyAsked())

    def action_marks(self) -> None:
        """Show or hide every mark."""
        self.marks_shown = not self.marks_shown
