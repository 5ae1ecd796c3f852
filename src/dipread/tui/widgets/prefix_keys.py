"""The letters that may follow `f`: keys of the box round the panes, which no pane has as its own."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container

from dipread.tui.bind import key


class PrefixKeys(Container):
    """Before the keys of the panes, as long as the screen waits for a letter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("c", "screen.pick('country')", "prefix.country", "countries", "Find countries by name, code, capital or leader", first=True),
        key("s", "screen.pick('sector')", "prefix.sector", "sectors", "Find sectors", first=True),
        key("e", "screen.pick('event')", "prefix.event", "events", "Find events", first=True),
        key("f", "screen.pick('feed')", "prefix.feed", "feeds", "Find feeds", first=True),
        key("d", "screen.pick('since')", "prefix.since", "dates", "Only what is no older than", first=True),
        key("u", "screen.only_state('unread')", "prefix.unread", "unread", "Only unread stories, or all again", first=True),
        key("asterisk", "screen.only_state('starred')", "prefix.starred", "starred", "Only stories with a star, or all again", first=True),
        key("n", "screen.only_state('annotated')", "prefix.noted", "noted", "Only stories with notes, or all again", first=True),
        key("x", "screen.no_filter", "prefix.none", "none", "No filter at all", first=True),
        key("tab", "screen.filters", "prefix.pane", "pane", "Go to the pane of filters", first=True),
    ]  # fmt: skip
