"""The archive: the only room that runs SQL."""

from typing import TYPE_CHECKING

from dipread.lazily import lazily

if TYPE_CHECKING:
    from dipread.store.catalogue import Catalogue
    from dipread.store.copies import check_copy, save_copy, take_copy
    from dipread.store.examination import Finding
    from dipread.store.feeds import Subscription
    from dipread.store.found import NONE_FOUND, Found
    from dipread.store.glance import Glimpse, newest_glimpses
    from dipread.store.ingest import Fresh, Saved
    from dipread.store.journal import Change, Entry, Journal, Turned
    from dipread.store.retagging import Retagged
    from dipread.store.sought import Sought, Span
    from dipread.store.states import MarkKind, marking, told
    from dipread.store.store import Store
    from dipread.store.stories import COUNTED
    from dipread.store.tagging import READERS_WORD
    from dipread.store.views import Views

__all__ = [
    "COUNTED",
    "NONE_FOUND",
    "READERS_WORD",
    "Catalogue",
    "Change",
    "Entry",
    "Finding",
    "Found",
    "Fresh",
    "Glimpse",
    "Journal",
    "MarkKind",
    "Retagged",
    "Saved",
    "Sought",
    "Span",
    "Store",
    "Subscription",
    "Turned",
    "Views",
    "check_copy",
    "marking",
    "newest_glimpses",
    "save_copy",
    "take_copy",
    "told",
]
__getattr__ = lazily(
    __name__,
    catalogue=("Catalogue",),
    copies=("check_copy", "save_copy", "take_copy"),
    examination=("Finding",),
    feeds=("Subscription",),
    found=("NONE_FOUND", "Found"),
    glance=("Glimpse", "newest_glimpses"),
    ingest=("Fresh", "Saved"),
    journal=("Change", "Entry", "Journal", "Turned"),
    retagging=("Retagged",),
    sought=("Sought", "Span"),
    states=("MarkKind", "marking", "told"),
    store=("Store",),
    stories=("COUNTED",),
    tagging=("READERS_WORD",),
    views=("Views",),
)
