"""The tags of stories: what the rules say, corrected by what the reader said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from dipread.errors import DipreadError
from dipread.model import Evidence, Story, StoryId, Tag, TagKind, Verdict
from dipread.store.catalogue import touch
from dipread.store.codec import tag_row, unpack_text
from dipread.store.connection import Connection

READERS_WORD = "reader.verdict"
"""The rule of a tag that only the reader gave; its evidence is the headline."""

INSERT = (
    "INSERT INTO tags (story, kind, code, role, about, score, confidence, slots, evidence)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

CURRENT = (
    "SELECT s.id, s.lang, r.title, r.text, s.revision"
    " FROM stories s JOIN revisions r ON r.id = s.revision"
)
"""The words that a story has now."""


class Tagging:
    """Tags may be deleted and remade at any time; verdicts are never remade."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def write(self, story: StoryId, title: str, tags: tuple[Tag, ...], rules: str) -> None:
        """Make these the tags of a story, inside a transaction; `rules` names the knowledge they are from."""
        self.write_rows(story, title, [tag_row(story, each) for each in tags], rules)

    def write_rows(
        self, story: StoryId, title: str, rows: Sequence[tuple[Any, ...]], rules: str
    ) -> None:
        """The same of tags that are rows of their table already, whatever story they say."""
        connection = self._archive.connection
        verdicts = {(each.kind, each.code): each.says for each in self.verdicts(story)}
        kept = [(story, *row[1:]) for row in rows if verdicts.get((row[1], row[2])) != "wrong"]
        given = {(row[1], row[2]) for row in kept}
        kept += [
            tag_row(story, _by_the_reader(kind, code, title))
            for (kind, code), says in verdicts.items()
            if says != "wrong" and (kind, code) not in given
        ]
        connection.execute("DELETE FROM tags WHERE story = ?", (story,))
        connection.executemany(INSERT, kept)
        connection.execute("UPDATE stories SET rules = ? WHERE id = ?", (rules, story))
        touch(connection, (story,))

    # ------------------------------------------------------------------------------------- verdicts

    def judge(
        self,
        story: StoryId,
        kind: TagKind,
        code: str,
        holds: bool,
        tag: Callable[[Story], tuple[Tag, ...]],
        rules: str,
    ) -> Verdict:
        """Note that a tag holds, or does not, and correct the story's tags. Raises DipreadError when there is no such story."""
        rows = self._archive.rows(f"{CURRENT} WHERE s.id = ?", (story,))
        if not rows:
            raise DipreadError(
                f"no story has the number {story}", "List stories with: dipread list"
            )
        tags = tag(tagged_story(rows[0]))
        found = any((each.kind, each.code) == (kind, code) for each in tags)
        says: Literal["right", "wrong", "missing"] = (
            "wrong" if not holds else "right" if found else "missing"
        )
        verdict = Verdict(
            story, kind, code, says, self._archive.now().astimezone(UTC).replace(microsecond=0)
        )
        with self._archive.transaction() as connection:
            connection.execute(
                "INSERT INTO verdicts (story, kind, code, says, created) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (story, kind, code) DO UPDATE SET says = excluded.says, created = excluded.created",
                (story, kind, code, says, int(verdict.created.timestamp())),
            )
            self.write(story, rows[0][2], tags, rules)
        return verdict

    def withdraw(
        self,
        story: StoryId,
        kind: TagKind,
        code: str,
        tag: Callable[[Story], tuple[Tag, ...]],
        rules: str,
    ) -> None:
        """Forget a verdict: the story's tags are what the rules and the other verdicts say."""
        rows = self._archive.rows(f"{CURRENT} WHERE s.id = ?", (story,))
        tags = [(row[2], tag(tagged_story(row))) for row in rows]
        with self._archive.transaction() as connection:
            connection.execute(
                "DELETE FROM verdicts WHERE story = ? AND kind = ? AND code = ?",
                (story, kind, code),
            )
            for title, said in tags:
                self.write(story, title, said, rules)

    def verdicts(self, story: StoryId | None = None) -> tuple[Verdict, ...]:
        """The verdicts on one story, or all of them."""
        rows = self._archive.rows(
            "SELECT story, kind, code, says, created FROM verdicts"
            + ("" if story is None else " WHERE story = ?"),
            () if story is None else (story,),
        )
        return tuple(
            Verdict(row[0], row[1], row[2], row[3], datetime.fromtimestamp(row[4], UTC))
            for row in rows
        )


def tagged_story(row: tuple[Any, ...]) -> Story:
    """What of a story is tagged, from a row of CURRENT."""
    return Story(uid="", guid="", link="", title=row[2], text=unpack_text(row[3]), lang=row[1])


def _by_the_reader(kind: TagKind, code: str, title: str) -> Tag:
    country = kind == "country"
    return Tag(
        kind,
        code,
        score=0.0,
        confidence=1.0,
        evidence=(Evidence("title", 0, len(title), READERS_WORD),),
        role="actor" if country else None,
        about=country,
    )
