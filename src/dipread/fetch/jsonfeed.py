"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), which feedparser does not read."""

from __future__ import annotations

import json
from typing import Any

from dipread.errors import FeedParseError
from dipread.fetch.entry import Entry


def read_json_feed(text: str) -> tuple[str, str, list[Entry]]:
    """Title, home page and entries of a JSON Feed; raises FeedParseError when the text is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise FeedParseError(f"not a feed: broken JSON ({fault})") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedParseError(
            "not a feed: JSON without a list of items", "Ask the site for its feed's address."
        )
    language = _text(feed.get("language"))
    entries = [_entry(item, language) for item in feed["items"] if isinstance(item, dict)]
    return _text(feed.get("title")), _text(feed.get("home_page_url")), entries


def _entry(item: dict[str, Any], language: str) -> Entry:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    files = item.get("attachments") if isinstance(item.get("attachments"), list) else []
    plain = _text(item.get("content_text")).replace("&", "&amp;").replace("<", "&lt;")
    return Entry(
        guid=_text(item.get("id")),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        html=_text(item.get("content_html")) or plain or _text(item.get("summary")),
        published=_text(item.get("date_published")) or _text(item.get("date_modified")),
        lang=_text(item.get("language")) or language,
        authors=tuple(_text(each.get("name")) for each in authors or () if isinstance(each, dict)),
        categories=tuple(_text(each) for each in tags or ()),
        media=tuple(_text(each.get("url")) for each in files or () if isinstance(each, dict)),
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
