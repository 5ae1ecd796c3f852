"""Who does the reading and writing of the database for the screen, so that no key ever waits."""

from __future__ import annotations

from dipread.library import Library
from dipread.tui.behind.clerk import Clerk


class Desk:
    """One clerk each to find, to count, to fetch the story to read, to write, and to export.

    Apart, so that a slow count does not hold up a story, nor a busy database a search. `store` is
    the main thread's own, for rows of the list: by id, well under a millisecond.
    """

    def __init__(self, library: Library) -> None:
        self.store = library.open()
        self.finder = Clerk(library, "finder", hasty=True)
        self.counter = Clerk(library, "counter")
        self.reader = Clerk(library, "reader")
        self.writer = Clerk(library, "writer", loyal=True)
        self.exporter = Clerk(library, "exporter")
        self.closing = False

    def close(self) -> None:
        """Finish what is being written, stop what is being exported, and close every Store."""
        self.closing = True
        for clerk in (self.finder, self.counter, self.reader, self.writer, self.exporter):
            clerk.close()
        self.store.close()
