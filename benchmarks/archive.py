"""An archive of any size, the same every time: what a reader has after years of mornings.

    python benchmarks/archive.py ARCHIVE.db --stories 100000

Countries, sectors and words are as unevenly spread as in the news (Zipf), stories come day and night
but fewer at weekends, and arrive within hours of being published. Leads are tagged by the real
classifier, twenty thousand of them; the words that follow are made up and earn no tag.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from dipread.config import load_config
from dipread.library import Library
from dipread.model import Feed, Story
from dipread.store import Store
from dipread.store.codec import pack, pack_text, tag_row
from dipread.store.identity import key_hash, link_key, text_hash
from dipread.store.words import indexed

LEADS = 20_000
FEEDS = 200
YEARS = 3
NEWEST = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
COUNTRIES = ["US", "CN", "RU", "UA", "IL", "GB", "FR", "DE", "IR", "IN", "JP", "PS", "TR", "KR", "SA", "EG", "PK", "BR", "PL", "IT", "CA", "AU", "SY", "MX", "LB", "YE", "ZA", "ES", "TW", "NG", "QA", "AE", "VE", "KP", "AF", "ID", "NL", "SE", "GR", "HU", "BE", "IQ", "VN", "PH", "AR", "SD", "ET", "KE", "MY", "TH", "CO", "CH", "AT", "NO", "FI", "DK", "RS", "GE", "AM", "AZ", "KZ", "UZ", "JO", "LY", "TN", "DZ", "MA", "CU", "PE", "CL", "SG", "BD", "LK", "NP", "MM", "KH", "HK", "NZ", "IE", "PT", "CZ", "SK", "RO", "BG", "HR", "SI", "BA", "AL", "MD", "BY", "LT", "LV", "EE", "IS", "CY", "MT", "XK", "ME", "MK", "LU"]  # fmt: skip
THEMES = (
    "a free trade agreement with lower tariffs", "a military exercise with two frigates", "a ceasefire and peace talks",
    "sanctions on banks", "nuclear inspections and safeguards", "gas deliveries and oil prices", "visa rules for workers",
    "refugees at the border", "a cyber attack on ministries", "climate finance and emissions", "a loan from the central bank",
    "critical minerals and lithium", "semiconductors and artificial intelligence", "human rights and press freedom",
    "an arbitration at the international court", "a disease outbreak and vaccines", "wheat exports and food prices",
    "scholarships for students", "a museum exhibition and heritage", "a railway and a port", "humanitarian aid",
    "a coast guard patrol in the strait", "export controls on chips", "foreign direct investment", "tourist arrivals",
    "a new ambassador",
)  # fmt: skip
DEEDS = ("sign", "discuss", "postpone", "renew", "reject", "review", "welcome", "agree on")
SYLLABLES = (
    "ka",
    "lo",
    "mer",
    "ti",
    "sun",
    "vo",
    "rel",
    "dan",
    "pi",
    "ter",
    "gos",
    "ne",
    "bra",
    "ul",
    "shi",
    "con",
)


def spread(count: int, slope: float = 1.0) -> list[float]:
    """Cumulative weights: the n-th thing is 1/n^slope as frequent as the first."""
    return list(accumulate(1 / (place + 1) ** slope for place in range(count)))


def made_up_words(chance: random.Random, count: int) -> list[str]:
    """Words that mean nothing, all different."""
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(words)


def leads(
    chance: random.Random, library: Library, count: int
) -> list[tuple[Story, list[tuple[object, ...]]]]:
    """Titles and first sentences, with the rows of their tags."""
    weights = spread(len(COUNTRIES))
    themes = spread(len(THEMES), 0.7)
    label = library.vocabulary.label
    made = []
    for _ in range(count):
        host, guest = (
            label("country", code) for code in chance.choices(COUNTRIES, cum_weights=weights, k=2)
        )
        theme = chance.choices(THEMES, cum_weights=themes)[0]
        title = f"{host} and {guest} {chance.choice(DEEDS)} {theme}"
        if host == guest:
            title = f"{host} to {chance.choice(DEEDS)} {theme}"
        story = Story(
            "",
            "",
            "",
            title,
            f"The foreign minister of {host} spoke about {theme} on Monday.",
            lang="en",
        )
        made.append((story, [tag_row(0, tag)[1:] for tag in library.tag(story)]))
    return made


def moments(chance: random.Random, count: int) -> list[int]:
    """When stories are published, in seconds, oldest first."""
    start = NEWEST - timedelta(days=365 * YEARS)
    seconds = int((NEWEST - start).total_seconds())
    found: list[int] = []
    while len(found) < count:
        moment = start + timedelta(seconds=int(seconds * chance.random() ** 0.8))
        busy = 0.35 if moment.weekday() >= 5 else 1.0
        if chance.random() < busy * (1.0 if 6 <= moment.hour < 20 else 0.4):
            found.append(int(moment.timestamp()))
    return sorted(found)


def stories(
    chance: random.Random, library: Library, count: int, words: int, feeds: int
) -> Iterator[tuple[Story, list[tuple[object, ...]], int, int]]:
    """Stories with the rows of their tags, when they were published, and when fetched."""
    known = leads(chance, library, min(LEADS, count))
    vocabulary = made_up_words(chance, 20_000)
    weights = spread(len(vocabulary))
    published = moments(chance, count)
    fetched = sorted((at + int(chance.expovariate(1 / 7_200)), at) for at in published)
    for number, (when, at) in enumerate(fetched):
        lead, rows = chance.choice(known)
        filler = chance.choices(vocabulary, cum_weights=weights, k=max(0, words - 24))
        story = Story(
            f"u{number}", f"g{number}", f"https://feed-{number % feeds}.example/{number}",
            f"{lead.title} ({number})", f"{lead.text} {' '.join(filler)}.",
            datetime.fromtimestamp(at, UTC), lang="en",
        )  # fmt: skip
        yield story, rows, at, min(when, int(NEWEST.timestamp()))


def fill(store: Store, library: Library, count: int, words: int, listed: int) -> None:
    """Write the archive, past the ways of ingest but into the same tables."""
    chance = random.Random(160)
    feeds = [
        store.feeds.add(Feed(f"https://feed-{n}.example/rss", f"Feed {n}", f"Publisher {n}", "INT", "press", "en", "All"))
        for n in range(listed)
    ]  # fmt: skip
    connection = store.connection
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', 33554432)")
    columns = {
        "stories": "id, link, page, title, lang, published, published_raw, zone_known, fetched, shown_at, authors, categories, media, owner, revision, rules",
        "revisions": "id, story, feed, hash, title, text, links, fetched",
        "feed_stories": "feed, uid, story, guid, hash, revision",
        "tags": "story, kind, code, role, about, score, confidence, slots, evidence",
        "search": "rowid, title, text",
        "states": "story, read, starred",
    }  # fmt: skip
    made = {
        table: f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(names.split(',')))})"
        for table, names in columns.items()
    }
    for id, (story, tags, at, when) in enumerate(
        stories(chance, library, count, words, listed), start=1
    ):
        feed = feeds[id % listed]
        digest = text_hash(story)
        connection.execute(
            made["stories"],
            (id, story.link, key_hash(link_key(story.link)), story.title, "en", at, "", 1, when, at, pack(()), pack(()), pack(()), feed, id, "benchmark"),
        )  # fmt: skip
        connection.execute(
            made["revisions"],
            (id, id, feed, digest, story.title, pack_text(story.text), "[]", when),
        )
        connection.execute(made["feed_stories"], (feed, story.uid, id, story.guid, digest, id))
        connection.executemany(made["tags"], [(id, *each) for each in tags])
        connection.execute(made["search"], (id, indexed(story.title), indexed(story.text)))
        if chance.random() < 0.6:
            connection.execute(made["states"], (id, 1, int(chance.random() < 0.01)))
    connection.execute("COMMIT")
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    connection.execute("ANALYZE")
    store.stories.keep_catalogue()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("archive", type=Path)
    arguments.add_argument("--stories", type=int, default=100_000)
    arguments.add_argument("--words", type=int, default=80)
    arguments.add_argument("--feeds", type=int, default=FEEDS)
    chosen = arguments.parse_args()
    if chosen.archive.exists():
        arguments.error(f"{chosen.archive} is there already")
    library = Library(load_config({}, chosen.archive))
    begun = time.perf_counter()
    with Store(chosen.archive) as store:
        fill(store, library, chosen.stories, chosen.words, chosen.feeds)
    size = chosen.archive.stat().st_size
    print(
        f"{chosen.stories:,} stories in {time.perf_counter() - begun:.0f} s,"
        f" {size / 1e6:.0f} MB, {size / chosen.stories:,.0f} bytes a story"
    )
