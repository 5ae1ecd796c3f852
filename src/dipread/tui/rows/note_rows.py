"""The notes of a list as it needs them: all their ids, and of the notes themselves the pages in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from dipread.model import Noted

PAGE = 64


class NoteRows(Sequence[Noted | None]):
    """Notes in the order of their ids, read page by page; None where one was deleted meanwhile."""

    def __init__(
        self, uuids: Sequence[str], read: Callable[[Sequence[str]], Sequence[Noted]]
    ) -> None:
        self.uuids = uuids
        self._read = read
        self._pages: dict[int, list[Noted | None]] = {}

    def __len__(self) -> int:
        return len(self.uuids)

    @overload
    def __getitem__(self, place: int) -> Noted | None: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Noted | None]: ...

    def __getitem__(self, place: int | slice) -> Noted | Sequence[Noted | None] | None:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        page, at = divmod(range(len(self))[place], PAGE)
        if page not in self._pages:
            uuids = self.uuids[page * PAGE : (page + 1) * PAGE]
            found = {each.annotation.uuid: each for each in self._read(uuids)}
            self._pages[page] = [found.get(uuid) for uuid in uuids]
        return self._pages[page][at]

    def place_of(self, uuid: str) -> int | None:
        """Where a note stands, if it is among them."""
        return self.uuids.index(uuid) if uuid in self.uuids else None
