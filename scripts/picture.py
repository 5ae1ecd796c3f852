"""The pictures of the README, made from the sample desk without a terminal.

    python scripts/picture.py

writes docs/screen.svg, docs/screen-80x24.svg and docs/why.svg. The clock stands still, so the same
desk gives the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from dipread.config import load_config
from dipread.demo import sample_desk
from dipread.library import Library
from dipread.model import Quote, StoryId
from dipread.tui.app import DipreadApp

DOCS = Path(__file__).parents[1] / "docs"
MORNING = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NOTED = "regular political consultations, easier access for investors"
PICTURES: tuple[tuple[str, tuple[int, int], str, Sequence[str]], ...] = (
    ("screen.svg", (120, 36), "country:JP country:IT", ()),
    ("screen-80x24.svg", (80, 24), "", ()),
    ("why.svg", (120, 36), "country:JP country:IT", ("w",)),
)


def annotate(library: Library) -> None:
    """Note a passage of the first story about Japan and Italy."""
    with library.open() as store:
        story = StoryId(store.stories.ids(library.parse("country:JP country:IT"))[0])
        detail = store.stories.detail(story)
        assert detail is not None
        start = detail.story.text.index(NOTED)
        quote = Quote("text", start, start + len(NOTED), NOTED)
        store.annotations.add(story, "Ask the post who leads on our side.", quote, MORNING)


async def take(library: Library, size: tuple[int, int], query: str, keys: Sequence[str]) -> str:
    """The screen as SVG, after some keys, once nothing is under way."""
    app = DipreadApp(library, lambda: MORNING, query)
    async with app.run_test(size=size) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            await pilot.pause(0.5)  # the reading pane waits for the cursor to rest
            await app.workers.wait_for_complete()
            await pilot.pause()
        return app.export_screenshot(title="dipread")


async def main() -> None:
    """Fetch the desk, and take every picture."""
    with tempfile.TemporaryDirectory() as home:
        config = load_config({"DIPREAD_HOME": home})
        with sample_desk(config, lambda: MORNING) as library:
            for _ in library.refresh():
                pass
            annotate(library)
            for name, size, query, keys in PICTURES:
                DOCS.joinpath(name).write_text(
                    await take(library, size, query, keys), encoding="utf-8"
                )


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    asyncio.run(main())
