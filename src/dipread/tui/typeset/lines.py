"""Text to visual lines of grapheme clusters; offsets are code points of the text, widths are cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

# A control or direction-changing character in a title must be seen, never obeyed. One for one, so
# that every offset stays true.
_SEEN = {
    **{code: 0x2400 + code for code in range(0x20)},
    **{code: 0xFFFD for code in range(0x80, 0xA0)},
    **{code: 0xFFFD for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
    0x09: 0x20,
    0x0A: 0x0A,
    0x7F: 0x2421,
    0x2028: 0x20,
    0x2029: 0x20,
}
_BREAK_AFTER = frozenset(" -–—/")
_JOINER = "\u200d"  # at the end of a text it would swallow what comes after it
_NEVER_FIRST = frozenset("、。，．・：；？！）」』】〕〉》”’％ー…")


class Cluster(NamedTuple):
    """What a reader takes for one character: `text[start:end]`, `cells` wide."""

    start: int
    end: int
    cells: int


class Line(NamedTuple):
    """One visual line: the source range it stands for, blanks swallowed at its end included.

    `clusters` are in the order of the text. In a line with text from the right, `order` says in which
    they are painted and `levels` how each is turned; `pad` cells stand before it.
    """

    start: int
    end: int
    clusters: tuple[Cluster, ...]
    order: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()
    pad: int = 0

    @property
    def painted(self) -> tuple[Cluster, ...]:
        """The clusters from left to right."""
        return tuple(self.clusters[each] for each in self.order) or self.clusters

    @property
    def cells(self) -> int:
        """How wide the line is painted."""
        return sum(each.cells for each in self.clusters)

    def column(self, offset: int) -> int:
        """The cell where the cluster at `offset` begins, or where the line ends."""
        if not self.order:
            return sum(each.cells for each in self.clusters if each.end <= offset)
        column = self.pad
        for each in self.painted:
            if each.start <= offset < each.end:
                break
            column += each.cells
        return column

    def at(self, column: int) -> int:
        """The offset of the cluster painted at a cell; the last one when the line is shorter."""
        cells = self.pad
        for each in self.painted:
            cells += each.cells
            if column < cells:
                return each.start
        return self.painted[-1].start if self.clusters else self.start


def seen(text: str) -> str:
    r"""The text with control and bidi-override characters replaced one for one by visible signs.

    >>> seen("Pact\x1b[2J signed\n")
    'Pact␛[2J signed\n'
    """
    return text.translate(_SEEN)


def clusters(text: str, start: int = 0) -> Iterator[Cluster]:
    """The grapheme clusters of a text whose first code point is at offset `start`."""
    if text.isascii():
        for offset in range(start, start + len(text)):
            yield Cluster(offset, offset + 1, 1)
        return
    from wcwidth import iter_graphemes  # the first frame is there before most of its tables

    for each in iter_graphemes(text):
        yield Cluster(start, start + len(each), cell_len(each))
        start += len(each)


def wrap(text: str, width: int, start: int = 0) -> list[Line]:
    """Break a text into lines of at most `width` cells; `start` is the offset of its first character.

    >>> [line.cells for line in wrap("Italy and Japan sign", 10)]
    [9, 10]
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, width, start)
        start += len(paragraph) + 1
    return lines


def _wrap_paragraph(text: str, width: int, start: int) -> Iterator[Line]:
    row = tuple(clusters(text, start))
    if not row:
        yield Line(start, start, ())
    first = 0
    while first < len(row):
        last, cells, fit = first, 0, 0
        while last < len(row) and cells + row[last].cells <= width:
            cells += row[last].cells
            last += 1
            if last == len(row) or _may_break(text, start, row[last - 1], row[last]):
                fit = last
        if last < len(row):
            last = fit or max(last, first + 1)
        end = last
        while end < len(row) and text[row[end].start - start] == " ":
            end += 1
        painted = last
        while painted > first + 1 and text[row[painted - 1].start - start] == " ":
            painted -= 1
        yield Line(row[first].start, row[end - 1].end, row[first:painted])
        first = end


def _may_break(text: str, start: int, before: Cluster, after: Cluster) -> bool:
    left, right = text[before.start - start], text[after.start - start]
    if right == " ":
        return True
    if right in _NEVER_FIRST:
        return False
    return left in _BREAK_AFTER or _is_wide(left) or _is_wide(right)


def _is_wide(sign: str) -> bool:
    """Whether lines may break on both sides of a sign, as in Chinese, Japanese and Korean."""
    return (
        "\u2e80" <= sign <= "\ua4cf"
        or "\uac00" <= sign <= "\ud7af"
        or "\uf900" <= sign <= "\ufaff"
        or "\uff00" <= sign <= "\uffef"
        or "\U00020000" <= sign <= "\U0003ffff"
    )


def line_at(lines: Sequence[Line], offset: int) -> int:
    """The index of the line that holds an offset."""
    return max(0, bisect_right(lines, offset, key=lambda line: line.start) - 1)


def fit(text: str, cells: int) -> str:
    """Exactly `cells` wide: padded, or cut at a cluster and ended with an ellipsis.

    >>> fit("defence", 9), fit("defence", 5), fit("日本語", 4)
    ('defence  ', 'defe…', '日… ')
    """
    if cells <= 0:
        return ""
    if text.isascii():
        return text.ljust(cells) if len(text) <= cells else text[: cells - 1] + "…"
    text = text.rstrip(_JOINER)
    room = cells - cell_len(text)
    if room >= 0:
        return text + " " * room
    used, end = 0, 0
    for each in clusters(text):
        if used + each.cells > cells - 1:
            break
        used, end = used + each.cells, each.end
    return text[:end].rstrip(_JOINER) + "…" + " " * (cells - 1 - used)
