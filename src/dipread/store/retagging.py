"""Tagging the archive anew after the rules have changed, and reading it story by story for that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dipread.model import Story, StoryId, Tag
from dipread.store.codec import pack, tag_of
from dipread.store.connection import Connection
from dipread.store.tagging import CURRENT, Tagging, tagged_story

SOME = 200
"""How many stories are read, and written in one transaction, at a time."""


class Retagged(NamedTuple):
    """How many stories were looked at, and how many of them were tagged anew."""

    looked: int
    anew: int


class Retagging:
    """Stories by the rules that tagged them. The rules themselves are remembered by their hash."""

    def __init__(self, archive: Connection, tagging: Tagging) -> None:
        self._archive = archive
        self._tagging = tagging

    def remember(self, rules: str, edition: str, own: Mapping[str, str]) -> None:
        """Keep what the hash `rules` stands for: the shipped `edition`, and the reader's own files."""
        if self.remembered(rules) is None:
            with self._archive.transaction() as connection:
                connection.execute(
                    "INSERT OR IGNORE INTO rules (hash, edition, own) VALUES (?, ?, ?)",
                    (rules, edition, pack(dict(own))),
                )

    def remembered(self, rules: str) -> tuple[str, dict[str, str]] | None:
        """What was kept of these rules: edition and own files."""
        rows = self._archive.rows("SELECT edition, own FROM rules WHERE hash = ?", (rules,))
        return (rows[0][0], json.loads(rows[0][1])) if rows else None

    def forget_unused(self, rules: str) -> None:
        """Forget the rules that no story is tagged by, but for `rules`."""
        with self._archive.transaction() as connection:
            connection.execute(
                "DELETE FROM rules WHERE hash <> ? AND hash NOT IN (SELECT rules FROM stories)",
                (rules,),
            )

    def counts(self) -> dict[str, int]:
        """How many stories each rules tagged; the hash is empty for stories that none did."""
        return dict(self._archive.rows("SELECT rules, count(*) FROM stories GROUP BY rules"))

    def retag_some(
        self,
        before: str,
        after: str,
        tag: Callable[[Story], tuple[Tag, ...]],
        touched: Callable[[Story], bool] = lambda story: True,
        most: int = SOME,
    ) -> Retagged:
        """Bring some of the stories that the rules `before` tagged to the rules `after`, newest first.

        `tag` is asked about those that are `touched`; the others keep their tags. None is looked at
        when none is left. Each call is a transaction of its own, so what is done stays done when the
        next one is never made. What someone else changed meanwhile is left to them.
        """
        rows = self._archive.rows(
            f"{CURRENT} WHERE s.rules = ? ORDER BY s.id DESC LIMIT ?", (before, most)
        )
        stories = [(row, tagged_story(row)) for row in rows]
        tagged = [(row, tag(story) if touched(story) else None) for row, story in stories]
        with self._archive.transaction() as connection:
            for row, tags in tagged:
                done = connection.execute(
                    "UPDATE stories SET rules = ? WHERE id = ? AND rules = ? AND revision = ?",
                    (after, row[0], before, row[4]),
                )
                if done.rowcount and tags is not None:
                    self._tagging.write(StoryId(row[0]), row[2], tags, after)
        return Retagged(len(rows), sum(tags is not None for _, tags in tagged))

    def stories(self, most: int | None = None) -> Iterator[list[tuple[StoryId, Story]]]:
        """The stories of the archive as they are tagged, some at a time, newest first; `most` at most."""
        below, left = 1 << 62, -1 if most is None else most
        while left:
            limit = SOME if left < 0 else min(SOME, left)
            rows = self._archive.rows(
                f"{CURRENT} WHERE s.id < ? AND s.id NOT IN (SELECT story FROM removed)"
                " ORDER BY s.id DESC LIMIT ?",
                (below, limit),
            )
            if not rows:
                return
            yield [(StoryId(row[0]), tagged_story(row)) for row in rows]
            below, left = rows[-1][0], left - len(rows) if left > 0 else left

    def story(self, story: StoryId) -> Story | None:
        """One story as it is tagged."""
        rows = self._archive.rows(f"{CURRENT} WHERE s.id = ?", (story,))
        return tagged_story(rows[0]) if rows else None

    def tags(self, stories: Sequence[StoryId]) -> dict[StoryId, list[Tag]]:
        """The tags that stories have now."""
        marks = ", ".join("?" * len(stories))
        found: dict[StoryId, list[Tag]] = {each: [] for each in stories}
        for story, *tag in self._archive.rows(
            "SELECT story, kind, code, role, about, score, confidence, slots, evidence FROM tags"
            f" WHERE story IN ({marks})",
            tuple(stories),
        ):
            found[story].append(tag_of(tuple(tag)))
        return found
