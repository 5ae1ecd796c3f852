"""A small desk of stories that stay the same, with the tags that tests rely on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dipread.config import Config, Paths
from dipread.library import Library
from dipread.model import Evidence, Feed, Field, Outcome, Quote, Role, Story, StoryId, Tag, TagKind
from dipread.store import Store
from tests.listing import listed

NOW = datetime(2026, 9, 13, 14, 5, tzinfo=UTC)
FEEDS = (
    Feed("https://mofa.example/rss", "MOFA 日本", "MOFA", "JP", "official", "ja", "Ministries"),
    Feed("https://wire.example/rss", "Meridian Wire", "Meridian", "GB", "wire", "en", "Wires"),
    Feed("https://levante.example/rss", "Il Levante", "Levante", "IT", "press", "it", "Press"),
)
_WORDS: tuple[tuple[TagKind, str, str], ...] = (
    *(("country", code, name) for code, name in (
        ("JP", "Japan"), ("IN", "India"), ("IT", "Italy"), ("FR", "France"), ("OM", "Oman"),
        ("BR", "Brazil"), ("KE", "Kenya"), ("MX", "Mexico"), ("NO", "Norway"), ("FJ", "Fiji"),
    )),
    ("sector", "defence", "defence"),
    ("sector", "trade", "trade"),
    ("sector", "energy", "energy"),
    ("event", "agreement", "agreement|accord"),
    ("event", "summit", "summit"),
)  # fmt: skip
HOSTILE = "Hostile [/b] [@click=app.quit()]press[/] \x1b[31mred \u202egnorw"
TITLES = (
    "Japan and India sign a defence agreement in Tokyo",
    "Italy and Kenya discuss trade at the Nairobi summit",
    HOSTILE,
    "日本とインドが防衛協定に署名 首脳会談で合意",
    "Norway and Fiji renew an energy accord",
    "🤝 France–Brazil: café “très bientôt”",
    "Mexico and Oman postpone trade talks",
)
BODY = (
    "The foreign ministers of {title} met on Sunday, the first time in ten years, and signed a "
    "reciprocal defence agreement, Japan’s foreign ministry said.\n\n"
    "The pact, described by both sides as “a new stage in the special strategic partnership”, "
    "allows the armed forces of each country to use the bases of the other.\n\n"
    "日印両国の外務大臣は防衛協定に署名した。Cafe\u0301 diplomacy 👨\u200d👩\u200d👧 naïve 🇫🇷🤝🇬🇭.\n\n"
    "Officials said the agreement was not aimed at any third country. "
    "A summit on trade and energy follows in Italy before the end of the year."
)


def tag(story: Story) -> tuple[Tag, ...]:
    """The tags of a test story: one for each known word it holds."""
    tags = []
    fields: tuple[Field, Field] = ("title", "text")
    for kind, code, word in _WORDS:
        found = tuple(
            Evidence(field, each.start(), each.end(), f"{kind}.{code}")
            for field in fields
            for each in re.finditer(word, getattr(story, field))
        )
        if found:
            about = found[0].field == "title"
            role: Role | None = "actor" if kind == "country" else None
            tags.append(Tag(kind, code, float(len(found)), 0.9, found, role, about))
    return tuple(tags)


def story(number: int) -> Story:
    """The story of a number: 0 is the newest, one every 47 minutes before that."""
    title = TITLES[number % len(TITLES)]
    if number >= len(TITLES):
        title += f" ({number})"
    return Story(
        f"u{number}",
        f"g{number}",
        f"https://wire.example/{number}",
        title,
        BODY.format(title=title),
        NOW - timedelta(minutes=47 * number + 5),
        lang=("ja", "en", "it")[number % 3],
    )


def fill(store: Store, stories: int) -> None:
    """Store that many, spread over the feeds; mark, star and annotate a few."""
    store.feeds.sync(FEEDS)
    for place, feed in enumerate(store.feeds.subscriptions()):
        numbers = range(place, stories, len(FEEDS))
        store.ingest.save(feed.id, [story(number) for number in numbers], tag, "rules")
    ids = [StoryId(each) for each in store.stories.find()]
    store.states.mark_read(ids[1::3], True)
    store.states.star([ids[6]], True)
    detail = store.stories.detail(ids[4])
    assert detail is not None
    words = "“a new stage in the special strategic partnership”"
    start = detail.story.text.index(words)
    quote = Quote("text", start, start + len(words), words)
    store.annotations.add(ids[4], "compare with the 2023 wording", quote, NOW)


class DeskLibrary(Library):
    """The real library, but for the network: a refresh brings `arriving` and fails for `failing`."""

    arriving: tuple[Story, ...] = ()
    failing: tuple[str, ...] = ()

    def tag(self, story: Story) -> tuple[Tag, ...]:
        """The tags of the test's own few words."""
        return tag(story)

    def refresh_apart(self, urls: Sequence[str] | None = None) -> Iterator[Outcome]:
        """One outcome a feed; the stories come with the first."""
        with self.open() as store:
            for subscription in store.feeds.subscriptions(urls):
                feed = subscription.feed
                if feed.url in self.failing:
                    outcome = Outcome(feed, "error", problem="HTTP 503")
                    store.feeds.record(subscription, outcome)
                    yield outcome
                    continue
                arriving = self.arriving if feed == FEEDS[0] else ()
                saved = store.ingest.save(subscription.id, arriving, tag, "rules")
                held = store.feeds.entries(subscription.id)
                outcome = Outcome(feed, "ok", new=saved.new if saved.fresh else 0, entries=held)
                store.feeds.record(subscription, outcome)
                yield outcome


def library(folder: Path, theme: str = "ink", *, offline: bool = False) -> DeskLibrary:
    """A library whose files are all below `folder`."""
    paths = Paths(folder / "config", folder / "data", folder / "state", folder / "cache")
    config = Config(
        paths=paths,
        database=folder / "dipread.db",
        feeds_file=None,
        listed=listed(FEEDS),
        theme=theme,
        export_folder=folder / "notes",
        colour=True,
        offline=offline,
    )
    return DeskLibrary(config, lambda: NOW)
