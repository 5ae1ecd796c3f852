"""Selecting words of a page: with the mouse, or with vi's motions in select mode."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection

from dipread.model.anchor import snap
from dipread.tui.bind import key
from dipread.tui.typeset.lines import line_at
from dipread.tui.typeset.page import Page
from dipread.tui.typeset.selection import move, reach, sentence_at, word_at
from dipread.tui.widgets.page_view import GUTTER, PageView

# These act only while select mode lasts, and then before the keys of reading.
SELECT_KEYS = (
    key("h,left", "motion('h')", "select.left", "move", "A character back", as_="hjkl"),
    key("j,down", "motion('j')", "select.down", "down", "A line down", show=False),
    key("k,up", "motion('k')", "select.up", "up", "A line up", show=False),
    key("l,right", "motion('l')", "select.right", "right", "A character on", show=False),
    key("v", "anchor", "select.anchor", "start here", "Start the selection here, or drop it"),
    key("w", "motion('w')", "select.word", "word", "To the next word", as_="w b e"),
    key("b", "motion('b')", "select.back", "word back", "To the word before", show=False),
    key("e", "motion('e')", "select.word-end", "word end", "To the end of the word", show=False),
    key(
        "0,home",
        "motion('0')",
        "select.line-start",
        "line start",
        "To the start of the line",
        show=False,
    ),
    key(
        "dollar_sign,end",
        "motion('$')",
        "select.line-end",
        "line end",
        "To the end of the line",
        show=False,
    ),
    key(
        "right_parenthesis",
        "motion(')')",
        "select.sentence",
        "sentence",
        "To the next sentence; the selection to the end of this one",
        as_="( )",
    ),
    key(
        "left_parenthesis",
        "motion('(')",
        "select.sentence-back",
        "back",
        "To the sentence before",
        show=False,
    ),
    key(
        "right_curly_bracket",
        "motion('}')",
        "select.paragraph",
        "paragraph",
        "To the next paragraph; the selection to the end of this one",
        as_="{ }",
    ),
    key(
        "left_curly_bracket",
        "motion('{')",
        "select.paragraph-back",
        "back",
        "To the paragraph before",
        show=False,
    ),
    key("g", "motion('g')", "select.first", "top", "To the headline", show=False),
    key("G", "motion('G')", "select.last", "end", "To the end of the text", show=False),
    key(
        "o",
        "other_end",
        "select.other-end",
        "other end",
        "Go to the other end of the selection",
    ),
    key("enter,a", "annotate", "select.note", "note", "Write a note on the selection"),
    key("y", "copy", "select.copy", "copy", "Copy the selection"),
    key("plus", "seek", "select.filter", "filter by it", "Only stories with the selected words"),
    key("escape", "leave", "select.leave", "leave", "Leave select mode"),
)


class SelectingView(PageView):
    """A page whose words can be selected, and quoted in a note."""

    selecting: reactive[bool] = reactive(False, bindings=True, init=False)

    @dataclass(eq=False, repr=False)
    class NoteAsked(Message):
        """A note is wanted on the selection, or on the story when nothing is selected."""

        view: SelectingView
        start: int
        end: int

    @dataclass(eq=False, repr=False)
    class SeekAsked(Message):
        """Stories with these words are wanted."""

        words: str

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._anchor: int | None = None
        self._painted: tuple[int, int] | None = None

    def show(self, page: Page, keep_place: bool = False) -> None:
        """Show a page; what was selected on the one before is let go."""
        if self.selecting:
            self.action_leave()
        self._painted = None
        super().show(page, keep_place)

    # ------------------------------------------------------------------------ Textual's selection

    def select(self, start: int, end: int) -> None:
        """Select a range of the page."""
        others = {each: what for each, what in self.screen.selections.items() if each is not self}
        own = Selection(Offset(start, 0), Offset(end, 0))
        self.screen.selections = {**others, self: own}

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What Textual copies: the words as they are stored."""
        selected = self.selected
        return (self.page.text[slice(*selected)], "\n") if selected else None

    def selection_updated(self, selection: Selection | None) -> None:
        """Repaint only the lines whose selection has changed."""
        before, after = self._painted, self.selected
        self._painted = after
        if before and after:
            if before[0] != after[0]:
                self.repaint_range(before[0], after[0])
            if before[1] != after[1]:
                self.repaint_range(before[1], after[1])
        elif either := before or after:
            self.repaint_range(*either)
        self.refresh_bindings()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The end of a drag, perhaps on the right half of a wide character."""
        self.call_later(self._trim, event.x - GUTTER, event.y + self.scroll_offset.y)

    def _trim(self, column: int, index: int) -> None:
        """Textual takes the right half of a wide character for the one after it; take it back."""
        selection = self.text_selection
        if selection is None or selection.start is None or selection.end is None:
            return
        clusters = self.lines[index].clusters if index < len(self.lines) else ()
        left = 0
        for cluster in clusters:
            if left < column < left + cluster.cells:
                if selection.end.x == cluster.end + 1:
                    self.select(selection.start.x, cluster.end)
                elif selection.start.x == cluster.end:
                    self.select(cluster.start, selection.end.x)
            left += cluster.cells

    async def _on_click(self, event: events.Click) -> None:
        """Twice for the word, three times for the sentence; Textual would take the whole text."""
        if event.chain not in (2, 3):
            return
        event.prevent_default()
        event.stop()
        _, offset = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
        if offset is not None:
            around = word_at if event.chain == 2 else sentence_at
            self.select(*around(self.page.text, offset.x))

    # -------------------------------------------------------------------------------- select mode

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key of select mode acts now; a note can be asked for on any selection."""
        if action in ("annotate", "seek"):
            return self.selecting or self.selected is not None
        return self.selecting

    def action_select(self) -> None:
        """Enter select mode: at the selection, at the focused mark, or at the top of the screen."""
        if not self.lines:
            return
        selected = self.selected
        top = self.lines[min(self.scroll_offset.y, len(self.lines) - 1)].start
        start = selected[0] if selected else self.mark.start if self.mark else top
        if start == 0 and self.page.part("text").start < len(self.page.text):
            start = self.page.part("text").start
        self._anchor = selected[0] if selected else None
        self.selecting = True
        self._move_to(selected[1] - 1 if selected else start)

    def action_motion(self, motion: str) -> None:
        """Move the cursor, and with it the end of the selection."""
        if self.caret is not None:
            lead = move if self._anchor is None else reach
            self._move_to(lead(self.page.text, self.lines, self.caret, motion))

    def _move_to(self, offset: int) -> None:
        last = self.page.part("text").end - 1
        offset, _ = snap(self.page.text, max(0, min(offset, last)), max(0, min(offset, last)) + 1)
        before, self.caret = self.caret, offset
        self.repaint_range(offset if before is None else before, offset)
        if self._anchor is not None:
            self.select(
                *snap(self.page.text, min(self._anchor, offset), max(self._anchor, offset) + 1)
            )
        self.bring(line_at(self.lines, offset))
        self.place_cursor()

    def action_anchor(self) -> None:
        """Hold one end of the selection here, or let it go."""
        if self._anchor is None and self.caret is not None:
            self._anchor = self.caret
            self._move_to(self.caret)
        else:
            self._anchor = None
            self.screen.clear_selection()

    def action_other_end(self) -> None:
        """Swap cursor and anchor."""
        if self._anchor is not None and self.caret is not None:
            self._anchor, there = self.caret, self._anchor
            self._move_to(there)

    def action_annotate(self) -> None:
        """Ask for a note on the selection, or on the word under the cursor."""
        if (selected := self._meant()) is not None:
            self.post_message(self.NoteAsked(self, *selected))

    def action_seek(self) -> None:
        """Ask for stories with the selected words, or with the word under the cursor."""
        if (selected := self._meant()) is not None:
            self.action_leave()
            self.post_message(self.SeekAsked(self.page.text[slice(*selected)]))

    def _meant(self) -> tuple[int, int] | None:
        """The selection, else the word under the cursor."""
        if self.selected is None and self.caret is not None:
            return word_at(self.page.text, self.caret)
        return self.selected

    def action_leave(self) -> None:
        """Leave select mode, and the selection with it."""
        before, self.caret, self._anchor = self.caret, None, None
        self.selecting = False
        self.screen.clear_selection()
        if before is not None and self.lines:
            self.repaint_range(before, before)
