"""Taking in what a feed delivered: new stories, changed ones, and those known already.

A story is known by its feed and uid, else by its link. A feed never rewrites what another delivered:
its differing text is kept as a revision of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from dipread.model import FeedId, Story, StoryId
from dipread.store.codec import pack, pack_links, unpack_text
from dipread.store.connection import Connection
from dipread.store.delivered import Item, Tagger, items_of
from dipread.store.removal import wanted_again
from dipread.store.tagging import INSERT, Tagging
from dipread.store.touched import touch

EARLIEST = 631_152_000  # 1990-01-01: what claims to be older has a broken date


class Arrival(NamedTuple):
    """A delivery that changes the archive.

    new: an unknown story. changed: this feed edited its own. joined: another feed's story, in the same
    words or others. renamed: this feed's own under a new uid, in the same words.
    """

    how: Literal["new", "changed", "joined", "renamed"]
    story: Story
    item: Item
    known: StoryId | None = None


class Fresh(NamedTuple):
    """A story as it now stands in the archive, after it was new or changed."""

    id: StoryId
    item: Item
    how: Literal["new", "changed"]

    @property
    def published(self) -> datetime | None:
        """When it was published, as far as its feed says."""
        return self.item.story.published if self.item.story else None

    @property
    def story(self) -> Story:
        """Its words, unpacked."""
        return self.item.whole()


class Saved(NamedTuple):
    """What one delivery came to; `entries` counts what the feed now has of it, without true duplicates."""

    fresh: tuple[Fresh, ...]
    entries: int

    @property
    def new(self) -> int:
        """Stories not seen before."""
        return sum(each.how == "new" for each in self.fresh)

    @property
    def updated(self) -> int:
        """Stories whose words changed."""
        return len(self.fresh) - self.new


class Ingest:
    """The way in."""

    def __init__(self, archive: Connection, tagging: Tagging) -> None:
        self._archive = archive
        self._tagging = tagging

    def save(self, feed: FeedId, stories: Sequence[Story], tag: Tagger, rules: str) -> Saved:
        """Take in one delivery of a feed, whole or not at all; delivering it again changes nothing.

        `tag` is asked once about each story that this feed has not delivered in these words before, and
        before the archive is locked; `rules` names the knowledge it goes by.
        """
        return self.take_in(feed, items_of(stories, self.known(feed), tag), rules)

    def known(self, feed: FeedId) -> dict[str, bytes]:
        """The hash of every story of a feed as it last delivered it, by its uid."""
        return dict(
            self._archive.rows("SELECT uid, hash FROM feed_stories WHERE feed = ?", (feed,))
        )

    def take_in(self, feed: FeedId, items: Sequence[Item], rules: str) -> Saved:
        """Take in one delivery that was made ready; `rules` names the knowledge that its tags are by."""
        alone = not self._archive.connection.in_transaction
        if alone and not self._sort_out(feed, items):
            return Saved((), len(items))
        now = self._archive.now()
        with self._archive.transaction():
            arrivals = self._sort_out(feed, items)  # again: another fetch may have come first
            # Oldest first, and of one age the feed's last first: lists go by time, then by id.
            fetched = int(now.timestamp())
            arrivals = sorted(arrivals[::-1], key=lambda each: _shown_at(each.story, fetched))
            fresh = self._add(feed, [each for each in arrivals if each.how == "new"], rules, now)
            for each in arrivals:
                if each.known is not None and (told := self._change(feed, each, rules, now)):
                    fresh.append(told)
        return Saved(tuple(fresh), len(items))

    # ------------------------------------------------------------------------------------ deciding

    def _sort_out(self, feed: FeedId, items: Sequence[Item]) -> list[Arrival]:
        known = {
            uid: (story, digest)
            for uid, story, digest in self._lookup(
                "SELECT uid, story, hash FROM feed_stories WHERE feed = ? AND uid",
                [each.uid for each in items if each.story],
                feed,
            )
        }
        shared = {page for page, times in Counter(each.page for each in items).items() if times > 1}
        wanted = [each.page for each in items if each.story and each.page not in {0, *shared}]
        by_page: dict[int, tuple[StoryId, bytes]] = {}
        for page, story_id, digest in self._lookup(
            "SELECT s.page, s.id, r.hash FROM stories s JOIN revisions r ON r.id = s.revision WHERE s.page <> 0 AND s.page",
            wanted,
        ):
            by_page.setdefault(page, (story_id, digest))
        mine: dict[StoryId, set[str]] = {}
        for story_id, uid in self._lookup(
            "SELECT story, uid FROM feed_stories WHERE feed = ? AND story",
            [each[0] for each in by_page.values()],
            feed,
        ):
            mine.setdefault(story_id, set()).add(uid)
        delivered = {each.uid for each in items}
        arrivals = []
        for each in items:
            story = each.story
            if story is None:
                continue
            if each.uid in known:
                story_id, before = known[each.uid]
                if before != each.hash:
                    arrivals.append(Arrival("changed", story, each, story_id))
            elif each.page in by_page and not (mine.get(by_page[each.page][0], set()) & delivered):
                story_id, before = by_page[each.page]
                how: Literal["changed", "joined", "renamed"] = "joined"
                if story_id in mine:
                    how = "renamed" if before == each.hash else "changed"
                arrivals.append(Arrival(how, story, each, story_id))
            else:
                arrivals.append(Arrival("new", story, each))
        return arrivals

    def _lookup(self, sql: str, values: Sequence[object], *first: object) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for at in range(0, len(values), 500):
            some = values[at : at + 500]
            found += self._archive.rows(f"{sql} IN ({', '.join('?' * len(some))})", (*first, *some))
        return found

    # ------------------------------------------------------------------------------------- writing

    def _add(
        self, feed: FeedId, arrivals: Sequence[Arrival], rules: str, now: datetime
    ) -> list[Fresh]:
        """Add new stories, all in a few statements; their words are indexed later."""
        if not arrivals:
            return []
        connection = self._archive.connection
        ((first, revision),) = connection.execute(
            "SELECT (SELECT coalesce(max(id), 0) + 1 FROM stories), (SELECT coalesce(max(id), 0) + 1 FROM revisions)"
        ).fetchall()
        fetched = int(now.timestamp())
        stories, revisions, known, tags = [], [], [], []
        for place, (_, story, item, _) in enumerate(arrivals):
            number, words = first + place, revision + place
            stories.append(
                (
                    number,
                    story.link,
                    item.page,
                    story.title,
                    story.lang,
                    int(story.published.timestamp()) if story.published else None,
                    story.published_raw,
                    int(story.zone_known),
                    fetched,
                    _shown_at(story, fetched),
                    pack(story.authors),
                    pack(story.categories),
                    pack(story.media),
                    feed,
                    words,
                    rules,
                )
            )
            links = pack_links(story.links)
            revisions.append(
                (words, number, feed, item.hash, story.title, item.text, links, fetched)
            )
            known.append((feed, item.uid, number, story.guid, item.hash, words))
            tags += [(number, *row[1:]) for row in item.rows]
        connection.executemany(
            "INSERT INTO stories (id, link, page, title, lang, published, published_raw, zone_known, fetched,"
            " shown_at, authors, categories, media, owner, revision, rules)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            stories,
        )
        connection.executemany(
            "INSERT INTO revisions (id, story, feed, hash, title, text, links, fetched) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            revisions,
        )
        connection.executemany(
            "INSERT INTO feed_stories (feed, uid, story, guid, hash, revision) VALUES (?, ?, ?, ?, ?, ?)",
            known,
        )
        connection.executemany(INSERT, tags)
        touch(connection, [each[0] for each in stories])
        return [
            Fresh(StoryId(first + place), each.item, "new") for place, each in enumerate(arrivals)
        ]

    def _change(self, feed: FeedId, arrival: Arrival, rules: str, now: datetime) -> Fresh | None:
        """Note what a feed now says of a known story; None when the story's own words stay as they are."""
        assert arrival.known is not None
        story_id, story, item = arrival.known, arrival.story, arrival.item
        revision = self._revision(story_id, feed, arrival, now)
        self._archive.connection.execute(
            "INSERT INTO feed_stories (feed, uid, story, guid, hash, revision) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (feed, uid) DO UPDATE SET hash = excluded.hash, revision = excluded.revision",
            (feed, item.uid, story_id, story.guid, item.hash, revision),
        )
        wanted_again(self._archive.connection, (story_id,))
        if arrival.how != "changed" or self._owner(story_id) != feed:
            touch(self._archive.connection, (story_id,))
            return None
        self._replace_words(story_id, revision, item.whole())
        self._tagging.write_rows(story_id, story.title, item.rows, rules)
        return Fresh(story_id, item, "changed")

    def _revision(self, story: StoryId, feed: FeedId, arrival: Arrival, now: datetime) -> int:
        connection = self._archive.connection
        same = connection.execute(
            "SELECT r.id FROM revisions r JOIN stories s ON s.id = r.story"
            " WHERE r.story = ? AND r.hash = ? AND r.feed IN (?, s.owner)",
            (story, arrival.item.hash, feed),
        ).fetchone()
        if same:
            return int(same[0])
        cursor = connection.execute(
            "INSERT INTO revisions (story, feed, hash, title, text, links, fetched) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                story,
                feed,
                arrival.item.hash,
                arrival.story.title,
                arrival.item.text,
                pack_links(arrival.story.links),
                int(now.timestamp()),
            ),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _owner(self, story: StoryId) -> int:
        return int(
            self._archive.connection.execute(
                "SELECT owner FROM stories WHERE id = ?", (story,)
            ).fetchone()[0]
        )

    def _replace_words(self, story_id: StoryId, revision: int, story: Story) -> None:
        connection = self._archive.connection
        title, text = connection.execute(
            "SELECT r.title, r.text FROM revisions r JOIN stories s ON s.revision = r.id WHERE s.id = ?",
            (story_id,),
        ).fetchone()
        new = (story.title, story.text)
        self._archive.indexing.again(story_id, (title, unpack_text(text)), new)
        connection.execute(
            "UPDATE stories SET title = ?, revision = ?, revisions ="
            " (SELECT count(*) FROM revisions WHERE story = stories.id AND feed = stories.owner) WHERE id = ?",
            (story.title, revision, story_id),
        )


def _shown_at(story: Story, fetched: int) -> int:
    """Where a story stands in time: when it was published, but never later than it was fetched."""
    published = int(story.published.timestamp()) if story.published else 0
    return min(published, fetched) if published >= EARLIEST else fetched
