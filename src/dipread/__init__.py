"""dipread: a terminal reader for diplomatic news."""

__version__ = "0.1.0"
