"""The archive: the only room that runs SQL."""

from dipread.store.feeds import Subscription
from dipread.store.ingest import Fresh, Saved
from dipread.store.retagging import Retagged
from dipread.store.store import Store
from dipread.store.tagging import READERS_WORD

__all__ = ["READERS_WORD", "Fresh", "Retagged", "Saved", "Store", "Subscription"]
