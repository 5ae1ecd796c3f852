"""Read, unread, star: shown at once, written behind, and undone with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dipread.model import StoryId
from dipread.store import Store
from dipread.tui.history import History, Step
from dipread.tui.paint import plural
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
            self._set_read(changed, read)
            self._remember(
                f"{plural(len(changed), 'story', 'stories')} marked {'read' if read else 'unread'}",
                lambda: self._set_read(changed, not read),
                lambda: self._set_read(changed, read),
            )
        return len(changed)

    def toggle_read(self, story: StoryId) -> None:
        """Read becomes unread, unread read."""
        self.read([story], not self._is_read(story))

    def toggle_star(self, story: StoryId) -> None:
        """Give a star or take it off."""
        row = self._stories.loaded(story)
        starred = not (row is not None and row.starred)
        self._set_star(story, starred)
        self._remember(
            "star given" if starred else "star taken off",
            lambda: self._set_star(story, not starred),
            lambda: self._set_star(story, starred),
        )

    def _is_read(self, story: StoryId) -> bool | None:
        row = self._stories.loaded(story)
        return row.read if row is not None else None

    def _set_read(self, stories: Sequence[StoryId], read: bool) -> None:
        self._stories.amend(frozenset(stories), read=read)
        self._write(lambda store: store.states.mark_read(stories, read))

    def _set_star(self, story: StoryId, starred: bool) -> None:
        self._stories.amend(frozenset((story,)), starred=starred)
        self._write(lambda store: store.states.star([story], starred))

    def _remember(self, what: str, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        self._history.add(Step(what, undo, redo))
