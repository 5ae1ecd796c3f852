"""A feed found by the address of its site, from the first run to its story, in a real terminal and over the wire."""

from __future__ import annotations

import sys
from pathlib import Path

from .conftest import FeedServer
from .terminal import Terminal
from .test_journey import environment

PAGE = """<!doctype html><html><head><title>Ministry</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/press/news.xml">
</head><body><p>Welcome.</p></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Ministry of Examples</title>
<item><guid>1</guid><title>Japan and Italy sign a minerals pact</title>
<link>https://ministry.example/1</link><pubDate>Mon, 16 Nov 2026 09:00:00 GMT</pubDate>
<description>The ministers of Japan and Italy signed it in Tokyo.</description></item>
</channel></rss>"""


def test_a_site_is_named_on_the_first_run_and_its_feed_is_read(
    tmp_path: Path, server: FeedServer
) -> None:
    site = server.serve("/", PAGE.encode())
    server.serve("/press/news.xml", FEED.encode())
    host = site.removeprefix("http://").rstrip("/")
    env = environment(tmp_path) | {"DIPREAD_ALLOW_PRIVATE": host}
    with Terminal([sys.executable, "-m", "dipread"], env, 120, 36) as terminal:
        terminal.wait("Welcome to dipread", "add a feed or site")
        terminal.press("+")
        terminal.wait("Add a feed", "or of a site that has one")
        terminal.press(site)
        terminal.wait(site)
        terminal.press("enter")
        terminal.wait("▌✓ Ministry of Examples", "1 story")
        terminal.press("1")
        terminal.wait("Japan and Italy sign a minerals pact", "STORY 1/1", "1 of 1")
    listed = (tmp_path / "home" / "config" / "feeds.toml").read_text(encoding="utf-8")
    assert f'url = "{site.rstrip("/")}/press/news.xml"' in listed
