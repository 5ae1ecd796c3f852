"""Feeds as large as one likes, the same every time: what the other benchmarks work on.

    python benchmarks/desk.py FOLDER --feeds 200 --stories 50

writes FOLDER/*.xml and FOLDER/feeds.toml, which lists them under --base.
"""

from __future__ import annotations

import argparse
import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

COUNTRIES = {
    "Japan": "Tokyo", "Italy": "Rome", "France": "Paris", "Germany": "Berlin", "India": "New Delhi", "Brazil": "Brasília",
    "Kenya": "Nairobi", "Egypt": "Cairo", "Canada": "Ottawa", "Mexico": "Mexico City", "Poland": "Warsaw", "Ukraine": "Kyiv",
    "Vietnam": "Hanoi", "Chile": "Santiago", "Norway": "Oslo", "Ghana": "Accra", "Peru": "Lima", "Oman": "Muscat",
}  # fmt: skip
THEMES = {
    "a free trade agreement": "tariffs on machinery would fall within three years and customs duties on rice stay",
    "critical minerals": "a mine for rare earths and a refinery for lithium are to be paid for together",
    "joint naval exercises": "two frigates and a submarine will sail with the coast guard of the host",
    "student exchanges": "scholarships for researchers and a summer school in both capitals were promised",
    "debt restructuring": "finance ministers want creditors to agree before the central bank meets",
    "an energy partnership": "hydrogen terminals and a power cable will be built from next spring",
    "visa rules": "consular sections will hand out work permits to nurses and refugees may stay",
    "climate finance": "a fund against sea-level rise is to be filled by donors before the summit",
}
VERBS = ("sign", "discuss", "postpone", "renew", "reject", "launch", "review", "welcome")
FILLER = (
    "Officials on both sides said that details would be settled by a working group before the end of the month.",
    "The talks had been put off twice since the spring, most lately after a change of government.",
    "Parliament has to vote on the text, which diplomats called short and free of surprises.",
    "Observers doubt that the money will last, and point to an earlier plan that came to nothing.",
    "A joint declaration names a date for the next round but leaves the place open.",
)
NEWEST = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def story(chance: random.Random, number: int) -> tuple[str, str]:
    """A title, and a text of about 80 words."""
    host, guest = chance.sample(sorted(COUNTRIES), 2)
    theme = chance.choice(sorted(THEMES))
    title = f"{host} and {guest} {chance.choice(VERBS)} {theme}"
    lead = f"The foreign ministers of {host} and {guest} met in {COUNTRIES[host]} to speak about {theme}: {THEMES[theme]}."
    return title, " ".join(
        [lead, *chance.sample(FILLER, 3), f"It was the {number}th such meeting."]
    )


def feed(name: str, stories: int, chance: random.Random) -> str:
    """An RSS feed."""
    items = []
    for number in range(stories):
        title, text = story(chance, number)
        when = format_datetime(NEWEST - timedelta(minutes=chance.randrange(60 * 24 * 30)))
        link = f"https://{name}.example/{number}"
        items.append(
            f"<item><guid>{link}</guid><link>{link}</link><title>{title}</title><pubDate>{when}</pubDate>"
            f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{"".join(items)}</channel></rss>'


def write_desk(folder: Path, feeds: int, stories: int, base: str) -> Path:
    """Write the feeds and their feeds.toml, whose path is returned."""
    chance = random.Random(160)
    folder.mkdir(parents=True, exist_ok=True)
    tables = []
    for number in range(feeds):
        name = f"desk-{number:04}"
        (folder / f"{name}.xml").write_text(feed(name, stories, chance), encoding="utf-8")
        tables.append(
            f'[[feed]]\nurl = "{base}{name}.xml"\ntitle = "{name}"\npublisher = "{name}"\ncountry = "INT"\n'
            'kind = "press"\nlanguage = "en"\ngroup = "World press"\n'
        )
    listing = folder / "feeds.toml"
    listing.write_text("\n".join(tables), encoding="utf-8")
    return listing


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--feeds", type=int, default=200)
    arguments.add_argument("--stories", type=int, default=50)
    arguments.add_argument("--base", default="http://127.0.0.1:8765/")
    chosen = arguments.parse_args()
    print(write_desk(chosen.folder, chosen.feeds, chosen.stories, chosen.base))
