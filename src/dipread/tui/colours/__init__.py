"""The looks of dipread, and the inks that they give."""
