"""What is shown of stories: rows of the list, and one story whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

from dipread.model import Feed, Story, StoryDetail, StoryId, StoryRow, Tag, TagKind
from dipread.store.annotations import Annotations
from dipread.store.codec import tag_of, unpack_links, unpack_text, unpack_texts
from dipread.store.connection import Connection
from dipread.store.notes import lost_quotes
from dipread.store.tagging import Tagging

_KINDS = get_args(TagKind)
_ROW = """
    SELECT s.id, s.title, s.shown_at, s.published IS NOT NULL, f.title,
        (SELECT count(DISTINCT feed) FROM feed_stories WHERE story = s.id),
        coalesce(st.read, 0), coalesce(st.starred, 0),
        (SELECT count(*) FROM annotations WHERE story = s.id), s.revisions, s.link
    FROM stories s JOIN feeds f ON f.id = s.owner LEFT JOIN states st ON st.story = s.id
"""
_DETAIL = """
    SELECT s.link, s.lang, s.published, s.published_raw, s.zone_known, s.fetched, s.shown_at, s.authors, s.categories,
        s.media, s.revision, s.revisions, r.title, r.text, r.links, coalesce(st.read, 0), coalesce(st.starred, 0),
        fs.uid, fs.guid, EXISTS (SELECT 1 FROM basket WHERE story = s.id)
    FROM stories s JOIN revisions r ON r.id = s.revision LEFT JOIN states st ON st.story = s.id
        LEFT JOIN feed_stories fs ON fs.story = s.id AND fs.feed = s.owner
    WHERE s.id = ? AND s.id NOT IN (SELECT story FROM removed) LIMIT 1
"""


def rows_of(archive: Connection, ids: Sequence[int]) -> list[StoryRow]:
    """The rows of these stories in this order; a story that is no more is left out."""
    marks = ", ".join("?" * len(ids))
    countries: dict[int, list[str]] = {}
    sectors: dict[int, list[str]] = {}
    for story, kind, code in archive.rows(
        f"SELECT story, kind, code FROM tags WHERE story IN ({marks}) AND kind IN ('country', 'sector')"
        " AND role NOT IN ('dateline') ORDER BY about DESC, score DESC",
        tuple(ids),
    ):
        codes = (countries if kind == "country" else sectors).setdefault(story, [])
        if code not in codes:
            codes.append(code)
    lost = lost_quotes(archive, ids)
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
            link=row[10],
            lost=lost.get(row[0], 0),
        )
        for row in archive.rows(f"{_ROW} WHERE s.id IN ({marks})", tuple(ids))
    }
    return [found[each] for each in ids if each in found]


def detail_of(
    archive: Connection, story: StoryId, annotations: Annotations, tagging: Tagging
) -> StoryDetail | None:
    """One story with its words, tags, feeds and annotations; None when there is no such story."""
    rows = archive.rows(_DETAIL, (story,))
    if not rows:
        return None
    (link, lang, published, raw, zone_known, fetched, shown_at, authors, categories,
     media, revision, revisions, title, text, links, read, starred, uid, guid, in_brief) = rows[0]  # fmt: skip
    return StoryDetail(
        id=story,
        story=Story(
            uid=uid or "",
            guid=guid or "",
            link=link,
            title=title,
            text=unpack_text(text),
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
        feeds=_feeds_of(archive, story),
        tags=_tags_of(archive, story),
        annotations=annotations.of(story),
        read=bool(read),
        starred=bool(starred),
        in_brief=bool(in_brief),
        verdicts=tagging.verdicts(story),
        own_tags=tuple(
            tag
            for (tag,) in archive.rows(
                "SELECT tag FROM own_tags WHERE story = ? ORDER BY tag", (story,)
            )
        ),
    )


def _feeds_of(archive: Connection, story: StoryId) -> tuple[Feed, ...]:
    rows = archive.rows(
        "SELECT DISTINCT f.url, f.title, f.publisher, f.country, f.kind, f.language, f.feed_group, f.interval_minutes"
        " FROM feeds f JOIN feed_stories fs ON fs.feed = f.id JOIN stories s ON s.id = fs.story"
        " WHERE s.id = ? ORDER BY f.id <> s.owner, f.id",
        (story,),
    )
    return tuple(Feed(*row) for row in rows)


def _tags_of(archive: Connection, story: StoryId) -> tuple[Tag, ...]:
    """The tags kind by kind, what the story is most about first."""
    rows = archive.rows(
        "SELECT kind, code, role, about, score, confidence, slots, evidence FROM tags WHERE story = ?"
        " ORDER BY about DESC, score DESC, code",
        (story,),
    )
    return tuple(sorted(map(tag_of, rows), key=lambda tag: _KINDS.index(tag.kind)))
