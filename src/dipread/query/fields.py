"""The fields a query may name, and what each takes."""

from __future__ import annotations

from typing import Literal, NamedTuple

Takes = Literal["country", "pair", "sector", "event", "forum", "state", "date", "language", "text"]


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
        QueryField("lang", "language", "the language the story is written in"),
        QueryField("feed", "text", "the feed or publisher"),
        QueryField("is", "state", "read, unread, starred, annotated, changed"),
        QueryField("since", "date", "published then or later"),
        QueryField("title", "text", "words of the headline"),
    )
}
STATES = ("read", "unread", "starred", "annotated", "changed")
