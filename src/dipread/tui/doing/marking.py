"""Read, unread, star: shown at once, written behind, and undone with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dipread.model import StoryId
from dipread.store import Store
from dipread.tui.doing.history import History
from dipread.tui.widgets.story_list import StoryList

Write = Callable[[Callable[[Store], None]], object]


class Marking:
    """Marks rows of the list; `write` hands the change to whoever writes the database."""

    def __init__(self, stories: StoryList, history: History, write: Write) -> None:
        self._stories = stories
        self._history = history
        self._write = write

    def read(self, stories: Sequence[StoryId], read: bool) -> int:
        """Mark as read or unread those that are not; how many there were."""
        changed = [each for each in stories if self._is_read(each) is not read]
        if changed:
            self._stories.amend(frozenset(changed), read=read)
            self._write(lambda store: store.states.mark_read(changed, read))
            self._history.wrote()
        return len(changed)

    def toggle_read(self, story: StoryId) -> None:
        """Read becomes unread, unread read."""
        self.read([story], not self._is_read(story))

    def toggle_star(self, story: StoryId) -> None:
        """Give a star or take it off."""
        row = self._stories.loaded(story)
        starred = not (row is not None and row.starred)
        self._stories.amend(frozenset((story,)), starred=starred)
        self._write(lambda store: store.states.star([story], starred))
        self._history.wrote()

    def _is_read(self, story: StoryId) -> bool | None:
        row = self._stories.loaded(story)
        return row.read if row is not None else None
