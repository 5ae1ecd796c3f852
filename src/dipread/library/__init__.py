"""The verbs that cross rooms, together: reading, listening, handing over. A screen that only reads holds a Store."""

from __future__ import annotations

from dipread.library.handing import Handing
from dipread.library.listening import Listening, chosen_urls
from dipread.store import utc_now

__all__ = ["Library", "chosen_urls", "utc_now"]


class Library(Listening, Handing):
    """All that one reader can have done: what the screen and the commands share."""
