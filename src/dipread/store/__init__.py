"""The archive: the only room that runs SQL."""

from dipread.store.feeds import Subscription
from dipread.store.ingest import Fresh, Saved
from dipread.store.store import Store

__all__ = ["Fresh", "Saved", "Store", "Subscription"]
