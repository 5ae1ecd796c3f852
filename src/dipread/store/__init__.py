"""The archive: the only room that runs SQL."""

from dipread.store.ingest import Arrival, Fresh, Saved
from dipread.store.store import Store

__all__ = ["Arrival", "Fresh", "Saved", "Store"]
