"""The reading pane: a page of text with its marks, read by scrolling, quoted by selecting.

Every painted cell knows the offset of its character on the page, so Textual's own selection, made
with the mouse or set by our motions, is a range of the page's text. There is no other selection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip

from dipread.tui.bind import key
from dipread.tui.lines import Line, line_at, seen, wrap
from dipread.tui.page import Mark, Page, snap
from dipread.tui.selection import move, sentence_at, word_at
from dipread.tui.widgets.pane import Pane

MEASURE = 66
GUTTER = 3
NO_PAGE = Page("", (), ())

_PART_INKS = {"title": "strong", "byline": "dim", "quote": "dim"}
_MARK_INKS = {
    "country": "country",
    "pair": "country",
    "person": "country",
    "sector": "sector",
    "event": "event",
    "forum": "event",
    "commitment": "event",
    "note": "noted",
}


class StoryView(Pane):
    """Shows one page, 66 cells wide at most, behind a gutter that tells evidence from notes."""

    ALLOW_SELECT = True
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
        key("d", "delete", "story.delete-note", "delete note", "Delete the note at the mark"),
        key("v", "select", "story.select", "select", "Select words with the keyboard"),
        key("t", "marks", "story.marks", "hide marks", "Marks on or off", show=False),
        # Select mode: these act only while it lasts, and then before the ones above.
        key("h,left", "motion('h')", "select.left", "move", "A character back", as_="hjkl"),
        key("j,down", "motion('j')", "select.down", "down", "A line down", show=False),
        key("k,up", "motion('k')", "select.up", "up", "A line up", show=False),
        key("l,right", "motion('l')", "select.right", "right", "A character on", show=False),
        key("v", "anchor", "select.anchor", "start here", "Start the selection here, or drop it"),
        key("w", "motion('w')", "select.word", "word", "To the next word", as_="w b e"),
        key("b", "motion('b')", "select.back", "word back", "To the word before", show=False),
        key(
            "e", "motion('e')", "select.word-end", "word end", "To the end of the word", show=False
        ),
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
            "To the next sentence",
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
            "To the next paragraph",
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
        key("escape", "leave", "select.leave", "leave", "Leave select mode"),
    ]

    selecting: reactive[bool] = reactive(False, bindings=True, init=False)
    marks_shown: reactive[bool] = reactive(True, init=False)

    @dataclass
    class Scrolled(Message):
        """The reader has moved through the text."""

        view: StoryView

        @property
        def control(self) -> StoryView:
            """The pane it happened in."""
            return self.view

    @dataclass
    class WhyAsked(Message):
        """Enter on words that earned a tag (its number within the story)."""

        view: StoryView
        tag: int

    @dataclass
    class NoteAsked(Message):
        """A note is wanted on the selection, or on the story when nothing is selected."""

        view: StoryView
        start: int
        end: int

    @dataclass
    class EditAsked(Message):
        """Enter on a note."""

        view: StoryView
        note: str

    @dataclass
    class DeleteAsked(Message):
        """A note is to be deleted."""

        view: StoryView
        note: str

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.page = NO_PAGE
        self.lines: list[Line] = []
        self.mark: Mark | None = None
        self._seen_text = ""
        self._cursor: int | None = None
        self._anchor: int | None = None
        self._painted: tuple[int, int] | None = None

    @property
    def also(self) -> tuple[str, ...]:
        """What to do with a story, save while words of it are being selected."""
        return () if self.selecting else ("any.read-on", "any.note", "any.star", "any.browse")

    # ---------------------------------------------------------------------------------- the page

    def show(self, page: Page, keep_place: bool = False) -> None:
        """Show a page from its top, or from where the reader is when it is the same story anew."""
        if self.selecting:
            self.action_leave()
        self.page = page
        self._seen_text = seen(page.text)
        self.mark = None
        self._painted = None
        top = self.scroll_offset.y if keep_place else 0
        self._lay_out()
        self.jump(top)
        self.refresh_bindings()

    def _lay_out(self) -> None:
        width = max(8, min(MEASURE, self.width - GUTTER - 1))
        self.lines = wrap(self._seen_text, width) if self.page.text else []
        self.set_length(len(self.lines))
        self.repaint()

    def on_resize(self) -> None:
        """Wrap anew and keep the reading place."""
        top = self.scroll_offset.y
        place = self.lines[top].start if top < len(self.lines) else 0
        self._lay_out()
        self.jump(line_at(self.lines, place) if place else 0)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y + self.size.height >= len(self.lines)

    # ---------------------------------------------------------------------------------- painting

    def paint(self, index: int, width: int) -> Strip:
        """One line of the page: gutter, then runs of one style that know their offsets."""
        ground = self.inks["ground"]
        if index >= len(self.lines):
            return Strip.blank(width, ground)
        line = self.lines[index]
        marks = self._marks_of(line)
        segments = [self._gutter(line, marks), *self._runs(line, marks)]
        return Strip(segments).adjust_cell_length(width, ground)

    def _marks_of(self, line: Line) -> list[Mark]:
        """The marks and tints that touch a line, longest first: the innermost is painted last."""
        shown = (*self.page.tints, *self.page.marks) if self.marks_shown else self.page.tints
        touching = [each for each in shown if each.start < line.end and each.end > line.start]
        return sorted(touching, key=lambda mark: mark.start - mark.end)

    def _gutter(self, line: Line, marks: list[Mark]) -> Segment:
        ground = self.inks["ground"]
        noted = any(mark.kind == "note" and line.start <= mark.start for mark in marks)
        if noted:
            return Segment(" ✎ ", ground + self.inks["note"])
        evidence = any(mark not in self.page.tints for mark in marks)
        return Segment(" ▎ " if evidence else "   ", ground + self.inks["dim"])

    def _runs(self, line: Line, marks: list[Mark]) -> list[Segment]:
        cuts = {line.start, line.end}
        selected = self.selected
        for start, end in [(m.start, m.end) for m in marks] + ([selected] if selected else []):
            cuts |= {start, end}
        if self._cursor is not None:
            cuts |= {self._cursor, self._cursor + 1}
        if not line.clusters:
            return [self._segment(" ", line.start, self._style(line.start, marks, selected))]
        segments: list[Segment] = []
        run_start = run_end = line.clusters[0].start
        alone = False
        for cluster in line.clusters:
            # A cluster of several code points stands alone: Textual counts cells by code points.
            many = cluster.end - cluster.start > 1
            if cluster.start > run_start and (many or alone or cluster.start in cuts):
                segments.append(self._run(run_start, run_end, marks, selected))
                run_start = cluster.start
            run_end, alone = cluster.end, many
        segments.append(self._run(run_start, run_end, marks, selected))
        return segments

    def _run(
        self, start: int, end: int, marks: list[Mark], selected: tuple[int, int] | None
    ) -> Segment:
        return self._segment(self._seen_text[start:end], start, self._style(start, marks, selected))

    @staticmethod
    def _segment(text: str, offset: int, style: Style) -> Segment:
        return Segment(text, style + Style.from_meta({"offset": (offset, 0)}))

    def _style(self, offset: int, marks: list[Mark], selected: tuple[int, int] | None) -> Style:
        inks = self.inks
        style = inks["ground"] + inks[_PART_INKS.get(self.page.part_at(offset).name, "ground")]
        for mark in marks:
            if mark.start <= offset < mark.end:
                tint = mark in self.page.tints
                style += inks[_MARK_INKS[mark.kind]]
                if mark.kind != "note" and not tint:
                    style += Style(underline=True)
                if mark == self.mark:
                    style += inks["focus"]
        if selected and selected[0] <= offset < selected[1]:
            style += inks["selected"]
        if offset == self._cursor:
            style += inks["cursor"]
        return style

    def cursor_cell(self) -> Offset:
        """The cell of the selecting cursor, of the focused mark, or of the first line in sight."""
        place = self._cursor if self._cursor is not None else self.mark.start if self.mark else None
        if place is None or not self.lines:
            return Offset(0, self.scroll_offset.y)
        index = line_at(self.lines, place)
        return Offset(GUTTER + self.lines[index].column(place), index)

    # --------------------------------------------------------------------------------- selection

    @property
    def selected(self) -> tuple[int, int] | None:
        """The selected range of the page, in whole characters."""
        selection = self.text_selection if self.is_attached else None
        if selection is None or not self.page.text:
            return None
        start = 0 if selection.start is None else selection.start.x
        end = len(self.page.text) if selection.end is None else selection.end.x
        return snap(self.page.text, min(start, end), min(max(start, end), len(self.page.text)))

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
                self._repaint_range(before[0], after[0])
            if before[1] != after[1]:
                self._repaint_range(before[1], after[1])
        elif either := before or after:
            self._repaint_range(*either)
        self.refresh_bindings()

    def _repaint_range(self, one: int, other: int) -> None:
        first, last = sorted((line_at(self.lines, one), line_at(self.lines, other)))
        self.repaint(*range(first, last + 1))

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

    # ------------------------------------------------------------------------------------- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Select mode has keys of its own; a note can be deleted only when one is marked."""
        if action in ("motion", "anchor", "other_end", "annotate", "leave"):
            if action == "annotate":
                return self.selecting or self.selected is not None
            return self.selecting
        if action == "delete":
            return not self.selecting and self.mark is not None and bool(self.mark.note)
        if action in ("line", "screenful", "ends", "mark", "look", "select", "marks"):
            return not self.selecting
        return True

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

    def focus_mark(self, mark: Mark | None) -> None:
        """Point at a mark and bring it into sight."""
        before, self.mark = self.mark, mark
        for each in (before, mark):
            if each is not None:
                self._repaint_range(each.start, each.end)
        if mark is not None:
            index = line_at(self.lines, mark.start)
            if not self.scroll_offset.y <= index < self.scroll_offset.y + self.size.height:
                self.jump(index - self.size.height // 3)
        self.place_cursor()
        self.refresh_bindings()

    def action_look(self) -> None:
        """Why this tag, or the note to change."""
        if self.mark is None:
            self.action_mark(1)
        elif self.mark.note:
            self.post_message(self.EditAsked(self, self.mark.note))
        else:
            self.post_message(self.WhyAsked(self, self.mark.tag))

    def action_delete(self) -> None:
        """Ask for the focused note to be deleted."""
        if self.mark is not None:
            self.post_message(self.DeleteAsked(self, self.mark.note))

    def action_marks(self) -> None:
        """Show or hide every mark."""
        self.marks_shown = not self.marks_shown

    def watch_marks_shown(self) -> None:
        """Paint with or without them."""
        self.repaint()

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
        if self._cursor is not None:
            self._move_to(move(self.page.text, self.lines, self._cursor, motion))

    def _move_to(self, offset: int) -> None:
        last = self.page.part("text").end - 1
        offset, _ = snap(self.page.text, max(0, min(offset, last)), max(0, min(offset, last)) + 1)
        before, self._cursor = self._cursor, offset
        self._repaint_range(offset if before is None else before, offset)
        if self._anchor is not None:
            self.select(
                *snap(self.page.text, min(self._anchor, offset), max(self._anchor, offset) + 1)
            )
        self.bring(line_at(self.lines, offset))
        self.place_cursor()

    def action_anchor(self) -> None:
        """Hold one end of the selection here, or let it go."""
        if self._anchor is None and self._cursor is not None:
            self._anchor = self._cursor
            self._move_to(self._cursor)
        else:
            self._anchor = None
            self.screen.clear_selection()

    def action_other_end(self) -> None:
        """Swap cursor and anchor."""
        if self._anchor is not None and self._cursor is not None:
            self._anchor, there = self._cursor, self._anchor
            self._move_to(there)

    def action_annotate(self) -> None:
        """Ask for a note on the selection, or on the word under the cursor."""
        selected = self.selected
        if selected is None and self._cursor is not None:
            selected = word_at(self.page.text, self._cursor)
        if selected is not None:
            self.post_message(self.NoteAsked(self, *selected))

    def action_leave(self) -> None:
        """Leave select mode, and the selection with it."""
        before, self._cursor, self._anchor = self._cursor, None, None
        self.selecting = False
        self.screen.clear_selection()
        if before is not None and self.lines:
            self._repaint_range(before, before)
