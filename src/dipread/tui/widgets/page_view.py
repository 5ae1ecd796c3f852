"""A page of text with its marks, painted line by line; nothing here knows what a key does.

Every painted cell knows the offset of its character on the page, so Textual's own selection, made
with the mouse or set by our motions, is a range of the page's text. There is no other selection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.reactive import reactive
from textual.strip import Strip

from dipread.model.anchor import snap
from dipread.store import Sought, Span
from dipread.tui.typeset.bidi import is_needed, reordered, turned
from dipread.tui.typeset.lines import Line, line_at, seen, wrap
from dipread.tui.typeset.margin import beside
from dipread.tui.typeset.page import MEASURE, Mark, Page, numbered
from dipread.tui.typeset.page_words import PageWords
from dipread.tui.widgets.pane import Pane

GUTTER = 3
BESIDE = GUTTER + MEASURE + 1  # where the margin begins
LEAST_MARGIN = 18
LONGEST_MARK = 40
NO_PAGE = Page("", (), ())

_PART_INKS = {"title": "strong", "byline": "dim", "tags": "dim", "quote": "dim", "lost": "error"}
_MARK_INKS = {
    "country": "country",
    "pair": "country",
    "person": "country",
    "sector": "sector",
    "event": "event",
    "forum": "event",
    "commitment": "event",
    "note": "noted",
    "own": "note",
}


class PageView(Pane):
    """Shows one page, 66 cells wide at most, behind a gutter that tells evidence from notes.

    The words sought are marked too, each in the same ink whatever else it is. `caret` is where the reader stands in select mode, `mark` the mark that is pointed at.
    """

    ALLOW_SELECT = True

    marks_shown: reactive[bool] = reactive(True, init=False)
    hints: reactive[bool] = reactive(False, init=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.page = NO_PAGE
        self.lines: list[Line] = []
        self.mark: Mark | None = None
        self.caret: int | None = None
        self.words = PageWords()
        self.reorders = True
        """Whether text from the right is turned round here and not by the terminal."""
        self._seen_text = ""
        self._margin: dict[int, str] = {}
        self._numbers: dict[int, str] = {}

    # ---------------------------------------------------------------------------------- the page

    def show(self, page: Page, keep_place: bool = False) -> None:
        """Show a page from its top, or from where the reader is when it is the same story anew."""
        self.page = page
        self._seen_text = seen(page.text)
        self._numbers = {}
        self.mark = self.mark if keep_place and self.mark in page.marks else None
        self.words.turn_to(page, keep=keep_place)
        top = self.scroll_offset.y if keep_place else 0
        self._lay_out()
        self.jump(top)
        self.refresh_bindings()

    def seek(self, sought: Sought) -> None:
        """Mark these words in the headline and the text."""
        if self.words.seek(sought):
            self.repaint()

    def find(self, words: str) -> None:
        """Mark words of the text instead of those the filter seeks; of none, those of the filter again."""
        if self.words.find(words):
            self.repaint()

    @property
    def measure(self) -> int:
        """How many cells a line of text may take."""
        return max(8, min(MEASURE, self.width - GUTTER - 1))

    def _lay_out(self) -> None:
        self.lines, self._margin = [], {}
        if self.page.text:
            self.lines = wrap(self._seen_text, self.measure)
            if self.reorders and is_needed(self._seen_text):
                self.lines = reordered(self._seen_text, self.lines, self.measure)
            room = self.width - BESIDE - 3
            if room >= LEAST_MARGIN:
                self._margin = beside(self.page, self.lines, room)
        self.set_length(len(self.lines))
        self.repaint()

    def resized(self) -> None:
        """Wrap anew and keep the reading place."""
        top = self.scroll_offset.y
        place = self.lines[top].start if top < len(self.lines) else 0
        self._lay_out()
        self.jump(line_at(self.lines, place) if place else 0)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y + self.size.height >= len(self.lines)

    @property
    def selected(self) -> tuple[int, int] | None:
        """The selected range of the page, in whole characters."""
        selection = self.text_selection if self.is_attached else None
        if selection is None or not self.page.text:
            return None
        start = 0 if selection.start is None else selection.start.x
        end = len(self.page.text) if selection.end is None else selection.end.x
        return snap(self.page.text, min(start, end), min(max(start, end), len(self.page.text)))

    def focus_mark(self, mark: Mark | None) -> None:
        """Point at a mark and bring it into sight."""
        before, self.mark = self.mark, mark
        for each in (before, mark):
            if each is not None:
                self.repaint_range(each.start, each.end)
        if mark is not None:
            index = line_at(self.lines, mark.start)
            if not self.scroll_offset.y <= index < self.scroll_offset.y + self.size.height:
                self.jump(index - self.size.height // 3)
        self.place_cursor()
        self.refresh_bindings()

    def watch_hints(self) -> None:
        """Number the links, or no more."""
        self._numbers = numbered(self.page, self._seen_text) if self.hints else {}
        self.repaint()

    def watch_marks_shown(self) -> None:
        """Paint with or without them."""
        self.repaint()

    # ---------------------------------------------------------------------------------- painting

    def paint(self, index: int, width: int) -> Strip:
        """One line of the page: gutter, then runs of one style that know their offsets."""
        ground = self.inks["ground"]
        if index >= len(self.lines):
            return Strip.blank(width, ground)
        line = self.lines[index]
        marks = self._marks_of(line)
        segments = [
            self._gutter(line, marks),
            *self._runs(line, marks, self.words.within(line.start, line.end)),
        ]
        if index in self._margin:
            text = Strip(segments).adjust_cell_length(BESIDE, ground)
            dim, note = ground + self.inks["rule"], ground + self.inks["note"]
            segments = [*text, Segment("│ ", dim), Segment(self._margin[index], note)]
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

    def _runs(self, line: Line, marks: list[Mark], found: list[Span]) -> list[Segment]:
        cuts = {line.start, line.end}.union(*found)
        selected = self.selected
        for start, end in [(m.start, m.end) for m in marks] + ([selected] if selected else []):
            cuts |= {start, end}
        if self.caret is not None:
            cuts |= {self.caret, self.caret + 1}
        for link in self.page.links:
            cuts |= {link.start, link.end}
        for place in self._numbers:
            cuts |= {place, place + 1}
        if not line.clusters:
            return [self._segment(" ", line.start, self._style(line.start, marks, selected))]
        if line.order:
            return list(self._turned(line, marks, selected, found))
        segments: list[Segment] = []
        run_start = run_end = line.clusters[0].start
        alone = False
        for cluster in line.clusters:
            # A cluster of several code points stands alone: Textual counts cells by code points.
            many = cluster.end - cluster.start > 1
            if cluster.start > run_start and (many or alone or cluster.start in cuts):
                segments.append(self._run(run_start, run_end, marks, selected, found))
                run_start = cluster.start
            run_end, alone = cluster.end, many
        segments.append(self._run(run_start, run_end, marks, selected, found))
        return segments

    def _turned(
        self, line: Line, marks: list[Mark], selected: Span | None, found: list[Span]
    ) -> Iterator[Segment]:
        """A line with text from the right: every cluster by itself, from left to right."""
        if line.pad:
            yield self._segment(" " * line.pad, line.start, self.inks["ground"])
        for place in line.order:
            cluster = line.clusters[place]
            painted = self._run(cluster.start, cluster.end, marks, selected, found)
            yield Segment(turned(painted.text, line.levels[place]), painted.style)

    def _run(
        self, start: int, end: int, marks: list[Mark], selected: Span | None, found: list[Span]
    ) -> Segment:
        style = self._style(start, marks, selected, found)
        if start in self._numbers:
            return self._segment(self._numbers[start], start, style + self.inks["picked"])
        return self._segment(self._seen_text[start:end], start, style)

    @staticmethod
    def _segment(text: str, offset: int, style: Style) -> Segment:
        return Segment(text, style + Style.from_meta({"offset": (offset, 0)}))

    def _style(
        self, offset: int, marks: list[Mark], selected: Span | None, found: Sequence[Span] = ()
    ) -> Style:
        inks = self.inks
        style = inks["ground"] + inks[_PART_INKS.get(self.page.part_at(offset).name, "ground")]
        for mark in marks:
            if mark.start <= offset < mark.end:
                tint = mark in self.page.tints
                if self._too_long(mark):
                    continue
                style += inks[_MARK_INKS[mark.kind]]
                if mark.kind != "note" and not tint:
                    style += Style(underline=True)
                if mark == self.mark:
                    style += inks["focus"]
        for link in self.page.links:
            if link.start <= offset < link.end:
                style += inks["link"] + Style(link=link.url)
        if any(start <= offset < end for start, end in found):
            style += inks["found"]
        if selected and selected[0] <= offset < selected[1]:
            style += inks["selected"]
        if offset == self.caret:
            style += inks["cursor"]
        return style

    def _too_long(self, mark: Mark) -> bool:
        """A mark of whole sentences is told by the gutter alone, until it is pointed at."""
        long = mark.end - mark.start > LONGEST_MARK
        return long and mark.kind != "note" and mark != self.mark

    def repaint_range(self, one: int, other: int) -> None:
        """Paint the lines anew between two offsets of the page."""
        first, last = sorted((line_at(self.lines, one), line_at(self.lines, other)))
        self.repaint(*range(first, last + 1))

    def cursor_cell(self) -> Offset:
        """The cell of the selecting cursor, of the focused mark, or of the first line in sight."""
        place = self.caret if self.caret is not None else self.mark.start if self.mark else None
        if place is None or not self.lines:
            return Offset(0, self.scroll_offset.y)
        index = line_at(self.lines, place)
        return Offset(GUTTER + self.lines[index].column(place), index)
