"""Asking the archive for stories: which, how many, a window of rows, one whole."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

from dipread.model import (
    EVERYTHING,
    Facets,
    Feed,
    Query,
    Story,
    StoryDetail,
    StoryId,
    StoryRow,
    Tag,
    TagKind,
)
from dipread.question import without_field
from dipread.store.annotations import Annotations
from dipread.store.codec import tag_of, unpack_links, unpack_texts
from dipread.store.connection import Connection
from dipread.store.sql import condition
from dipread.store.tagging import Tagging

_KINDS = get_args(TagKind)
FACETS = ("country", "sector", "event", "feed")

_ROW = """
    SELECT s.id, s.title, s.shown_at, s.published IS NOT NULL, f.title,
        (SELECT count(DISTINCT feed) FROM feed_stories WHERE story = s.id),
        coalesce(st.read, 0), coalesce(st.starred, 0),
        (SELECT count(*) FROM annotations WHERE story = s.id), s.revisions
    FROM stories s JOIN feeds f ON f.id = s.owner LEFT JOIN states st ON st.story = s.id
"""
_DETAIL = """
    SELECT s.link, s.lang, s.published, s.published_raw, s.zone_known, s.fetched, s.shown_at, s.authors, s.categories,
        s.media, s.revision, s.revisions, r.title, r.text, r.links, coalesce(st.read, 0), coalesce(st.starred, 0),
        fs.uid, fs.guid
    FROM stories s JOIN revisions r ON r.id = s.revision LEFT JOIN states st ON st.story = s.id
        LEFT JOIN feed_stories fs ON fs.story = s.id AND fs.feed = s.owner
    WHERE s.id = ? LIMIT 1
"""


class Stories:
    """The stories of the archive, newest first wherever there is an order."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def ids(self, query: Query = EVERYTHING, limit: int | None = None) -> array[int]:
        """The ids of all stories that match, newest first."""
        where, args = condition(query, self._archive.now())
        rows = self._archive.rows(
            f"SELECT id FROM stories WHERE {where} ORDER BY shown_at DESC, id DESC LIMIT ?",
            (*args, -1 if limit is None else limit),
        )
        return array("q", (row[0] for row in rows))

    def count(self) -> int:
        """How many stories there are."""
        return int(self._archive.rows("SELECT count(*) FROM stories")[0][0])

    def rows(self, ids: Sequence[int]) -> list[StoryRow]:
        """The rows of these stories in this order; a story that is no more is left out."""
        marks = ", ".join("?" * len(ids))
        countries: dict[int, list[str]] = {}
        sectors: dict[int, list[str]] = {}
        for story, kind, code in self._archive.rows(
            f"SELECT story, kind, code FROM tags WHERE story IN ({marks}) AND kind IN ('country', 'sector')"
            " AND role NOT IN ('dateline') ORDER BY about DESC, score DESC",
            tuple(ids),
        ):
            codes = (countries if kind == "country" else sectors).setdefault(story, [])
            if code not in codes:
                codes.append(code)
        found = {
            row[0]: StoryRow(
                id=StoryId(row[0]),
                title=row[1],
                when=datetime.fromtimestamp(row[2], UTC),
                date_known=bool(row[3]),
                countries=tuple(countries.get(row[0], ())),
                sectors=tuple(sectors.get(row[0], ())),
                feed=row[4],
                feeds=row[5],
                read=bool(row[6]),
                starred=bool(row[7]),
                notes=row[8],
                revisions=row[9],
            )
            for row in self._archive.rows(f"{_ROW} WHERE s.id IN ({marks})", tuple(ids))
        }
        return [found[each] for each in ids if each in found]

    def detail(self, story: StoryId) -> StoryDetail | None:
        """One story with its words, tags, feeds and annotations; None when there is no such story."""
        rows = self._archive.rows(_DETAIL, (story,))
        if not rows:
            return None
        (link, lang, published, raw, zone_known, fetched, shown_at, authors, categories,
         media, revision, revisions, title, text, links, read, starred, uid, guid) = rows[0]  # fmt: skip
        return StoryDetail(
            id=story,
            story=Story(
                uid=uid or "",
                guid=guid or "",
                link=link,
                title=title,
                text=text,
                published=None if published is None else datetime.fromtimestamp(published, UTC),
                published_raw=raw,
                zone_known=bool(zone_known),
                lang=lang,
                authors=unpack_texts(authors),
                categories=unpack_texts(categories),
                media=unpack_texts(media),
                links=unpack_links(links),
            ),
            when=datetime.fromtimestamp(shown_at, UTC),
            fetched=datetime.fromtimestamp(fetched, UTC),
            revision=revision,
            revisions=revisions,
            feeds=self._feeds_of(story),
            tags=self._tags_of(story),
            annotations=Annotations(self._archive).of(story),
            read=bool(read),
            starred=bool(starred),
            verdicts=Tagging(self._archive).verdicts(story),
        )

    def _feeds_of(self, story: StoryId) -> tuple[Feed, ...]:
        rows = self._archive.rows(
            "SELECT DISTINCT f.url, f.title, f.publisher, f.country, f.kind, f.language, f.feed_group, f.interval_minutes"
            " FROM feeds f JOIN feed_stories fs ON fs.feed = f.id JOIN stories s ON s.id = fs.story"
            " WHERE s.id = ? ORDER BY f.id <> s.owner, f.id",
            (story,),
        )
        return tuple(Feed(*row) for row in rows)

    def _tags_of(self, story: StoryId) -> tuple[Tag, ...]:
        """The tags kind by kind, what the story is most about first."""
        rows = self._archive.rows(
            "SELECT kind, code, role, about, score, confidence, slots, evidence FROM tags WHERE story = ?"
            " ORDER BY about DESC, score DESC, code",
            (story,),
        )
        return tuple(sorted(map(tag_of, rows), key=lambda tag: _KINDS.index(tag.kind)))

    def facets(self, query: Query = EVERYTHING) -> Facets:
        """The counts beside the list; see Facets for what is counted."""
        return Facets({kind: self._counts(kind, without_field(query, kind)) for kind in FACETS})

    def _counts(self, kind: str, query: Query) -> dict[str, int]:
        where, args = condition(query, self._archive.now())
        among = (
            "" if query == EVERYTHING else f" AND {{}} IN (SELECT id FROM stories WHERE {where})"
        )
        if kind == "feed":
            sql = (
                "SELECT f.title, count(DISTINCT fs.story) FROM feed_stories fs JOIN feeds f ON f.id = fs.feed WHERE 1"
                + among.format("fs.story")
                + " GROUP BY f.title ORDER BY 2 DESC, 1"
            )
            return {str(title): int(count) for title, count in self._archive.rows(sql, args)}
        sql = (
            "SELECT code, count(DISTINCT story) FROM tags WHERE kind = ? AND role <> 'dateline'"
            + among.format("story")
            + " GROUP BY code ORDER BY 2 DESC, 1"
        )
        return {str(code): int(count) for code, count in self._archive.rows(sql, (kind, *args))}
