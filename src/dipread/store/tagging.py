"""The tags of stories: what the rules say, corrected by what the reader said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from pyroaring import BitMap

from dipread.errors import DipreadError
from dipread.model import Evidence, Story, StoryId, Tag, TagKind, Verdict
from dipread.store.codec import tag_row, unpack_text
from dipread.store.connection import Connection
from dipread.store.journal import Change, Journal
from dipread.store.touched import touch

READERS_WORD = "reader.verdict"
"""The rule of a tag that only the reader gave; its evidence is the headline."""

Says = Literal["right", "wrong", "missing"]
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

    def __init__(self, archive: Connection, journal: Journal) -> None:
        self._archive = archive
        self._journal = journal
        journal.keepers["verdict"] = self._put

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
        says: Says = "wrong" if not holds else "right" if found else "missing"
        verdict = Verdict(
            story, kind, code, says, self._archive.now().astimezone(UTC).replace(microsecond=0)
        )
        with self._archive.transaction():
            self._say(story, kind, code, verdict)
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
        with self._archive.transaction():
            self._say(story, kind, code, None)
            self.again(story, tag, rules)

    def again(self, story: StoryId, tag: Callable[[Story], tuple[Tag, ...]], rules: str) -> None:
        """Tag a story anew with the verdicts of now, inside a transaction."""
        for row in self._archive.rows(f"{CURRENT} WHERE s.id = ?", (story,)):
            self.write(story, row[2], tag(tagged_story(row)), rules)

    def _say(self, story: StoryId, kind: TagKind, code: str, verdict: Verdict | None) -> None:
        """Note a verdict, or that there is none any more, inside a transaction."""
        before = next(
            (each for each in self.verdicts(story) if (each.kind, each.code) == (kind, code)), None
        )
        if (before and before.says) == (verdict and verdict.says):
            return  # said again, which changes nothing that could be undone
        then, now = (
            {"says": each.says, "created": int(each.created.timestamp())} if each else None
            for each in (before, verdict)
        )
        what = f"{kind}:{code} {verdict.says if verdict else 'as the rules say'}"
        self._journal.write(what, Change("verdict", f"{kind}:{code}", then, now, BitMap([story])))

    def _put(self, change: Change) -> None:
        kind, _, code = change.key.partition(":")
        connection = self._archive.connection
        for story in change.stories:
            if change.after is None:
                connection.execute(
                    "DELETE FROM verdicts WHERE story = ? AND kind = ? AND code = ?",
                    (story, kind, code),
                )
            else:
                connection.execute(
                    "INSERT INTO verdicts (story, kind, code, says, created) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (story, kind, code) DO UPDATE SET says = excluded.says,"
                    " created = excluded.created",
                    (story, kind, code, change.after["says"], change.after["created"]),
                )

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
