"""The pictures of the screen in docs/, drawn by the program itself on the sample desk.

    python scripts/picture.py [FOLDER]

Writes six pictures: the stories at three sizes, the reasons of a tag, the picker and the charts. The clock stands still at 21 November
2026, 09:00 UTC, so that the same program draws the same pictures.
"""

from __future__ import annotations

import asyncio
import html
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from rich.cells import cell_len

import dipread.tui  # sets what Textual reads when it is first imported  # noqa: F401
from dipread.config import load_config
from dipread.demo import sample_desk
from dipread.library import Library
from dipread.model import StoryId
from dipread.model.anchor import quote_of
from dipread.tui.app import DipreadApp
from dipread.tui.screens.stories import StoriesScreen

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
STORY = "Italy, Japan agree minerals plan on 160th anniversary of ties"
PASSAGE = "critical minerals and other strategic inputs"
NOTE = "Which minerals? Ask the embassy in Rome for the list."
CELL = 12.2  # how wide Rich draws one cell, in the units of the SVG
REST = 0.5


class Picture(NamedTuple):
    """A file name, the size of the terminal, what is asked, the keys to press, and the theme."""

    name: str
    columns: int
    rows: int
    query: str
    keys: Sequence[str]
    theme: str = "ink"


PICTURES = (
    Picture("screen.svg", 120, 36, "country:JP country:IT", ()),
    Picture("why.svg", 120, 36, "country:JP country:IT", ("w", "n")),
    Picture("screen-80x24.svg", 80, 24, "since:90d", ()),
    Picture("picker.svg", 120, 36, "since:90d", ("f", "c", "g", "e", "r")),
    Picture("insights.svg", 120, 36, "since:90d", ("2", "j", "left", "left", "left")),
    Picture("paper.svg", 200, 50, "country:JP country:IT", (), "paper"),
)


def annotate(desk: Library) -> StoryId:
    """Write a note on a passage of the story that is shown; its number."""
    with desk.open() as store:
        for each in store.stories.find():
            detail = store.stories.detail(StoryId(each))
            if detail and detail.story.title == STORY:
                start = detail.story.text.index(PASSAGE)
                quote = quote_of("text", detail.story.text, start, start + len(PASSAGE))
                store.annotations.add(detail.id, NOTE, quote, NOW)
                return detail.id
    raise SystemExit(f"the sample desk has no story called {STORY!r}")


async def draw(desk: Library, picture: Picture, story: StoryId) -> str:
    """The screen with that story open, as an SVG."""
    desk.config = desk.config._replace(theme=picture.theme)
    app = DipreadApp(desk, lambda: NOW, picture.query)
    async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
        await pilot.pause(REST)
        screen = app.screen
        assert isinstance(screen, StoriesScreen)
        if story in screen.stories.ids:
            screen.stories.go_to(story)
        await pilot.pause(REST)
        await pilot.press(*picture.keys)
        await pilot.pause(REST)
        return tidy(app.export_screenshot())


def tidy(svg: str) -> str:
    """The picture without fonts from the net, wide characters as wide as they are.

    Rich counts characters where it should count cells, and a browser would squeeze the text.
    """

    def stretch(match: re.Match[str]) -> str:
        width = cell_len(html.unescape(match[3])) * CELL
        return f'{match[1]}textLength="{width:g}"{match[2]}>{match[3]}</text>'

    svg = re.sub(r"\s*@font-face \{.*?\}\n", "\n", svg, flags=re.DOTALL)
    svg = re.sub(r'(<text [^>]*?)textLength="[\d.]+"([^>]*)>([^<]*)</text>', stretch, svg)
    ElementTree.fromstring(svg)
    return svg


def main() -> None:
    """Draw every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs"
    with tempfile.TemporaryDirectory() as home:
        config = load_config({"DIPREAD_HOME": home})
        with sample_desk(config, lambda: NOW) as desk:
            for outcome in desk.refresh():
                assert outcome.status == "ok", outcome
            story = annotate(desk)
            for picture in PICTURES:
                svg = asyncio.run(draw(desk, picture, story))
                assert home not in svg
                (folder / picture.name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
