"""The archive: the only room that runs SQL."""

from dipread.store.catalogue import Catalogue
from dipread.store.examination import Finding
from dipread.store.feeds import Subscription
from dipread.store.found import NONE_FOUND, Found
from dipread.store.ingest import Fresh, Saved
from dipread.store.retagging import Retagged
from dipread.store.store import Store
from dipread.store.stories import COUNTED
from dipread.store.tagging import READERS_WORD
from dipread.store.views import Views

__all__ = [
    "COUNTED",
    "NONE_FOUND",
    "READERS_WORD",
    "Catalogue",
    "Finding",
    "Found",
    "Fresh",
    "Retagged",
    "Saved",
    "Store",
    "Subscription",
    "Views",
]
