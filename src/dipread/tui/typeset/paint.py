"""What one painted line looks like: nouns and inks in, strips out; nothing here knows a widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from dipread.model import Evidence, StoryRow
from dipread.tui.typeset.bidi import is_needed, levels, turned, visual_order
from dipread.tui.typeset.lines import clusters, fit, seen

Inks = Mapping[str, Style]

BAR = "▌"
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_FEED_CELLS = 15
_COUNT_CELLS = 5
_SECTOR_CELLS = 12


class RowPlace(Struct, frozen=True):
    """How a row of the list stands: under the cursor, in the focused pane, first of its day, marked."""

    here: bool
    focused: bool
    new_day: bool
    marked: bool = False


def line(segments: Iterable[tuple[str, Style]], width: int, ground: Style) -> Strip:
    """Segments in a row, on one ground, padded and cut to exactly `width` cells.

    Reverse video would make a patchwork of coloured grounds of a row of many inks: there it has none.
    """
    if ground.reverse:
        segments = ((text, style.without_color) for text, style in segments)
    strip = Strip([Segment(text, ground + style) for text, style in segments if text]).simplify()
    return strip.adjust_cell_length(width, ground)


def cut(segments: Iterable[tuple[str, Style]], cells: int) -> list[tuple[str, Style]]:
    """Segments filled up or cut to exactly `cells` cells; an ellipsis says that there was more."""
    kept: list[tuple[str, Style]] = []
    style = Style.null()
    for text, style in segments:
        if cell_len(text) > cells:
            return [*kept, (fit(text, cells), style)]
        kept.append((text, style))
        cells -= cell_len(text)
    return [*kept, (" " * cells, style)]


def plain(segments: Iterable[tuple[str, Style]]) -> str:
    """The text of segments, for tests and for measuring."""
    return "".join(text for text, _ in segments)


def story_line(
    row: StoryRow,
    sector: str,
    place: RowPlace,
    width: int,
    inks: Inks,
    year: int,
    found: Sequence[tuple[int, int]] = (),
    reorder: bool = False,
) -> Strip:
    """One row of the list: cursor, state, time or day, countries, sector, title, feed, notes.

    `found` are the places in the title that hold what is sought.
    """
    text = inks["read"] if row.read else inks["unread"]
    dim = inks["dim"]
    before: list[tuple[str, Style]] = [
        (BAR if place.here and place.focused else " ", inks["here"]),
        *_state(row, place, inks),
        (fit(_when(row, place.new_day, year).rjust(6), 6) + " ", dim),
        (fit(" ".join(row.countries[:2]), 5) + " ", inks["country"]),
    ]
    if width >= 110:
        before.append((fit(seen(sector), _SECTOR_CELLS) + " ", inks["sector"]))
    after: list[tuple[str, Style]] = [_count(row, inks)]
    if width >= 90:  # without a count, its place is the name's
        cells = _FEED_CELLS + _COUNT_CELLS - cell_len(after[0][0])
        after.insert(0, (" " + fit(seen(row.feed), cells), dim))
    room = width - sum(cell_len(part) for part, _ in (*before, *after))
    title = fit(seen(row.title) or "(no title)", max(0, room))
    marked = marking(title, found, text, text + inks["found"])
    if reorder and is_needed(title):
        marked = arranged(marked)
    return line([*before, *marked, *after], width, _ground(place, inks))


def marking(
    text: str, places: Sequence[tuple[int, int]], plain: Style, marked: Style
) -> Iterator[tuple[str, Style]]:
    """A text, which may have been cut, in one style, and in another at some places.

    >>> bold = Style(bold=True)
    >>> [part for part, style in marking("a grain de…", [(2, 7), (8, 12)], Style(), bold) if style == bold]
    ['grain', 'de…']
    """
    done = 0
    for start, end in places:
        yield text[done:start], plain
        yield text[start:end], marked
        done = end
    yield text[done:], plain


def arranged(segments: Iterable[tuple[str, Style]]) -> Iterator[tuple[str, Style]]:
    """Segments of one line with the text from the right in the order in which it is read."""
    parts = [(text, style) for text, style in segments if text]
    whole = "".join(text for text, _ in parts)
    styles = [style for text, style in parts for _ in text]
    row, of = list(clusters(whole)), levels(whole)
    mine = [of[each.start] for each in row]
    for place in visual_order(mine):
        start, end, _ = row[place]
        yield turned(whole[start:end], mine[place]), styles[start]


def gone_line(place: RowPlace, width: int, inks: Inks) -> Strip:
    """The row of a story that is no longer in the database."""
    return line([("          this story is gone", inks["dim"])], width, _ground(place, inks))


def _ground(place: RowPlace, inks: Inks) -> Style:
    if place.here:
        return inks["row"] if place.focused else inks["row-away"]
    return inks["ground"]


def _state(row: StoryRow, place: RowPlace, inks: Inks) -> list[tuple[str, Style]]:
    if place.marked:
        return [("●" if not row.read else " ", inks["unread"]), ("✓", inks["key"])]
    if row.starred and not row.read:
        return [("●", inks["unread"]), ("★", inks["note"])]
    if row.starred:
        return [("★", inks["note"]), (" ", inks["dim"])]
    return [(" " if row.read else "●", inks["unread"]), (" ", inks["dim"])]


def _when(row: StoryRow, new_day: bool, year: int) -> str:
    """The time; on the first row of a day the date; `~` when only the hour of fetching is known.

    >>> from datetime import datetime
    >>> row = StoryRow(1, "", datetime(2026, 9, 3, 6, 10), True, (), (), "", 1, True, False, 0, 1)
    >>> _when(row, False, 2026), _when(row, True, 2026), _when(row, True, 2027)
    ('06:10', '3 Sep', 'Sep’26')
    """
    if not row.date_known:
        return f"~{row.when:%H:%M}"
    if not new_day:
        return f"{row.when:%H:%M}"
    return f"{row.when.day} {row.when:%b}" if row.when.year == year else f"{row.when:%b’%y}"


def _count(row: StoryRow, inks: Inks) -> tuple[str, Style]:
    """Notes, `!` after them when one has lost its place; else other feeds. `Δ`: the words were changed."""
    changed = "Δ" if row.revisions > 1 else ""
    if row.notes:
        lost = "!" if row.lost else ""
        return f"{changed}✎{row.notes}{lost} ".rjust(_COUNT_CELLS), inks["note"]
    if row.feeds > 1:
        return f"{changed}+{row.feeds - 1} ".rjust(_COUNT_CELLS), inks["dim"]
    return f"{changed} ".rjust(_COUNT_CELLS if changed else 1), inks["dim"]


def title_rule(title: str, detail: str, right: str, focused: bool, width: int, inks: Inks) -> Strip:
    """The line over a pane: its name in capitals, a thin rule, and what is to say at the right."""
    name = inks["title-here"] if focused else inks["title"]
    left: list[tuple[str, Style]] = [
        (BAR if focused else " ", inks["title-here"]),
        (title, name),
        (f" {detail}" if detail else "", inks["dim"]),
    ]
    right = f" {right} " if right else " "
    room = width - cell_len(plain(left)) - cell_len(right) - 1
    if room < 1:
        return line(left, width, inks["ground"])
    rule = [(" " + "─" * room, inks["rule"]), (right, inks["dim"])]
    return line([*left, *rule], width, inks["ground"])


def meter(count: int, most: int, cells: int) -> str:
    """A bar of eighths of a cell, never empty for a count above nothing.

    >>> meter(5, 10, 4), meter(1, 1000, 4), meter(0, 10, 4)
    ('██  ', '▏   ', '    ')
    """
    if count <= 0 or most <= 0:
        return " " * cells
    eighths = max(1, round(count / most * cells * 8))
    whole, part = divmod(min(eighths, cells * 8), 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(cells)


def in_context(text: str, evidence: Evidence, cells: int) -> tuple[str, str, str]:
    """The words before, the evidence between ‹ ›, and the words after, in about `cells` cells.

    >>> in_context("Rome signed a pact with Tokyo", Evidence("text", 14, 18, "r"), 17)
    ('…ned a ', '‹pact›', ' wi…')
    """
    words = f"‹{one_line(text[evidence.start : evidence.end])}›"
    spare = max(0, cells - cell_len(words))
    before = one_line(text[max(0, evidence.start - spare) : evidence.start])
    room = max(0, spare // 3 + 1, spare - cell_len(before))
    after = fit(one_line(text[evidence.end : evidence.end + spare + 1]), room).rstrip()
    room = max(0, spare - cell_len(after))
    if cell_len(before) > room or len(before) < evidence.start:
        while before and cell_len(before) > room - 1:
            before = before[1:]
        before = "…" + before
    return before, words, after


def one_line(text: str) -> str:
    """Line breaks and control characters shown in one line."""
    return seen(text).replace("\n", " ")


def thousands(count: int) -> str:
    """A count as readers read it: 1,284."""
    return f"{count:,}"


def brief(count: int) -> str:
    """A count in four cells or five: 9,999 and 12k, 1.2M.

    >>> brief(9999), brief(12_345), brief(999_999), brief(1_250_000)
    ('9,999', '12k', '999k', '1.2M')
    """
    if count < 10_000:
        return thousands(count)
    return f"{count // 1000}k" if count < 1_000_000 else f"{count // 100_000 / 10:.1f}M"
