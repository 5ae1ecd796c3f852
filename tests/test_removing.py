"""A feed removed with its stories, in a real terminal: asked for, done, undone, done again, and so after a restart."""

from __future__ import annotations

import sys
from pathlib import Path

from .conftest import FeedServer
from .terminal import Terminal
from .test_journey import DEMO, environment

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>
<item><guid>1</guid><title>{story}</title><link>https://{name}.example/1</link>
<pubDate>Mon, 16 Nov 2026 09:00:00 GMT</pubDate><description>They met.</description></item>
</channel></rss>"""
LIST = """
[[feed]]
url = "{url}"
title = "{title}"
publisher = "{title}"
language = "en"
country = "GB"
kind = "press"
group = "Press"
"""
GONE = "Japan and Italy sign a minerals pact"
LEFT = "Kenya and Ghana open a port"


def test_a_feed_goes_with_its_stories_and_comes_back(tmp_path: Path, server: FeedServer) -> None:
    listed = ""
    for name, title, story in (("wire", "Wire", GONE), ("post", "Post", LEFT)):
        url = server.serve(
            f"/{name}.xml", FEED.format(name=name, title=title, story=story).encode()
        )
        listed += LIST.format(url=url, title=title)
    feeds = tmp_path / "home" / "config" / "feeds.toml"
    feeds.parent.mkdir(parents=True)
    feeds.write_text(listed, encoding="utf-8")
    host = url.removeprefix("http://").partition("/")[0]
    env = environment(tmp_path) | {"DIPREAD_ALLOW_PRIVATE": host}
    command = [sys.executable, "-m", "dipread"]

    with Terminal(command, env, 120, 36) as terminal:
        terminal.wait("Welcome to dipread")
        terminal.press("enter")
        terminal.wait("2 of 2", GONE, LEFT)
        terminal.press("4")
        terminal.wait("▌✓ Wire", "2 feeds · 2 stories")
        terminal.press("D")
        terminal.wait("Remove a feed with its stories", "1 story goes with it.")
        terminal.press("enter")
        terminal.wait("Type y to remove it")
        terminal.press("y", "enter")
        terminal.wait("1 feed · 1 story", "Wire removed with 1 story")
        assert '"Wire"' not in feeds.read_text(encoding="utf-8")
        terminal.press("u")
        terminal.wait("2 feeds · 2 stories", "✓ Wire")
        assert '"Wire"' in feeds.read_text(encoding="utf-8")
        terminal.press("U")
        terminal.wait("1 feed · 1 story")
        terminal.press("1")
        terminal.wait("1 of 1", LEFT)
        assert GONE not in terminal.text()
        terminal.press("q")
        assert terminal.finish() == 0

    with Terminal(command, env, 120, 36) as terminal:
        terminal.wait("▌STORIES", "1 of 1", LEFT)
        assert GONE not in terminal.text()
        terminal.press("u")
        terminal.wait("2 of 2", GONE)
        terminal.press("4")
        terminal.wait("2 feeds · 2 stories", "✓ Wire")
        terminal.press("q")
        terminal.wait("▌STORIES")
        terminal.press("q")
        assert terminal.finish() == 0


def test_the_sample_desk_refuses_before_it_asks(tmp_path: Path) -> None:
    with Terminal(DEMO, environment(tmp_path), 120, 36) as terminal:
        terminal.wait("▌STORIES", "STORY 1/9", "? keys")
        terminal.press("4")
        terminal.wait("▌✓ Harbour Dispatch")
        terminal.press("D")
        refused = terminal.wait("The sample desk keeps its feeds")
        assert "╭" not in refused
        terminal.wait_without("The sample desk keeps its feeds")  # what is said goes again
        terminal.press("q")
        terminal.wait("▌STORIES")
        terminal.press("q")
        assert terminal.finish() == 0
