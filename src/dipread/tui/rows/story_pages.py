"""The rows of a list of any length, asked for page by page as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from dipread.model import StoryId, StoryRow

Rows = Callable[[Sequence[int]], list[StoryRow]]
PAGE = 64
KEPT = 64


class StoryPages:
    """The pages at hand; the least used goes first. A row is None when its story is gone."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._pages: OrderedDict[int, list[StoryRow | None]] = OrderedDict()

    def row(self, ids: Sequence[int], index: int) -> StoryRow | None:
        """The row of a line of a list; its page is asked for when it is not at hand."""
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            some = ids[number * PAGE : (number + 1) * PAGE]
            found: dict[int, StoryRow] = {row.id: row for row in self._rows(some)}
            page = self._pages[number] = [found.get(each) for each in some]
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place]

    def holds(self, index: int) -> bool:
        """Whether the page of a line is at hand."""
        return index // PAGE in self._pages

    def loaded(self, story: StoryId) -> StoryRow | None:
        """The row of a story, if it is at hand."""
        return next(
            (row for page in self._pages.values() for row in page if row and row.id == story), None
        )

    def amend(self, stories: Collection[StoryId], changes: dict[str, Any]) -> Iterator[int]:
        """Change some fields of the rows of these stories; the lines that are otherwise now."""
        for number, page in self._pages.items():
            for place, row in enumerate(page):
                if row is not None and row.id in stories:
                    page[place] = replace(row, **changes)
                    yield number * PAGE + place

    def clear(self) -> None:
        """Ask for every row anew."""
        self._pages.clear()
