"""The archive: the only room that runs SQL."""

from typing import TYPE_CHECKING

from dipread.lazily import lazily

if TYPE_CHECKING:
    from dipread.store.catalogue import Catalogue
    from dipread.store.connection import utc_now
    from dipread.store.copies import Copied, check_copy, put_aside, save_copy, take_copy
    from dipread.store.delivered import Item, items_of
    from dipread.store.examination import Finding
    from dipread.store.feeds import Answer, Subscription
    from dipread.store.found import NONE_FOUND, Found
    from dipread.store.glance import Glimpse, newest_glimpses
    from dipread.store.ingest import Fresh, Saved
    from dipread.store.insights import Grid, Pairs, Term, Unit
    from dipread.store.journal import Change, Entry, How, Journal, Kind, Turned
    from dipread.store.lease import only_fetch
    from dipread.store.listing import FollowedList, Listed
    from dipread.store.removal import KEPT
    from dipread.store.retagging import Retagged
    from dipread.store.sought import Sought, Span
    from dipread.store.states import MarkKind, marking, told
    from dipread.store.store import Store
    from dipread.store.stories import COUNTED
    from dipread.store.tagging import READERS_WORD
    from dipread.store.views import Views

__all__ = [
    "COUNTED",
    "KEPT",
    "NONE_FOUND",
    "READERS_WORD",
    "Answer",
    "Catalogue",
    "Change",
    "Copied",
    "Entry",
    "Finding",
    "FollowedList",
    "Found",
    "Fresh",
    "Glimpse",
    "Grid",
    "How",
    "Item",
    "Journal",
    "Kind",
    "Listed",
    "MarkKind",
    "Pairs",
    "Retagged",
    "Saved",
    "Sought",
    "Span",
    "Store",
    "Subscription",
    "Term",
    "Turned",
    "Unit",
    "Views",
    "check_copy",
    "items_of",
    "marking",
    "newest_glimpses",
    "only_fetch",
    "put_aside",
    "save_copy",
    "take_copy",
    "told",
    "utc_now",
]
__getattr__ = lazily(
    __name__,
    catalogue=("Catalogue",),
    connection=("utc_now",),
    delivered=("Item", "items_of"),
    copies=("Copied", "check_copy", "put_aside", "save_copy", "take_copy"),
    examination=("Finding",),
    feeds=("Answer", "Subscription"),
    found=("NONE_FOUND", "Found"),
    glance=("Glimpse", "newest_glimpses"),
    ingest=("Fresh", "Saved"),
    lease=("only_fetch",),
    listing=("FollowedList", "Listed"),
    insights=("Grid", "Pairs", "Term", "Unit"),
    journal=("Change", "Entry", "How", "Journal", "Kind", "Turned"),
    removal=("KEPT",),
    retagging=("Retagged",),
    sought=("Sought", "Span"),
    states=("MarkKind", "marking", "told"),
    store=("Store",),
    stories=("COUNTED",),
    tagging=("READERS_WORD",),
    views=("Views",),
)
