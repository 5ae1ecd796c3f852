"""A program that stores stories and notes until it is ended: `python busy_desk.py DATABASE ACKNOWLEDGED ROUNDS`.

A note is written into ACKNOWLEDGED only when its transaction is done, so that whoever kills this program
can tell which notes must be there. Batches are of ten stories: a number that is none of their multiples is
a batch torn apart.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from dipread.model import Evidence, Feed, Story, Tag
from dipread.store import Store

BATCH = 10


def tags(story: Story) -> tuple[Tag, ...]:
    return (Tag("sector", "trade", 1.0, 0.9, (Evidence("title", 0, 5, "words"),)),)


def main(database: Path, acknowledged: Path, rounds: int) -> None:
    """Work on."""
    with Store(database) as store, acknowledged.open("a", encoding="utf-8") as told:
        feeds = [
            store.feeds.add(Feed(f"https://{name}.example/", name, name, "FR", "wire", "fr", "G"))
            for name in "abcd"
        ]
        for turn in range(rounds):
            batch = uuid4().hex
            stories = [
                Story(f"{batch}-{number}", "", f"https://a.example/{batch}/{number}",
                      f"Trade talks {number}", f"Words of {batch}. " * 40)
                for number in range(BATCH)
            ]  # fmt: skip
            saved = store.ingest.save(feeds[turn % len(feeds)], stories, tags, "rules")
            note = store.annotations.add(
                saved.fresh[0].id, f"A note on {batch}", None, datetime.now(UTC)
            )
            told.write(f"{note.uuid}\n")
            told.flush()
            os.fsync(told.fileno())
            store.indexing.index_some()
            store.stories.keep_catalogue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
