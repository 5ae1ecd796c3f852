"""The screen in a real browser, which is asked for nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.web.chromium import COMMAND, browsing


@pytest.mark.skipif(COMMAND is None, reason="no Chromium on this machine")
async def test_the_screen_is_shown_and_answers_keys(address: str, tmp_path: Path) -> None:
    async with browsing(tmp_path, address) as page:
        await page.shown("No stories yet.")
        await page.click(600, 400)
        await page.press("4")
        await page.shown("FEEDS ─")
        assert (await page.picture()).startswith(b"\x89PNG")
        assert {urlsplit(each).netloc for each in page.asked_for} == {urlsplit(address).netloc}
        assert any("RobotoMono" in each for each in page.asked_for)
