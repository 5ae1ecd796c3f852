"""The fields a query may name, and what each takes."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from dipread.model import FeedKind

Takes = Literal[
    "country", "home", "pair", "sector", "event", "forum", "gate", "commitment", "state", "thing", "kind",
    "date", "language", "text", "pattern", "share", "order", "number",
]  # fmt: skip


class QueryField(NamedTuple):
    """`takes` decides how a value is read; `adds_up` that facets include a second value as *and*."""

    name: str
    takes: Takes
    says: str
    adds_up: bool = False


FIELDS: dict[str, QueryField] = {
    each.name: each
    for each in (
        QueryField("country", "country", "the country has any part in the story", adds_up=True),
        QueryField("about", "country", "the story is about the country", adds_up=True),
        QueryField("pair", "pair", "the relations of two countries, either way round"),
        QueryField("sector", "sector", "the theme"),
        QueryField("event", "event", "what happened"),
        QueryField("forum", "forum", "the organisation or group"),
        QueryField("person", "text", "a person, by any part of the name"),
        QueryField("commitment", "commitment", "a promise: binding, political, aspiration …"),
        QueryField("gate", "gate", "the kind of news: diplomatic, sport, crime …"),
        QueryField("from", "home", "the publisher sits in the country"),
        QueryField("feed", "text", "the feed or publisher"),
        QueryField("kind", "kind", "the kind of publisher"),
        QueryField("lang", "language", "the language the story is written in"),
        QueryField("title", "pattern", "words of the headline, or /a pattern/"),
        QueryField("body", "pattern", "words of the text, or /a pattern/"),
        QueryField("note", "text", "words of your notes"),
        QueryField("tag", "text", "a tag of your own"),
        QueryField("is", "state", "read, unread, starred, annotated, changed, orphan, brief"),
        QueryField("has", "thing", "the story has a note, a quote, a pair …"),
        QueryField("conf", "share", "a tag at least this certain: >=0.7"),
        QueryField("rule", "text", "the rule that tagged the story, by the start of its name"),
        QueryField("since", "date", "published then or later"),
        QueryField("until", "date", "published then or before"),
        QueryField("date", "date", "published then: 2026-03, 3d..1d, a..b"),
        QueryField("fetched", "date", "fetched then"),
        QueryField("view", "text", "what a saved view asks"),
        QueryField("sort", "order", "newest or oldest first"),
        QueryField("limit", "number", "so many stories at most"),
    )
}
STATES = ("read", "unread", "starred", "annotated", "changed", "orphan", "brief")
THINGS = ("note", "quote", "country", "pair", "sector", "event", "forum", "person", "commitment")
KINDS: tuple[str, ...] = get_args(FeedKind)
ORDERS = ("newest", "oldest")
GROUP = "@"
"""What a group of countries is written with: `country:@g7`."""

TAKES: dict[Takes, str] = {
    "country": "a country or a group: a code or a name, as JP, Japan or @g7",
    "home": "a country, as JP, or INT",
    "pair": "two countries, as JP-IT, or one",
    "sector": "a sector, as trade",
    "event": "an event, as visit",
    "forum": "a forum, as g7",
    "gate": "a kind of news, as diplomatic",
    "commitment": "a grade of promise, as binding",
    "state": ", ".join(STATES),
    "thing": ", ".join(THINGS),
    "kind": ", ".join(KINDS),
    "order": " or ".join(ORDERS),
    "date": "a date, as 3d, 2026-03 or 2026-03..2026-05",
    "language": "a language, as en",
    "text": "words",
    "pattern": "words or /a pattern/",
    "share": "a number from 0 to 1, as >=0.7",
    "number": "a whole number, as 20",
}
"""What a field takes, in words."""
