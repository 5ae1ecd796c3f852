"""Feeds between the network and the archive: found, listed, refreshed, and read in processes that may be killed."""
