"""The reader's word on tags: said in the why strip, written behind, taken back with one key."""

from __future__ import annotations

from collections.abc import Callable

from dipread.library import Library
from dipread.model import StoryDetail, StoryId, TagKind
from dipread.query import Said
from dipread.store import Store
from dipread.tui.doing.history import History

Writes = Callable[[StoryId, Callable[[Store], object]], object]


class Judging:
    """Says that a tag holds or does not; saying the same again takes the word back."""

    def __init__(self, library: Library, writes: Writes, history: History) -> None:
        self._library = library
        self._writes = writes
        self._history = history

    def say(self, detail: StoryDetail, said: Said) -> str:
        """Give a verdict on a story's tag, or take the same one back; what was done, in words."""
        before = _holds(detail, said.kind, said.code)
        now = None if before == said.holds else said.holds
        story, kind, code = detail.id, said.kind, said.code
        what = f"{self._library.vocabulary.label(kind, code)}: {_WORDS[now]}"
        self._set(story, kind, code, now)
        self._history.wrote()
        return what

    def _set(self, story: StoryId, kind: TagKind, code: str, holds: bool | None) -> None:
        library = self._library

        def write(store: Store) -> None:
            if holds is None:
                store.tagging.withdraw(story, kind, code, library.tag, library.knowledge.hash)
            else:
                store.tagging.judge(story, kind, code, holds, library.tag, library.knowledge.hash)

        self._writes(story, write)


_WORDS = {True: "right, you say", False: "wrong, you say", None: "as the rules say"}


def _holds(detail: StoryDetail, kind: TagKind, code: str) -> bool | None:
    """What the reader said of a tag; None when nothing."""
    verdict = detail.verdict(kind, code)
    return None if verdict is None else verdict.says != "wrong"
